"""What is remembered from one answer to the next never shows: each answer is the same, whatever was asked before."""

import html
import json
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from sparkmem.browser import answer, begun, figures
from sparkmem.size import byte_string_as_mb, mib_text
from sparkmem.spark.settings.entry import Entry
from tools.bench import requests

_TEXTS = ("", "spark.executor.memory 8g", "spark.executor.memory 3g\nspark.memory.offHeapSizeInBytes 1g")


def _asked():
    random = Random(11)
    drawn = [requests.request(random) for _ in range(120)]
    inputs = [{"text": text, "node-memory": size} for text in _TEXTS for size in ("4g", "64g")]
    jobs = [{"calculator": "explain", "inputs": given} for given in inputs]
    return [json.dumps(request | {"page": page}) for request in (*drawn, *jobs) for page in ("explain/", "")]


def test_an_answer_does_not_depend_on_those_before_it():
    asked = _asked()
    first = {request: answer(request) for request in asked}
    shuffled = Random(12).sample(asked, len(asked))
    assert {request: answer(request) for request in shuffled} == first
    from sparkmem.calculators.driver_memory.reading import _divided
    from sparkmem.calculators.explain.reading import _read
    from sparkmem.render.escaping import escape
    from sparkmem.render.html import source_html
    from sparkmem.size.byte_string import byte_string_as
    from sparkmem.spark.settings.keys import nearest

    for remembering in (_divided, _read, escape, source_html, byte_string_as, mib_text, nearest):
        assert remembering.cache_info().hits, remembering
        assert remembering.cache_info().maxsize, "what readers type would pile up"
        remembering.cache_clear()
    assert {request: answer(request) for request in asked} == first


_EMPTY = '<ul class="sm-rows"></ul>'


def test_an_answer_that_has_begun_is_whole_with_its_rows():
    for request in _asked():
        whole, first = json.loads(answer(request)), json.loads(begun(request))
        if first.pop("later", False):
            rows = json.loads(figures(request))["rows"]
            assert first["html"].count(_EMPTY) == 1
            assert rows
            first["html"] = first["html"].replace(_EMPTY, f'<ul class="sm-rows">{rows}</ul>')
        assert first == whole, request


@example("&<>\"'")
@given(st.text(alphabet=st.one_of(st.sampled_from("&<>\"';#x27ampltgquo"), st.characters())))
def test_a_text_is_made_safe_as_the_standard_library_does(text):
    from sparkmem.render.escaping import escape

    assert escape(text) == html.escape(text)


def test_the_release_is_part_of_what_is_remembered():
    assert byte_string_as_mb("1024kib", "4.2") == 1
    for release in ("4.1", "4.2", "4.1"):
        try:
            said = byte_string_as_mb("1024kib", release)
        except ValueError as error:
            said = str(error)
        assert (said == 1) is (release == "4.2"), said


def test_a_default_is_what_each_release_reads():
    from sparkmem.release import RELEASES, since
    from sparkmem.spark.settings import config, driver
    from sparkmem.spark.settings.plain_values import PLAIN

    entries = {one for module in (config, driver) for one in vars(module).values() if isinstance(one, Entry)}
    assert len(entries) > 10
    for entry in entries:
        for release in (*RELEASES, *RELEASES):
            if not since(release, entry.declared) and entry.kind not in PLAIN:
                continue  # no release before it reads such a key
            assert entry.default_at(release) == (None if entry.default is None else entry.read(entry.default, release))


def test_a_page_has_defaults_of_its_own_and_an_input_goes_before_them():
    asked = {"calculator": "container-request", "inputs": {"spark.executor.memory": "8g"}}
    said = {manager: answer(json.dumps(asked | {"inputs": asked["inputs"] | {"cluster-manager": manager}}))
            for manager in ("kubernetes", "yarn")}  # fmt: skip
    on_page = asked | {"page": "memory/kubernetes/"}
    assert json.loads(answer(json.dumps(on_page)))["summary"] == json.loads(said["kubernetes"])["summary"]
    on_page["inputs"] = on_page["inputs"] | {"cluster-manager": "yarn"}
    assert json.loads(answer(json.dumps(on_page)))["summary"] == json.loads(said["yarn"])["summary"]
