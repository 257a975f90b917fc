"""Explain my job: the first words of the answer, refused by whom and in which words, too large for what, or that it fits."""

import re

import pytest

from sparkmem import evaluate
from sparkmem.render.escaping import escape
from sparkmem.requests.evaluate import run
from tests.model.test_explain import explain, ids, page, text_of


@pytest.mark.parametrize(("text", "said"), [
    ("spark.executor.memory 8", "spark.executor.memory. Write 8g: a size needs its unit."),
    ("spark.executor.memory 1.5g", "spark.executor.memory. Write 1536m: a size is a whole number."),
    ("spark.executor.memory 2", "spark.executor.memory. Write 2g: a size needs its unit."),
    ("spark.executor.memory 449", "spark.executor.memory. Give at least 450m."),
    ("spark.memory.fraction 1.5", "spark.memory.fraction. Write a number from 0 to 1."),
])  # fmt: skip
def test_a_refusal_begins_with_what_to_write(text, said):
    request = {"calculator": "explain", "inputs": {"text": text}}
    result, _, _ = run(request)
    assert result.headline == f"Refused by Spark 4.3: {said}"
    assert next(note.text for note in result.notes if note.id == "refused").startswith("Spark refuses "), "and its words"


def test_fits():
    answered = explain("spark-submit --master yarn --executor-memory 4g app.jar", node_memory="8g")
    assert answered["verdict"].startswith("Fits. For an executor YARN is asked for 4,505 MiB")


def test_refused_by_spark_in_its_words():
    answered = explain("spark-submit --master yarn --executor-memory 100m app.jar", release="3.5")
    inputs = {"release": "3.5", "spark.executor.memory": "100m"}
    (refusal,) = evaluate({"calculator": "executor-memory", "inputs": inputs})["errors"]
    assert "104857600 must be at least 471859200" in refusal["message"]
    assert answered["verdict"] == f"Refused by Spark 3.5: {refusal['message']}"
    assert not any(row["id"] == "container-limit" for row in answered["rows"]), "nothing is granted to it"


def test_refused_by_yarns_limit():
    answered = explain("spark-submit --master yarn --executor-memory 8g app.jar", yarn_maximum_allocation="8192")
    assert "is above the max threshold (8192 MB)" in answered["verdict"]
    assert "fits" in text_of(answered, "refused")


def test_does_not_fit_a_pod():
    text = "spark-submit --master k8s://h --deploy-mode cluster --executor-memory 8g app.jar"
    answered = explain(text, node_memory="8g")
    assert answered["verdict"].startswith("Does not fit. An executor needs 9,011 MiB and the largest node has 8,192")


@pytest.mark.parametrize(("master", "file", "words"), [
    ("spark://h:7077", "job.py", "not supported for python applications on standalone clusters."),
    ("spark://h:7077", "job.R", "not supported for R applications on standalone clusters."),
    ("local[4]", "app.jar", 'not compatible with master "local"'),
])  # fmt: skip
def test_refused_where_no_driver_can_run(master, file, words):
    command = "spark-submit --master {} --deploy-mode {} {}"
    answered = explain(command.format(master, "cluster", file))
    assert answered["verdict"].startswith("Refused by Spark 4.3: Cluster deploy mode is ")
    assert answered["verdict"].endswith(words)
    assert words in text_of(answered, "refused")
    assert "refused" not in ids(explain(command.format(master, "client", file)))
    assert "refused" not in ids(explain(command.format("k8s://h", "cluster", file)))


