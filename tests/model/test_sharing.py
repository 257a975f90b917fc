"""What leaves a page, in an address or a copy: never a secret, of no great length, nothing that cannot be seen."""

import json
import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem import browser, evaluate
from sparkmem.calculators import CALCULATORS
from sparkmem.configuration.carried import JAVA_OPTIONS
from sparkmem.machines.platforms import PLATFORMS
from sparkmem.render.form import field_html
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.sharing import FLAGS, shareable, shared
from sparkmem.stops import STOPS

SECRETS = ("hunter2", "8g --conf spark.hadoop.fs.s3a.secret.key=hunter2", "8g   # pw hunter2", "8g,spark.x=hunter2",
           "8g\nhunter2", "8g hunter2", "-Dpassword=hunter2", "-XX:OnError=hunter2", "-XX:+UseG1GC hunter2")  # fmt: skip
TYPED = [(id, item) for id, calculator in CALCULATORS.items() for item in calculator.inputs if not item.private]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_input_of_any_calculator_takes_a_secret_into_an_address(secret):
    for id, item in TYPED:
        assert "hunter2" not in json.dumps(shareable(id, {item.name: secret})), (id, item.name)


def test_what_is_meant_is_shared():
    for id, item in TYPED:
        usual = [text for text in (item.default, item.example) if text]
        usual += [value for value, _ in item.choices]
        usual += STOPS[item.name].offered(item.default) if item.name in STOPS and not item.choices else []
        for text in usual:
            assert shared(item, text) == text, (id, item.name, text)


def test_every_machine_that_is_known_is_shared_and_no_word_that_is_like_one():
    machine = CALCULATORS["fit-node"].by_name["machine-type"]
    names = [name for platform in PLATFORMS.values() for name in platform.machines()]
    assert len(names) > 1000
    assert not [name for name in names if shared(machine, name) != name]
    for secret in ("hunter-2", "3.5-hunter2", "0.6hunter2", "hunter2.large1", "Standard_hunter2_v3"):
        assert shared(machine, secret) is None


def test_of_flags_those_that_size_memory_are_shared():
    heap = CALCULATORS["executor-memory"].by_name["spark.executor.extraJavaOptions"]
    assert shared(heap, "-XX:+UseG1GC -Dpassword=hunter2 -Xss4m") == "-XX:+UseG1GC -Xss4m"


@pytest.mark.parametrize("format", COPY_FORMATS)
@pytest.mark.parametrize(("calculator", "name"), [
    ("executor-memory", "spark.executor.extraJavaOptions"), ("jvm-heap", "jvm-flags"),
    ("explain", "spark.driver.extraJavaOptions"), ("executor-memory", "spark.executor.memory"), ("explain", "node-memory"),
])  # fmt: skip
def test_no_copy_holds_a_secret_of_a_field(format, calculator, name):
    for secret in SECRETS:
        asked = {"calculator": calculator, "inputs": {name: secret}, "format": format, "address": "https://x/"}
        assert "hunter2" not in browser.copied(json.dumps(asked))


def test_a_text_with_a_secret_in_a_value_leaves_none_in_the_address():
    for text in ("spark.executor.memory 8g\nspark.executor.instances 2 hunter2", "spark.executor.cores hunter2"):
        reply = json.loads(browser.answer(json.dumps({"calculator": "explain", "inputs": {"text": text}})))
        assert "hunter2" not in json.dumps(reply.get("address", {}))


@given(st.text(alphabet="\u202e\u2066\u200b\u0000\u001b\ufeff\xad\u3164\U000e0041\U000e01008g", max_size=8))
def test_what_is_copied_holds_nothing_that_cannot_be_seen(text):
    asked = {"calculator": "executor-memory", "inputs": {"spark.executor.memory": text}, "format": "markdown"}
    copied = json.loads(browser.copied(json.dumps({**asked, "address": f"https://x/{text}", "date": "2026-01-01"})))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]", copied["text"])
    assert all(letter in "\n\t" or category(letter) not in ("Cc", "Cf", "Zl", "Zp") for letter in copied["text"])
    assert "\U000e0100" not in copied["text"], "a mark on the letter before it"


def test_what_is_said_of_a_request_does_not_grow_with_it():
    long = "9" * 100_000
    for request in ({"calculator": long}, {"calculator": "jvm-heap", "inputs": {long: "1"}},
                    {"calculator": "jvm-heap", "inputs": {f"name{i}": "1" for i in range(5_000)}},
                    {"calculator": "jvm-heap", "inputs": {f"name{i}": 1 for i in range(5_000)}}):  # fmt: skip
        assert len(json.dumps(evaluate(request))) < 20_000
    assert len(browser.copied(json.dumps({"calculator": "jvm-heap", "format": long}))) < 20_000


def test_the_page_carries_the_shape_of_each_field():
    for id, item in TYPED:
        html = field_html(id, item, "")
        if item.in_form and not item.choices and item.name in FLAGS:
            assert "data-words" in html
            assert "data-shape" in html
    assert JAVA_OPTIONS <= FLAGS


@pytest.mark.parametrize("text", ["8" * 900_000, "-XX:+UseG1GC " * 70_000, "x" * 900_000])
def test_a_value_of_great_length_is_refused_in_few_words(text):
    for id, calculator in CALCULATORS.items():
        for name in [item.name for item in calculator.inputs if not item.private][:3]:
            answer = evaluate({"calculator": id, "inputs": {name: text}})
            assert answer["errors"]
            assert len(json.dumps(answer)) < 20_000
            assert len(browser.answer(json.dumps({"calculator": id, "inputs": {name: text}}))) < 40_000
    assert len(json.dumps(evaluate({"calculator": "jvm-heap", "inputs": {text: "8g"}}))) < 20_000
