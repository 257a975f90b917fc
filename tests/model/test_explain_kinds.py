"""What people paste, one text of each kind: the settings that are taken, the verdict, and what takes "Fits" away."""

import json
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from sparkmem import evaluate
from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from sparkmem.calculators.explain.verdict import VERDICTS
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.configuration.lost_words import NOT_COMPUTED
from sparkmem.requests import comparison
from sparkmem.requests.comparison import compare
from sparkmem.requests.pairs import Side
from tests.rows import each

HERE = Path(__file__).parents[1]
CASES = [
    case
    for name in ("as-written", "explained")
    for case in tomllib.loads((HERE / "cases" / f"{name}.toml").read_text())["case"]
]
FORMS = [
    case
    for path in sorted((HERE / "cases" / "readings").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
    if "form" in case
]
DOCS = (HERE.parent / "docs" / "explain.md").read_text()


def explain(text=None, **inputs):
    given = inputs | ({} if text is None else {"text": text})
    return evaluate({"calculator": "explain", "inputs": given})


def notes(answered):
    return {note["id"]: note["text"] for note in answered["notes"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_kind_is_taken_and_judged(case):
    found = explain(case["text"])
    inputs = {item["name"]: item["value"] for item in found["inputs"]}
    assert {name: inputs.get(name) for name in case["want"]} == case["want"]
    assert found["verdict"].startswith(case["verdict"]), found["verdict"]
    assert case.get("names", "") in found["verdict"] + " ".join(notes(found).values())
    taken = {item["name"] for item in found["read"]["taken"]}
    assert {name for name in case["want"] if name.startswith("spark.")} <= taken
    assert not set(case.get("absent", ())) & taken
    assert set(case.get("lost", ())) <= {f"{one['id']} {one['key']}" for one in found["read"]["lost"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_its_address_says_the_same(case):
    pasted = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": case["text"]}})))
    opened = json.loads(answer(json.dumps({"calculator": "explain", "inputs": pasted["address"]})))
    assert (opened["summary"], opened["address"]) == (pasted["summary"], pasted["address"])


def test_a_link_says_too_that_emr_writes_the_sizes():
    text = """[{"Classification": "spark", "Properties": {"maximizeResourceAllocation": "true"}},
      {"Classification": "spark-defaults", "Properties": {"spark.executor.memory": "8g"}}]"""
    pasted = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": text}})))
    opened = json.loads(answer(json.dumps({"calculator": "explain", "inputs": pasted["address"]})))
    assert pasted["summary"].startswith("Fits, but risky. With maximizeResourceAllocation ")
    assert (opened["summary"], opened["address"]) == (pasted["summary"], pasted["address"])


def test_where_a_platform_sizes_the_driver_nothing_is_said_of_spark_s_default():
    text = """{"new_cluster": {"spark_version": "13.3.x-scala2.12", "node_type_id": "i3.xlarge",
      "spark_conf": {"spark.driver.maxResultSize": "6g", "spark.memory.offHeap.enabled": "true",
                     "spark.memory.offHeap.size": "8g"}}}"""
    found = explain(text)
    assert found["verdict"].startswith("Cannot be told. ")
    assert not {"max-result-above-heap", "set-by-default"} & set(notes(found))
    assert "max-result-above-heap" in notes(explain("spark-submit --master yarn --conf spark.driver.maxResultSize=6g a.jar"))


class TestWhatIsLost:
    def test_each_has_a_line_what_is_meant_and_what_to_write(self):
        found = explain("spark-submit \\\n --executor-memory 4g \\\n --conf spark.excutor.memoryOverhead=10g a.jar")
        (lost,) = found["read"]["lost"]
        assert (lost["id"], lost["line"], lost["write"]) == ("key-misspelt", 3, "write spark.executor.memoryOverhead")
        assert notes(found)["key-misspelt"].startswith("Line 3: spark.excutor.memoryOverhead does not count: ")
        assert notes(found)["key-misspelt"].endswith(" Write spark.executor.memoryOverhead.")

    def test_quotes_that_are_a_part_of_the_value_are_told_as_such(self):
        found = explain('spark.executor.cores 5\nspark.driver.memory = "4g"')
        (lost,) = found["read"]["lost"]
        assert (lost["id"], lost["write"].split(",")[0]) == ("value-not-readable", "write 4g without the quotes")

    def test_several_of_one_way_are_told_together(self):
        found = explain("spark-submit a.jar --executor-memory 4g --driver-memory 2g --executor-cores 2")
        told = [note["text"] for note in found["notes"] if note["id"] == "key-after-application"]
        assert len(found["read"]["lost"]) == len(told) == 3, "each write is its own option"
        found = explain("spark-submit a.jar --conf spark.executor.memory=4g")
        assert len(found["read"]["lost"]) == 1, "the word behind --conf is a part of it"
        found = explain("job.py\nspark-submit a.jar " + " ".join(f"--spark.executor.{one} 1g" for one in
                        ("memory", "memoryOverhead", "cores", "instances", "pyspark.memory")))  # fmt: skip
        (told,) = [note["text"] for note in found["notes"] if note["id"] == "key-after-application"]
        assert len(found["read"]["lost"]) == 5
        assert told.startswith("Line 2: spark.executor.memory, ")
        assert told.endswith(" Write --conf KEY=VALUE before the application.")

    @pytest.mark.parametrize("id", LOST)
    def test_each_way_is_in_the_page(self, id):
        assert f"| `{id}` |" in DOCS

    @pytest.mark.parametrize("verdict", VERDICTS)
    def test_each_verdict_is_in_the_page(self, verdict):
        assert f"**{verdict}**" in DOCS

    def test_is_said_beside_the_verdict_and_in_no_fold(self):
        html = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": CASES[-2]["text"]}})))["html"]
        before = html.partition("<details")[0]
        assert "<b>Lost:</b> <code>spark.executor.memory</code> (line 1: key after application)" in before
        assert "<b>Taken:</b>" in before

    @pytest.mark.parametrize("text", ["x", "key-misspelt:spark.ssl.keyPassword", "runs-on:hunter2"])
    def test_an_address_that_says_it_wrongly_is_refused(self, text):
        (error,) = explain(**{"spark.executor.memory": "4g", "lost": text})["errors"]
        assert error["input"] == "lost"
        assert "hunter2" not in error["message"]


class TestWhatIsNotKnown:
    TEXT = "spark-submit --master yarn --conf spark.memory.offHeap.enabled=true --conf spark.memory.offHeap.size=$SIZE a.jar"

    def test_nothing_is_refused_on_a_default_in_its_place(self):
        found = explain(self.TEXT)
        assert found["verdict"].startswith("Cannot be told. The value of spark.memory.offHeap.size is not in the text")
        assert "refused" not in notes(found)
        assert [item["name"] for item in found["read"]["unknown"]] == ["spark.memory.offHeap.size"]

    def test_what_is_refused_with_every_value_stays_refused(self):
        assert explain(f"{self.TEXT} ".replace("a.jar", "--executor-memory 7.5g a.jar"))["verdict"].startswith("Refused")

    def test_figures_that_depend_on_it_say_so_and_others_do_not(self):
        text = "spark-submit --master yarn --executor-memory $MEM --driver-memory 2g a.jar"
        rows = {row["id"]: row["because"] for row in explain(text)["rows"]}
        assert rows["executor-memory"].startswith("With the default of spark.executor.memory, whose value is not known: ")
        assert not rows["driver-jvm-max-memory"].startswith("With the default")


@pytest.mark.parametrize("kind", NOT_COMPUTED)
def test_what_runs_the_job_and_is_not_computed_is_named(kind):
    found = explain(**{"spark.executor.memory": "4g", "lost": f"runs-on:{kind}"})
    assert found["verdict"].startswith(f"Cannot be told. The job runs on {NOT_COMPUTED[kind]}.")


_BATCH = 'runtimeConfig:\n  version: "2.2"\n  properties:\n    spark.executor.memory: 20g\n    spark.executor.cores: "4"\n'


@pytest.mark.parametrize(
    "text",
    [
        f"# batch.yaml (gcloud beta dataproc batches submit ...)\npysparkBatch:\n  mainPythonFileUri: a.py\n{_BATCH}",
        'resource "google_dataproc_batch" "b" {\nruntime_config {\nproperties = { "spark.executor.memory" = "20g" }\n}\n}',
        '{"sparkBatch": {"mainClass": "c.M"}, "runtimeConfig": {"properties": {"spark.executor.memory": "20g"}}}',
        "spark.executor.memory 20g\nspark.dataproc.executor.compute.tier standard",
    ],
)
def test_a_batch_of_dataproc_is_no_cluster_on_yarn(text):
    found = explain(text)
    assert found["verdict"].startswith(f"Cannot be told. The job runs on {NOT_COMPUTED['dataproc-serverless']}.")
    assert not [row for row in found["rows"] if row["id"].startswith("am-")]


def test_a_job_on_a_cluster_of_dataproc_is_on_yarn():
    found = explain("gcloud dataproc jobs submit pyspark a.py --cluster=c --properties=spark.executor.memory=20g")
    assert [row for row in found["rows"] if row["id"].startswith("am-")]


def test_a_master_that_is_not_computed_is_not_taken_for_yarn_in_silence():
    found = explain("spark-submit --master mesos://zk:5050 --executor-memory 4g a.jar")
    assert found["verdict"].startswith("Cannot be told. The job runs on Mesos.")
    chosen = explain("spark-submit --master mesos://zk:5050 --executor-memory 4g a.jar", **{"cluster-manager": "yarn"})
    assert chosen["verdict"].startswith("Fits")


@pytest.mark.parametrize("inputs", [{"settings": "none"}, {"text": "spark-submit a.jar"}, {"spark.executor.cores": "4"}])
def test_without_a_size_of_memory_nothing_is_said_to_fit(inputs):
    found = explain(**inputs)
    assert found["verdict"].startswith("No memory is set. With Spark's defaults: ")
    assert "nothing-set" in notes(found)


@pytest.mark.parametrize(("text", "said"), [
    ("spark.sql.shuffle.partitions 9", "No size of any memory was found: "),
    ("spark = get()\nspark.conf.set('spark.executor.memory', '9g')", "No size of any memory that counts was found: "),
    ("spark.executor.memory ${HEAP}", "No size of any memory is known: "),
])  # fmt: skip
def test_a_size_that_is_lost_or_not_known_is_not_said_to_be_missing(text, said):
    assert next(note["text"] for note in explain(text)["notes"] if note["id"] == "nothing-set").startswith(said)


def test_a_file_of_properties_that_is_not_read_stands_beside_the_verdict():
    found = explain("spark-submit --master yarn --executor-memory 6g --properties-file etl.conf etl.jar")
    assert [one["name"] for one in found["read"]["passed-over"]] == ["--properties-file"]
    assert "a file that is not in the text may set it" in found["verdict"]


@pytest.mark.parametrize(("keys", "said"), [(["memory"], "1 lost setting"), (["memory", "cores"], "2 lost settings")])
def test_the_picture_says_how_many_settings_were_lost_and_no_id_of_ours(keys, said):
    lost = ",".join(f"key-misspelt:spark.executor.{key}" for key in keys)
    inputs = {"spark.driver.memory": "4g", "lost": lost}
    html = json.loads(answer(json.dumps({"calculator": "explain", "page": "explain/", "inputs": inputs})))["html"]
    assert f"{said}." in html or f"{said}," in html
    assert "settings key-misspelt" not in html


def test_a_comparison_calls_a_value_that_is_not_there_as_the_readers_do():
    assert comparison._NOT_IN_TEXT == NOT_IN_TEXT in comparison._OF_A_TEXT


def test_a_comparison_says_that_only_what_is_lost_differs():
    sides = [Side(*CALCULATORS["explain"].run({"text": f"spark-submit --master yarn --driver-memory 2g {text}"}))
             for text in ("a.jar --executor-memory 4g", "a.jar", "b.jar")]  # fmt: skip
    said = [compare(CALCULATORS["explain"], before, now).summary for before, now in pairwise(sides)]
    assert said == ["No figure differs, but the texts lose different settings.", "Nothing differs."]


@pytest.mark.parametrize("text", ["java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:1)",
                                  "ExecutorLostFailure (executor 1 exited): Container killed by YARN for exceeding limits",
                                  "java.lang.OutOfMemoryError: GC overhead limit exceeded"])  # fmt: skip
def test_what_a_failure_left_behind_is_told_as_such_and_leads_on(text):
    (error,) = explain(text)["errors"]
    assert "sparkmem diagnose" in error["message"]
    page = json.loads(answer(json.dumps({"calculator": "explain", "page": "explain/", "inputs": {"text": text}})))
    assert 'on the page <a href="../what-happened/">“What happened?”</a>' in page["html"]
    assert "sparkmem diagnose" not in page["html"] + page["errors"][0]["said"]
    assert explain(f"spark-submit --executor-memory 4g a.jar\n{text}")["verdict"].startswith("Fits")


@each([case for case in FORMS if "verdict" in case or "says" in case or "unread" in case],
      lambda case: f"{case['form']}: {case['name']}")  # fmt: skip
def test_each_form_is_judged(case):
    found = explain(case["text"])
    if "unread" in case:
        assert case["unread"] in found["errors"][0]["message"]
        return
    assert found["verdict"].startswith(case.get("verdict", "")), found["verdict"]
    assert case.get("says", "") in found["verdict"] + " ".join(notes(found).values())


def test_every_form_that_people_have_has_three_texts():
    counted = Counter(case["form"] for case in FORMS)
    assert len(FORMS) >= 150
    assert {form for form, count in counted.items() if count < 3} == set()


@pytest.mark.parametrize("process", ["CoarseGrainedExecutorBackend", "YarnCoarseGrainedExecutorBackend --hostname d"])
def test_of_the_command_of_an_executor_nothing_is_said_of_the_driver(process):
    found = explain(f"yarn 31 1 0 06:02 ? 0:00 /usr/bin/java -server -Xmx6g org.apache.spark.executor.{process} --cores 4")
    told = "What was read is an executor's: of others Spark's default is shown, spark.driver.memory 1g."
    assert found["verdict"].endswith(told)
    assert "Not set" not in found["verdict"] + " ".join(notes(found).values())


def test_no_default_is_said_to_hold_for_executors_that_a_platform_sizes():
    found = explain('%glue_version 4.0\n%%configure\n{"--conf": "spark.driver.memory=9g"}\n')
    assert found["verdict"].startswith("Cannot be told")
    assert "set-by-default" not in notes(found)


@pytest.mark.parametrize(("text", "ids", "told"), [
    ("java -Xmx3g -jar a.jar\nnew SparkConf().setMaster(\"local\").set(\"spark.memory.offHeap.enabled\", \"true\")"
     ".set(\"spark.memory.offHeap.size\", System.getenv(\"OFF\")); new SparkContext(conf);",
     {"driver-jvm-max-memory"}, "what holds with any value is shown"),
    ("spark-submit --master yarn --executor-memory 6g --conf spark.memory.offHeap.enabled=true"
     " --conf spark.memory.offHeap.size=$OFF a.jar",
     {"executor-memory", "driver-jvm-max-memory", "am-container-limit"}, "what holds with any value is shown"),
    ("spark-submit --master local[2] --driver-memory $MEM --conf spark.memory.offHeap.enabled=true"
     " --conf spark.memory.offHeap.size=$OFF a.jar", set(), "no figure holds with any value"),
])  # fmt: skip
def test_where_the_default_is_refused_what_holds_with_any_value_is_drawn(text, ids, told):
    found = explain(text)
    assert told in found["verdict"]
    assert "default is shown" not in found["verdict"] + " ".join(notes(found).values())
    shown = {row["id"]: row.get("bytes", 0) for row in found["rows"]}
    assert shown.keys() >= ids
    assert not shown if not ids else not any(size for id, size in shown.items() if "off-heap" in id)


_POD = "Containers:\n  spark-kubernetes-executor:\n    Limits:\n      memory:  {limit}\n    Requests:\n      cpu:  1\n"
_VARIABLES = "    Environment:\n      SPARK_EXECUTOR_MEMORY:  4g\n      SPARK_JAVA_OPT_0:  -Dspark.driver.port=7078\n"


@pytest.mark.parametrize(("limit", "told"), [("5Gi", True), ("8Gi", False)])
def test_direct_memory_is_read_of_the_variables_of_an_executor_s_pod(limit, told):
    text = _POD.format(limit=limit) + _VARIABLES + "      SPARK_JAVA_OPT_1:  -XX:MaxDirectMemorySize=2g\n"
    found = explain(text)
    assert ("direct-above-overhead" in notes(found)) is told
    assert found["verdict"].startswith("Fits, but risky") is told


def test_variables_of_a_pod_without_its_limit_do_not_say_what_is_beside_the_heap():
    text = "spark-role=executor\nSPARK_EXECUTOR_MEMORY=4g\nSPARK_JAVA_OPT_0=-XX:MaxDirectMemorySize=2g\n"
    found = explain(text)
    assert "-XX:MaxDirectMemorySize=2g" in {row["value"] for row in found["read"]["taken"]}
    assert "direct-above-overhead" not in notes(found)


@pytest.mark.parametrize("options", ["--executor-memory ${mem}", "--conf spark.executor.memory=${mem} --executor-cores 2"])
def test_a_parameter_of_a_workflow_of_oozie_is_no_variable_of_a_shell(options):
    action = f"<spark><master>yarn</master><jar>a.jar</jar><spark-opts>{options}</spark-opts></spark>"
    found = explain(f"<workflow-app><action name='a'>{action}</action></workflow-app>")
    assert found["verdict"].startswith("Cannot be told")
    said = [note["text"] for note in found["notes"] if note["id"] == "value-not-in-text"]
    assert ["${mem} is a parameter of the workflow" in one for one in said] == [True]
    assert "shell-variable" not in notes(found)
