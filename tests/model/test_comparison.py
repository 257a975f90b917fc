"""Two answers side by side: the differences add up, swapping turns them round, and what came and went is named."""

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.answer.breakdown import Breakdown, line_of
from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.render.comparison_words import comparison_dict, comparison_text
from sparkmem.render.turned import turned
from sparkmem.requests.comparison import Comparison, compare, merged
from sparkmem.requests.pairs import Side

MIB = 1 << 20
NODE = {"node-memory": "8g"}


def side(calculator: str, **inputs: str) -> Side:
    return Side(*CALCULATORS[calculator].run(inputs))


def compared(calculator: str, before: dict, now: dict) -> Comparison:
    return compare(CALCULATORS[calculator], side(calculator, **before), side(calculator, **now))


def page(calculator: str, now: dict, before: dict) -> dict:
    request = {"calculator": calculator, "page": "x/", "inputs": now, "against": before}
    return json.loads(answer(json.dumps(request)))


def pair(found: Comparison, id: str):
    return next(pair for pair in found.rows if pair.id == id)


SIZES = st.sampled_from(["1g", "1025m", "4g", "33g", "471859200b", "100m"])
INPUTS = st.fixed_dictionaries({"settings": st.just("none")}, optional={
    "spark.executor.memory": SIZES, "spark.driver.memory": SIZES, "spark.executor.memoryOverhead": SIZES,
    "spark.memory.offHeap.enabled": st.sampled_from(["true", "false"]), "spark.memory.offHeap.size": SIZES,
    "cluster-manager": st.sampled_from(["yarn", "kubernetes", "standalone", "local"]),
    "deploy-mode": st.sampled_from(["client", "cluster"]), "language": st.sampled_from(["jvm", "python", "r"]),
    "release": st.sampled_from(["2.4", "3.0", "3.3", "4.3"]), "gc": st.sampled_from(["serial", "g1", "parallel"]),
})  # fmt: skip


def totals(part: Breakdown):
    yield part
    for below in part.parts:
        if isinstance(below, Breakdown):
            yield from totals(below)


class TestDifferences:
    def test_a_figure_moves_by_what_its_parts_move(self):
        found = compared("executor-memory", {"spark.executor.memory": "4g"}, {"spark.executor.memory": "8g"})
        assert pair(found, "jvm-max-memory").moved_bytes == 4096 * MIB
        parts = ("reserved-memory", "user-memory", "storage-region", "execution-region")
        assert sum(pair(found, id).moved_bytes for id in parts) == 4096 * MIB
        assert pair(found, "reserved-memory").status == "same"
        said = f"{len(found.differing)} of {len(found.rows)} figures"
        assert found.summary == f"spark.executor.memory differs, and {said}."
        assert 5 < len(found.differing) < len(found.rows)

    @given(INPUTS, INPUTS)
    def test_differences_add_up_and_turn_round(self, before, now):
        try:
            found = compared("explain", before, now)
        except BadInputs:
            return
        turned = compared("explain", now, before)
        assert {p.id: (p.before, p.now) for p in found.rows} == {p.id: (p.now, p.before) for p in turned.rows}
        assert {p.id: p.moved_bytes and -p.moved_bytes for p in found.rows} == {p.id: p.moved_bytes for p in turned.rows}
        assert [(p.name, p.before, p.now) for p in found.inputs] == [(p.name, p.now, p.before) for p in turned.inputs]
        statuses = {"new": "gone", "gone": "new"}
        told = sorted(statuses.get(note.status, note.status) for note in found.notes)
        assert told == sorted(note.status for note in turned.notes)
        by_id = {p.id: p for p in found.rows}
        was = {b.total.id: b for whole in found.before.result.breakdowns for b in totals(whole)}
        for total in (b for whole in found.now.result.breakdowns for b in totals(whole)):
            earlier = was.get(total.total.id)
            if earlier is None or total.total.id not in by_id:
                continue
            sums = [sum(line_of(part).size_bytes or 0 for part in b.parts) for b in (earlier, total)]
            assert by_id[total.total.id].moved_bytes == sums[1] - sums[0]

    @given(INPUTS)
    def test_an_answer_differs_from_itself_in_nothing(self, inputs):
        try:
            found = compared("explain", inputs, inputs)
        except BadInputs:
            return
        assert found.summary == "Nothing differs."
        assert (found.inputs, found.differing) == ((), ())
        assert {note.status for note in found.notes} <= {"same"}

    @given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
    def test_rows_of_both_are_there_once_in_the_order_of_now(self, before, now):
        order = merged(before, now)
        assert sorted(order) == sorted(set(before) | set(now))
        assert [id for id in order if id in now] == now

    def test_rows_of_one_side_are_said_to_be(self):
        found = compared("container-request", {}, {"cluster-manager": "kubernetes"})
        assert pair(found, "am-container-limit").status == "gone"
        assert pair(found, "am-container-limit").moved_bytes is None
        back = compared("container-request", {"cluster-manager": "kubernetes"}, {})
        assert pair(back, "am-container-limit").status == "new"

    def test_a_figure_in_words_is_another(self):
        found = compared("fit-node", {"node-cores": "16"}, {"node-cores": "4"})
        words = [p for p in found.differing if p.moved_bytes is None and p.status == "changed"]
        assert words
        assert "another" in page("fit-node", {"node-cores": "4"}, {"node-cores": "16"})["html"]


