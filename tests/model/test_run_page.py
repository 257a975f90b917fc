"""What the page says of runs: one, several, and those of an address, without a browser."""

import base64
import gzip
import json
import re
import zlib
from pathlib import Path

import pytest

from sparkmem.browser import run_log, run_piece
from sparkmem.render.run.compared import settings_html
from sparkmem.runs.digest import read_digest

LOGS = Path(__file__).parents[1] / "eventlogs"
LOST, SPILLS = "cache-of-large-records-3.5.9.gz", "sort-spills-3.5.9.gz"
PAGE = "read-a-run/"


def ask(do: str, **about: object) -> dict:
    return json.loads(run_log(json.dumps({"do": do, "page": PAGE, **about})))


def read(*logs: tuple[str, bytes]) -> dict:
    """The answer to files that were chosen together."""
    for log in ask("begin", names=[name for name, _ in logs])["logs"]:
        ask("log", name=log["name"])
        for part in log["files"]:
            ask("file", note=part["note"])
            if json.loads(run_piece(logs[part["file"]][1]))["ok"]:
                ask("end")
        ask("whole")
    return ask("answer")


def kept(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (LOGS / name).read_bytes()) for name in names]


@pytest.fixture(scope="module")
def one() -> dict:
    return read(*kept(LOST))


def digest(whole: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(whole).encode())).decode().rstrip("=")


def undone(text: str) -> dict:
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


def test_storage_memory_beyond_its_region_is_drawn_into_that_of_execution(one):
    regions = {part.split('"')[0]: part for part in one["html"].split('data-row="')[1:]}
    assert 'class="sm-reached" style="inline-size:100.00%"' in regions["storage-region"]
    assert 'class="sm-reached" style="inline-size:93.' in regions["execution-region"]  # 420.0 - 217.2 of 217.2 MiB
    assert "data-from-end" not in regions["execution-region"]
    assert "sm-reached" not in regions["user-memory"]


def test_the_time_line_says_in_words_and_in_its_table_what_it_draws(one):
    assert (
        "lived 8.4 s; heap 987.5 MiB of 1,024 MiB, 96%, storage 420.0 MiB; lost: Command exited with code 52" in one["then"]
    )
    assert one["then"].count("<b style=") == 2
    table = one["then"].partition("The same as a table")[2]
    for cell in ("16.7 s", "25.2 s", "420.0 MiB", "the end"):
        assert f"<td>{cell}</td>" in table
    assert "seen at" not in table.partition("</table>")[0]  # this log does not say when
    assert "Command exited with code 52" in table


def test_the_digest_of_an_address_says_the_same_as_the_log(one):
    found = ask("digest", digest=one["digest"])
    for words in (
        "420.0 MiB of 434.4 MiB, 97%",
        "994.5 MiB of 1,024 MiB",
        "The heap was full",
        "spark.executor.memory 1088m",
    ):
        assert words in one["html"]
        assert words in found["html"]
    assert found["explain"] == one["explain"]
    assert found["explain"]["against"]["spark.executor.memory"] in ("1g", "1024m")
    assert "--executor-memory 1088m" in ask("copy", format="spark-submit")["text"]
    assert ask("copy", format="postmortem")["ok"] is False


def test_a_run_that_measured_nothing_has_its_container_too():
    found = read(*kept(SPILLS))
    for html in (found["html"], ask("digest", digest=found["digest"])["html"]):
        assert "The log has no figure of what was in it." in html
        assert "sm-bars" in html
        assert "sm-reached" not in html


def test_an_address_of_before_opens(one):
    whole = undone(one["digest"])
    del whole["b"]
    whole["n"] = whole["n"][:15]
    assert "The heap was full" in ask("digest", digest=digest(whole))["html"]


@pytest.mark.parametrize(
    "broken", [{"s": []}, {"a": "x"}, {"b": [1]}, {"n": {}}, {"f": {}}, {"m": "<b>"}, {"r": "9"}, {"v": 2}]
)
def test_what_is_no_digest_is_refused(one, broken):
    whole = undone(one["digest"])
    assert read_digest(digest(whole)) is not None
    assert read_digest(digest(whole | broken)) is None
    assert ask("digest", digest=f"{one['digest']}.{digest(whole | broken)}")["ok"] is False


def test_several_logs_are_one_table_and_what_is_no_log_is_named():
    found = read(*kept(LOST, SPILLS), ("<b>notes", b"hello\n"))
    assert "2 runs, side by side" in found["html"]
    assert "&lt;b&gt;notes: no event of Spark" in found["html"]
    assert found["html"].count("data-run") == 2
    assert '<th scope="row">spark.<wbr>memory.<wbr>fraction</th>' in found["html"]
    assert found["explain"]["against"] != found["explain"]["inputs"]
    assert ask("copy", format="postmortem")["text"].count("\n") == 4
    assert ask("copy", format="spark-defaults")["ok"] is False
    linked = ask("digest", digest=found["digest"])
    assert "2 runs, side by side" in linked["html"]
    assert linked["explain"]["inputs"] == found["explain"]["inputs"]


def test_names_of_a_log_are_no_markup():
    log = (
        gzip.decompress((LOGS / SPILLS).read_bytes())
        .replace(b'"App Name":"', b'"App Name":"<img src=x>')
        .replace(b'"Executor ID":"0"', b'"Executor ID":"<i>0"')
    )
    found = read(("<u>log", log), ("<u>again", log))
    html = found["html"] + found["then"]
    assert "&lt;img src=x&gt;" in html
    assert not [tag for tag in ("<img", "<i>0", "<u>log") if tag in html]


def test_settings_that_differ_are_those_that_somebody_chose():
    """Spark adds a flag to its JVMs' own, and not to all of them: no setting differs by that."""
    flags = {"spark.executor.memory": "1g", "spark.driver.extraJavaOptions": "-XX:+IgnoreUnrecognizedVMOptions"}
    html = settings_html([("one", flags), ("two", {"spark.executor.memory": "2g"})])
    assert re.sub(r"<wbr>", "", html).count('scope="row"') == 1
    assert "IgnoreUnrecognized" not in html
    own = {**flags, "spark.driver.extraJavaOptions": "-XX:+IgnoreUnrecognizedVMOptions -Xss4m"}
    html = settings_html([("one", own), ("two", flags)])
    assert ">-Xss4m</td>" in html
    assert "<td class=sm-none>not set</td>" in html