def test_a_jar_on_a_standalone_cluster_is_not_refused():
    assert "refused" not in ids(explain("spark-submit --master spark://h:7077 --deploy-mode cluster app.jar"))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("--executor-cores 4 --conf spark.kubernetes.executor.limit.cores=2",
         ".executor.limit.cores: the pod requests 4 cores (spark.executor.cores) and its limit is 2 cores"),
        ("--conf spark.kubernetes.executor.limit.cores=500m",
         "requests 1 core (the default of spark.executor.cores) and its limit is 500m cores"),
        ("--conf spark.kubernetes.executor.request.cores=1500m --conf spark.kubernetes.executor.limit.cores=1",
         "requests 1500m cores (spark.kubernetes.executor.request.cores) and its limit is 1 core"),
        ("--conf spark.kubernetes.driver.limit.cores=0.5", "requests 1 core (the default of spark.driver.cores)"),
        ("--conf spark.kubernetes.executor.limit.cores=1", ""),
        ("--executor-cores 4 --conf spark.kubernetes.executor.request.cores=0.5"
         " --conf spark.kubernetes.executor.limit.cores=0.5", ""),
    ],
)  # fmt: skip
def test_a_pod_whose_limit_of_cores_is_below_its_request_is_refused(settings, words):
    """By the API server: the job asked for a pod that nobody makes, and it was said to fit."""
    answered = explain(f"spark-submit --master k8s://h --deploy-mode cluster --executor-memory 4g {settings} app.jar")
    assert answered["verdict"].startswith("Refused by Kubernetes" if words else "Fits")
    assert not words or words in text_of(answered, "refused")


def test_a_page_as_large_as_can_be_is_not_remarked_on():
    assert "page-too-large" not in ids(explain("spark.executor.memory 8g\nspark.buffer.pageSize 17179869176b"))


@pytest.mark.parametrize("master", ["k8s://h", "spark://h:7077"])
def test_a_driver_that_no_node_holds_does_not_fit(master):
    text = f"spark-submit --master {master} --deploy-mode cluster --executor-memory 4g --driver-memory 100g app.jar"
    assert explain(text, node_memory="64g")["verdict"].startswith("Does not fit. The driver needs ")
    assert explain(text, node_memory="140g")["verdict"].startswith("Fits")


def test_a_fault_of_ours_gives_no_answer():
    assert [e["input"] for e in explain("spark.executor.memory 4g", node_memory="much")["errors"]] == ["node-memory"]


def test_what_a_message_says_of_yarn_does_not_outdo_a_vendor_that_sizes_containers_itself():
    text = "Our AWS Glue job, 5.6 GB of 5.5 GB: Container killed by YARN.\n--conf spark.executor.memory=5g"
    assert explain(text)["verdict"].startswith("Cannot be told. The job runs on AWS Glue")
    assert explain("# not AWS Glue\nspark-submit --master yarn --executor-memory 5g a.py")["verdict"].startswith("Fits")


def test_a_blank_in_a_list_that_makes_an_application_of_the_rest_is_named():
    text = "spark-submit --master yarn --jars a.jar, b.jar --executor-memory 4g rates.py"
    assert "Take out the blank behind a comma on line 1" in text_of(explain(text), "key-after-application")


@pytest.mark.parametrize(("text", "loud"), [
    ("--executor-memory 8g", "Fits if a node has 9,216 MiB for an executor: no limit is given."),
    ("spark-submit --master 'local[4]' --driver-memory 4g x.jar",
     "Fits if the machine has room for a heap of 4,096 MiB: no limit is given."),
    ("spark.executor.memory 1.5g", "Refused by Spark 4.3: spark.executor.memory. Write 1536m: a size is a whole number."),
    ("spark.executor.memory {{ memory }}", "Cannot be told. The value of spark.executor.memory is not in the text: {}."),
])  # fmt: skip
def test_on_a_page_what_follows_the_reason_of_a_verdict_is_said_less_loudly(text, loud):
    html = page({"text": text})["html"].replace("\u00a0", " ").partition('<p class="sm-headline">')[2]
    said = escape(loud.format("what would hold with Spark's default is shown"))
    assert html.startswith((f'{said} <span class="sm-then">', f"{said}</p>"))