class TestInputs:
    def test_defaults_are_told_apart_from_what_was_set(self):
        found = compared("executor-memory", {}, {"spark.executor.memory": "8g"})
        (only,) = found.inputs
        assert (only.name, only.before, only.now) == ("spark.executor.memory", "1g", "8g")
        assert (only.set_before, only.set_now) == (False, True)

    @pytest.mark.parametrize(("name", "before", "now", "differs"), [
        ("spark.executor.memory", "4g", "4G", False),
        ("spark.executor.memory", "4g", "4096m", False),
        ("spark.executor.memory", "4g", "4097m", True),
        ("spark.driver.memory", "4g", "4096", True),  # the JVM takes a bare number for bytes
        ("spark.memory.fraction", "0.6", "0.60", False),
        ("spark.memory.offHeap.enabled", "true", "TRUE", False),
        ("spark.executor.extraJavaOptions", "-Xss4m", "-Xss4M", True),
        ("node-memory", "64g", "65536m", False),
    ])  # fmt: skip
    def test_what_spark_reads_as_the_same_is_no_difference(self, name, before, now, differs):
        found = compared("explain", {"settings": "none", name: before}, {"settings": "none", name: now})
        assert [pair.name for pair in found.inputs] == [name] * differs

    def test_the_default_written_out_is_no_difference(self):
        assert compared("executor-memory", {}, {"spark.executor.memory": "1g"}).inputs == ()


MISSPELT = {"text": "spark-submit --conf spark.executor.memory=4g --conf spark.executor.memoryOverHead=1g x.py"}


class TestOrder:
    """Whether the job fits, on what that rests and what is lost stand before the tables of what differs."""

    def test_verdicts_and_losses_come_first_in_the_page(self):
        html = page("explain", MISSPELT, {"spark.executor.memory": "8g"})["html"]
        parts = ["sm-summary", "sm-headline-before", "Assumed: ", "sm-headline-now", "Assumed: ", "<b>Lost:</b>", "sm-diff"]
        places = [0]
        for part in parts:
            places.append(html.index(part, places[-1] + 1))
        assert html.count("Assumed: ") == 2, "beside each verdict, and in no note again"

    def test_and_on_a_terminal(self):
        text = comparison_text(compared("explain", {"spark.executor.memory": "8g"}, MISSPELT))
        parts = ["\nbefore: Fits if", "\nnow:    Not all of it counts. Lost: ", "Difference"]
        assert sorted(parts, key=text.index) == parts
        assert text.count("Assumed: ") == 2


