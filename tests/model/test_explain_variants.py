"""What would change: every row is what its link opens, differences add up, and nothing of a pasted text is in a link."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from sparkmem import evaluate
from sparkmem.__main__ import main
from sparkmem.browser import answer, variants
from sparkmem.calculators.explain.variants import TABLES, table, tables_of
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import RELEASES
from sparkmem.render.variants import query, table_html, table_text
from sparkmem.subjects.job.example import PAGE

CASES = Path(__file__).parents[1] / "cases" / "configurations"
REAL = sorted(path for path in CASES.iterdir() if path.name != "sources.json")
MIB = 1 << 20


def explain(inputs):
    return evaluate({"calculator": "explain", "inputs": inputs})


def rows(id, text="", **inputs):
    named = {name.replace("_", "-"): value for name, value in inputs.items()}
    return {row.id: row for row in table(id, named | ({"text": text} if text else {})).rows}


def links(html):
    return [dict(parse_qsl(unescape(found), keep_blank_values=True)) for found in re.findall(r'href="\?([^"]*)"', html)]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@pytest.mark.parametrize("id", TABLES)
class TestARow:
    def test_is_what_its_link_opens(self, path, id):
        found = table(id, {"text": path.read_text()})
        for row in found.rows:
            for name, job in row.choices:
                opened = explain(job.inputs)
                sizes = {line["id"]: line.get("bytes") for line in opened.get("rows", ())}
                assert {figure: sizes.get(figure) for figure in found.figures} == {
                    figure: row.job.size(figure) for figure in found.figures
                }, name
                if job.fault:
                    assert opened["errors"][0]["message"] in job.fault
                elif not row.present:
                    assert opened["verdict"] == job.result.verdict
        opened = links(table_html(found, PAGE))
        offered = [dict(job.inputs) for row in found.rows for _, job in row.choices if job is not row.now]
        assert opened
        assert all(inputs in offered for inputs in opened)

    def test_says_how_much_more_or_less_with_its_sign(self, path, id):
        found = table(id, {"text": path.read_text()})
        for row in found.rows:
            for figure in found.figures:
                size, now = row.job.size(figure), row.now.size(figure)
                moved = size is not None and now is not None and size != now
                assert bool(row.difference(figure)) is moved
                assert not moved or row.difference(figure)[0] == ("+" if size > now else "−")

    def test_holds_nothing_of_the_text_but_what_an_address_may(self, path, id):
        text = path.read_text()
        kept = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": text}})))["address"]
        for inputs in links(table_html(table(id, {"text": text}), PAGE)):
            changed = {name for name in inputs if inputs[name] != kept.get(name)}
            allowed = {"gc", "release", "cluster-manager", "deploy-mode"}
            allowed |= {f"spark.executor.{kind}JavaOptions" for kind in ("default", "extra")}
            assert changed <= allowed, changed


class TestTheTables:
    @pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
    def test_each_choice_is_there_once_and_one_is_that_of_now(self, path):
        inputs = {"text": path.read_text()}
        named = {found.id: [name for row in found.rows for name, _ in row.choices] for found in tables_of(inputs)}
        assert named["collectors"] == list(COLLECTORS.values())
        assert named["releases"] == list(RELEASES)
        assert len(named["cluster-managers"]) == 7
        for found in tables_of(inputs):
            assert [job is row.now for row in found.rows for _, job in row.choices].count(True) == 1, found.id

    def test_a_secret_is_in_none(self):
        text = "spark-submit --master yarn --conf spark.hadoop.fs.s3a.secret.key=hunter2 app.jar hunter2"
        assert "hunter2" not in "".join(table_html(found, PAGE) for found in tables_of({"text": text}))

    def test_parallel_holds_a_survivor_space_back(self):
        found = rows("collectors", "spark.executor.memory 4g")
        assert found["gc-g1"].present
        assert found["gc-parallel"].difference("jvm-max-memory") == "−455 MiB"
        assert found["gc-parallel"].difference("spark-memory") == "−273 MiB"

    @pytest.mark.parametrize("key", ["spark.executor.extraJavaOptions", "spark.executor.defaultJavaOptions"])
    def test_a_collector_takes_the_place_of_the_flag_that_chose_one(self, key):
        found = rows("collectors", f"spark.executor.memory 4g\n{key} -XX:+UseParallelGC -XX:NewRatio=1")
        assert found["gc-parallel"].present
        inputs = found["gc-serial"].job.inputs
        assert inputs[key] == "-XX:+UseSerialGC -XX:NewRatio=1"
        assert "gc" not in inputs
        assert not found["gc-serial"].job.fault

    def test_a_collector_in_field_and_flag_is_changed_in_both(self):
        found = rows("collectors", "spark.executor.extraJavaOptions -XX:+UseG1GC", gc="g1")
        assert found["gc-z"].job.inputs | {"gc": "z", "spark.executor.extraJavaOptions": "-XX:+UseZGC"} == dict(
            found["gc-z"].job.inputs
        )
        assert not found["gc-z"].job.fault

    def test_a_collector_that_the_jvm_no_longer_knows_is_replaced(self):
        found = rows("collectors", "spark.executor.extraJavaOptions -XX:+UseConcMarkSweepGC", java="17", release="3.2")
        assert found["gc-g1"].now.verdict == "Refused"
        assert found["gc-parallel"].job.verdict == "Fits"

    def test_off_heap_memory_came_into_pods_with_3_1(self):
        text = (
            "spark-submit --master k8s://h --deploy-mode cluster --executor-memory 4g"
            " --conf spark.memory.offHeap.enabled=true --conf spark.memory.offHeap.size=2g app.jar"
        )
        found = rows("releases", text)
        row = found["release-3.0"]
        assert row.difference("container-limit") == "−2,048 MiB"
        assert [change.id for change in row.changes] == ["kubernetes-off-heap"]
        assert "off-heap-not-added" in {note.id for note in row.new}
        assert found["release-3.1"].changes == ()

    def test_releases_that_differ_in_the_words_of_a_refusal_share_a_row(self):
        found = rows("releases", "spark.executor.memory 300m")
        assert len(found) <= 2
        assert all(row.job.verdict == "Refused" for row in found.values())

    def test_a_key_that_a_release_does_not_read_is_said_to_be(self):
        found = rows("releases", "spark.executor.memory 8g\nspark.executor.memoryOverheadFactor 0.3")
        old = next(row for row in found.values() if row.choices[-1][0] == "3.2")
        assert any("ignores spark.executor.memoryOverheadFactor" in note.text for note in old.new)
        assert "overhead-factor" in {change.id for change in old.changes}

    def test_kubernetes_grants_what_is_asked_for_and_yarn_rounds(self):
        found = rows("cluster-managers", "spark-submit --master yarn --deploy-mode cluster --executor-memory 4g app.jar")
        assert found["cluster-manager-yarn-cluster"].present
        assert found["cluster-manager-kubernetes-cluster"].difference("container-limit") == "−615 MiB"
        assert found["cluster-manager-yarn-client"].text("driver-container-limit") == ""

    def test_who_refuses_and_why_is_quoted(self):
        inputs = {"spark.executor.memory": "8g", "node-memory": "8g", "cluster-manager": "standalone"}
        found = table("cluster-managers", inputs)
        assert re.search(r"<b>Refused</b> <q>by Spark 4\.3: Required executor memory \(8192 MB\)", table_html(found, PAGE))

    def test_in_local_mode_the_driver_is_what_changes(self):
        found = table("collectors", {"cluster-manager": "local", "spark.driver.memory": "4g"})
        assert [row.difference("driver-jvm-max-memory") for row in found.rows][:2] == ["", "−455 MiB"]


class TestTheFaces:
    def test_the_page_gets_a_table_by_its_name(self):
        request = {"calculator": "explain", "page": PAGE, "inputs": {}, "table": "releases"}
        assert json.loads(variants(json.dumps(request)))["html"] == table_html(table("releases", {}), PAGE)

    def test_what_has_no_answer_has_no_table(self):
        request = {"page": PAGE, "inputs": {"text": "hello"}, "table": "releases"}
        assert json.loads(variants(json.dumps(request)))["html"] == ""

    def test_an_address_reads_back(self):
        inputs = {"spark.executor.extraJavaOptions": "-XX:+UseG1GC -Xss4m é&=~*", "gc": "g1"}
        assert dict(parse_qsl(query(inputs))) == inputs

    def test_the_command_line_has_them_as_text_and_as_data(self, capsys):
        words = ["explain", "--text", "spark.executor.memory 4g", "--variants"]
        assert main(words) == 0
        shown = capsys.readouterr().out
        assert all(table_text(found) in shown for found in tables_of({"text": "spark.executor.memory 4g"}))
        assert main([*words, "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert [found["id"] for found in data["variants"]] == list(TABLES)
        parallel = data["variants"][0]["rows"][1]
        assert parallel["choices"][0] == {"name": "Parallel", "inputs": {"gc": "parallel", "spark.executor.memory": "4g"}}
        assert parallel["figures"]["spark-memory"]["difference"] == "−273 MiB"
        assert main(["executor-memory", "--variants"]) == 2

    def test_a_page_loads_it_only_when_it_is_asked_for(self):
        import subprocess
        import sys

        code = "import sparkmem.browser, sys; print(*sys.modules)"
        names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        assert not [name for name in names if "variant" in name and "explain" in name]