def test_on_a_page_a_default_is_named_once_beside_what_is_assumed_and_a_long_warning_ends_less_loudly():
    html = page({"text": "spark.executor.memory 32g"})["html"].replace("\u00a0", " ")
    loud, _, then = html.partition('<p class="sm-headline">')[2].partition(' <span class="sm-then">')
    assert loud == "Fits, but risky. In a heap of 32,768 MiB the JVM no longer compresses references,"
    assert then.startswith("which it does up to some MiB below 32 GiB: each is 8 bytes instead of 4,")
    assert html.count("Not set, so Spark") == 1
    assert re.search(r'<p class="sm-assumed">Assumed: [^<]*Not set, so Spark[^<]* holds: spark.driver.memory 1g\.', html)
    lost = page({"text": "spark.driver.memoryOverheads 1g\nspark.executor.memoryOverheads 2g"})["html"]
    assert "<span" not in lost.partition('<p class="sm-headline">')[2].partition("</p>")[0], "a list stays one"


@pytest.mark.parametrize(("text", "name", "words"), [
    ("spark.yarn.executor.memoryOverhead=1g", "cluster-manager", "spark.yarn.executor.memoryOverhead"),
    ("spark.executor.pyspark.memory=2560m", "language", "spark.executor.pyspark.memory=2560m"),
    ("SPARK_HOME=/opt/spark-2.0.1-bin-hadoop2.7\nspark.executor.memory 4g", "release",
     "/spark-2.0.1, which is Spark 2.0: the oldest computed is 2.4"),
    ("/opt/spark16/bin/spark-submit --executor-memory 4g a.py", "release",
     "/spark16/bin/spark, which is Spark 1.6: the oldest computed is 2.4"),
])  # fmt: skip
def test_what_was_concluded_quotes_whole_keys_and_an_older_release(text, name, words):
    said = [one for one in explain(text)["read"]["circumstances"] if one["name"] == name]
    assert [one["words"] for one in said] == [words]


@pytest.mark.parametrize("release", ["2.4", "3.0", "4.3"])
def test_off_heap_memory_without_a_size_is_told_to_set_one(release):
    request = {"calculator": "explain", "inputs": {"text": "spark.memory.offHeap.enabled true", "release": release}}
    key = "spark.memory.offHeap.size"
    assert run(request)[0].headline == f"Refused by Spark {release}: {key}. Set {key}, as in 1g: it is 0 by default."


@pytest.mark.parametrize(("executor", "refused"), [("32g", True), ("112g", False)])
def test_sizes_that_fabric_does_not_take_are_refused_there(executor, refused):
    text = f'''resource "fabric_spark_environment_settings" "bronze" {{
  driver_memory   = "28g"
  executor_memory = "{executor}"
  executor_cores  = 16
  spark_properties = {{ "spark.driver.cores" : "3" }}
}}
'''
    found = explain(text)
    lost = [(one["key"], one["write"]) for one in found["read"]["lost"] if one["id"] == "size-not-offered"]
    assert lost == ([("spark.executor.memory", "write one of 28g, 56g, 112g, 224g, 400g")] if refused else [])
    assert found["verdict"].startswith("Refused by Fabric's provider for Terraform") == refused
    assert ("vendor", "fabric") in [(one["name"], one["value"]) for one in found["read"]["circumstances"]]


@pytest.mark.parametrize(("heap", "write"), [("4GB", "4g"), ("2048MB", "2048m"), ("4", "4g")])
def test_a_heap_that_the_jvm_refuses_says_what_to_write(heap, write):
    found = explain(f"spark-submit --conf spark.driver.memory={heap} app.jar")
    refused = next(note["text"] for note in found["notes"] if note["id"] == "refused")
    assert refused.endswith(f"(The JVM is given the text as it stands: write {write}.)")


def test_local_mode_by_a_start_without_a_master_is_assumed_and_said_so():
    text = 'spark = SparkSession.builder.config("spark.driver.memory", "8g").getOrCreate()\n\n$ python job.py\n'
    found = evaluate({"calculator": "explain", "inputs": {"text": text}})
    (assumed,) = [note["text"] for note in found["notes"] if note["id"] == "assumed"]
    assert assumed.startswith("Assumed: local mode, as nothing names a master (a spark-defaults.conf may)")
    named = evaluate({"calculator": "explain", "inputs": {"text": text.replace("builder", 'builder.master("local[2]")')}})
    assert not [note for note in named["notes"] if note["id"] == "assumed" and "local mode" in note["text"]]