class TestNotes:
    def test_new_gone_and_changed(self):
        found = compared("explain", {"spark.executor.memory": "33g"}, {"spark.executor.memory": "8g"})
        statuses = {(note.now or note.before).id: note.status for note in found.notes}
        assert statuses["compressed-references"] == "gone"
        assert statuses["ui-number"] == "changed"
        assert statuses["assumed"] == "same"
        assert "<b>Gone.</b> <b>Warning:</b> <s>" in page(
            "explain", {"spark.executor.memory": "8g"}, {"spark.executor.memory": "33g"}
        )["html"]

    def test_a_note_about_a_pasted_text_is_not_new_beside_an_address(self):
        text = "spark-submit --executor-memory 8g --driver-memory $MEM a.py"
        settings = {"spark.executor.memory": "8g", "language": "python"}
        found = compared("explain", settings, {"text": text})
        assert found.summary == "Nothing differs."
        gone = {note.before.id for note in found.notes if note.status == "gone"}
        resting = {"driver-not-in-cluster", "max-result-above-heap", "set-by-default"}
        assert gone == resting, "they rest on the heap that is not known"
        assert {note.status for note in found.notes} == {"same", "gone"}
        assert "shell-variable" in {note.now.id for note in found.notes if note.now}


class TestInAPage:
    def test_both_pictures_have_one_scale(self):
        html = page("executor-memory", {"spark.executor.memory": "8g"}, {"spark.executor.memory": "2g"})["html"]
        assert re.findall(r"inline-size:([0-9.]+)%", html) == ["25.00", "100.00"]

    def test_differences_stand_before_what_is_the_same(self):
        html = page("explain", {"spark.executor.memory": "8g"}, {"spark.executor.memory": "2g"})["html"]
        assert html.index("Inputs that differ") < html.index("sm-pictures") < html.index("Figures that differ")
        assert html.index("Figures that differ") < html.index("figures are the same")
        assert "+6,442,450,944" in html
        assert "+6,144 MiB" in html

    def test_ids_are_there_once(self):
        html = page("explain", {"spark.executor.memory": "8g", "cluster-manager": "kubernetes"}, {})["html"]
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))

    def test_a_side_with_faults_shows_them_and_the_other_stays(self):
        reply = page("executor-memory", {"spark.executor.memory": "lots"}, {"spark.executor.memory": "8g"})
        assert not reply["ok"]
        assert [error["input"] for error in reply["errors"]] == ["spark.executor.memory"]
        assert reply["html"].index("There is no answer") < reply["html"].index("Of a heap of 8,192\u00a0MiB")
        reply = page("executor-memory", {"spark.executor.memory": "8g"}, {"spark.executor.memory": "lots"})
        assert reply["ok"]
        assert reply["html"].index("Of a heap of 8,192\u00a0MiB") < reply["html"].index("There is no answer")
        both = page("executor-memory", {"spark.executor.memory": "x"}, {"spark.executor.memory": "lots"})
        assert both["html"].count("There is no answer") == 2

    def test_a_text_on_the_other_side_is_not_read(self):
        reply = page("explain", {"spark.executor.memory": "8g"}, {"text": "spark.executor.memory 2g", "java": "17"})
        assert reply == page("explain", {"spark.executor.memory": "8g"}, {"java": "17"})

    def test_what_was_entered_is_escaped(self):
        odd = '"><script>alert(1)</script>'
        for now, before in (({"spark.executor.memory": odd}, {}), ({}, {"spark.executor.memory": odd, odd: odd})):
            assert "<script" not in page("executor-memory", now, before)["html"]
        assert "<script" not in page("explain", {"text": f"spark.executor.memory {odd}"}, {})["html"]

    def test_the_address_is_that_of_the_side_in_the_form(self):
        text = "spark-submit --master yarn --executor-memory 8g --conf spark.ssl.keyPassword=hunter2 a.py"
        reply = page("explain", {"text": text}, {"spark.executor.memory": "4g"})
        assert reply["address"] == {"cluster-manager": "yarn", "language": "python", "spark.executor.memory": "8g"}
        assert "hunter2" not in json.dumps(reply)
        assert "address" not in page("explain", {}, {})


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_every_calculator_is_compared_with_its_defaults(calculator):
    reply = page(calculator, {}, {})
    assert reply["ok"]
    assert reply["summary"].startswith("Nothing differs. Now: ")


@pytest.mark.parametrize(
    ("calculator", "before", "now", "said"),
    [
        ("explain", NODE | {"spark.executor.memory": "14g"}, NODE | {"spark.executor.memory": "4g"},
         "Refused by Spark 4.3 → Fits; Heap that the JVM reports −10,240 MiB"),
        ("explain", {"spark.executor.memory": "4g"}, {"spark.executor.memory": "14g"}, "Executor container +11,264 MiB"),
        ("explain", {"spark.executor.memory": "4g"}, {"spark.executor.memory": "300m"},
         "Fits if a node has 5,120 MiB for an executor → Refused by Spark 4.3"),
        ("executor-memory", {}, {"spark.memory.fraction": "0.5"}, "User memory +72.4 MiB; Spark memory −72.4 MiB"),
        ("release-diff", {}, {"other-release": "4.0"}, ""),
        ("fit-node", {"spark.executor.memory": "24g"}, {"spark.executor.memory": "12g"},
         "Executors that fit 2 → 4; One executor's container −13,312 MiB"),
        ("fit-node", {"spark.executor.memory": "4g"}, {"spark.executor.memory": "5g"},
         "Executors that fit 12 → 10; One executor's container +1,024 MiB"),
        ("overhead-budget", {"spark.executor.memory": "24g"}, {"spark.executor.memory": "12g"},
         "Overhead that holds the budget −511 MiB; Memory overhead that Spark reserves −1,229 MiB"),
        ("jvm-heap", {"gc": "g1"}, {"gc": "parallel"}, "Heap that the JVM reports −455 MiB"),
        ("task-memory", {"spark.executor.cores": "4"}, {"spark.executor.cores": "4", "active-tasks": "2"},
         "Memory of a task at most +108.6 MiB"),
        ("ui-number", {"number": "434.4 MiB"}, {"number": "912.3 MiB"}, ""),
    ],
)  # fmt: skip
def test_what_changes_for_the_reader_stands_first(calculator, before, now, said):
    yarn = {"cluster-manager": "yarn"} if calculator == "explain" else {}
    found = compared(calculator, yarn | before, yarn | now)
    assert turned(found) == said
    assert comparison_text(found).startswith(said or found.summary)
    assert page(calculator, yarn | now, yarn | before)["summary"].startswith(f"{said}. " if said else found.summary)


class TestCommandLine:
    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", "sparkmem", *words], capture_output=True, text=True)

    def test_the_table(self):
        heap = "--spark.executor.memory"
        done = self.run("executor-memory", heap, "8g", "--against", heap, "4g", "--gc", "parallel")
        assert done.returncode == 0
        found = compared(
            "executor-memory", {"spark.executor.memory": "4g", "gc": "parallel"}, {"spark.executor.memory": "8g"}
        )
        assert done.stdout == comparison_text(found) + "\n"
        assert "+4,551 MiB (+4,772,069,376 bytes)" in done.stdout
        assert "gone info: Parallel holds back 455 MiB" in done.stdout

    def test_as_json(self):
        for words in (("--json", "--against"), ("--against", "--json")):
            told = json.loads(self.run("executor-memory", "--spark.executor.memory", "8g", *words).stdout)
            assert told == comparison_dict(compared("executor-memory", {}, {"spark.executor.memory": "8g"}))

    def test_faults_of_either_side(self):
        for words in (("--gc", "x", "--against"), ("--against", "--gc", "x")):
            done = self.run("executor-memory", *words)
            assert (done.returncode, done.stdout) == (2, "")
            assert "gc 'x' is not one of" in done.stderr

    def test_in_markdown_the_differences_are_there_too(self):
        text = self.run("executor-memory", "--spark.executor.memory", "8g", "--as", "markdown", "--against").stdout
        assert "| Executor memory (spark.executor.memory) | 1g (default) | 8g |" in text
        assert "+7,168 MiB (+7,516,192,768 bytes)" in text
