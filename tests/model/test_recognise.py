"""What people paste into one box: each is told for what it is, and answered by what knows it."""

import gzip
import json
from pathlib import Path

import pytest

from sparkmem.browser import answer, diagnose
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.pasted import pasted
from sparkmem.requests.recognised import recognised
from sparkmem.requests.subjects_named import SUBJECTS
from sparkmem.size.meant import what_to_write

ROOT = Path(__file__).parent.parent.parent
ANCHORS, DOCS = ROOT / "tests/golden/anchors.txt", ROOT / "docs"
KILLED = "Container killed by YARN for exceeding physical memory limits. 5.5 GB of 5.5 GB physical memory used."
TRACKED = "Native Memory Tracking:\n\nTotal: reserved=15KB, committed=15KB\n-  Java Heap (reserved=1KB, committed=1KB)"


@pytest.mark.parametrize(
    ("text", "kind", "calculator"),
    [
        ("137", "exit-code", ""),
        ("exit status 143", "exit-code", ""),
        ("-104", "exit-code", ""),
        ("434.4 MiB", "number", "ui-number"),
        ("0.0 B / 434.4 MiB", "number", "ui-number"),
        ("956.6MB", "number", "ui-number"),
        ("8g", "size", "executor-memory"),
        ("1.5g", "size", "executor-memory"),
        ("spark.executor.memory 8g", "configuration", "explain"),
        ("spark-submit --executor-memory 8g app.jar", "configuration", "explain"),
        (TRACKED, "native-memory", "overhead-budget"),
        ("r5.4xlarge", "machine", "fit-node"),
        ("n2-highmem-8", "machine", "fit-node"),
        ("standard_e8s_v3", "machine", "fit-node"),
        ("10 x m5.2xlarge nodes", "machine", "fit-node"),
        ("spark-3.5.1", "subject", ""),
        ("java.lang.OutOfMemoryError: Java heap space", "failure", ""),
        ("The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM).", "failure", ""),
    ],
)
def test_each_is_what_it_is(text, kind, calculator):
    found = recognised(text)
    assert (found.kind, found.calculator) == (kind, calculator)
    assert pasted(text, "")["html"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("16gb", "size", "16g"),
        ("8 GiB", "size", "8g"),
        ("8192", "size", "8192m"),
        ("5.2 GB", "number", "5.2 GB"),
        ("384093388", "number", "384093388"),
        ("255", "unknown", ""),
        ("0.6", "unknown", ""),
        ("-Xmx8g", "heap", "8g"),
        ("java -Xms1g -Xmx4096m -jar a.jar", "heap", "4096m"),
        ("   size_t MaxHeapSize    = 8589934592      {product} {ergonomic}", "heap", "8192m"),
        ("24/01/01 10:00:00 INFO MemoryStore: MemoryStore started with capacity 366.3 MiB", "number", "366.3 MiB"),
        ("Registering block manager 10.0.0.1:1234 with 2.2 GiB RAM, BlockManagerId(1, 10.0.0.1, 1234)", "number", "2.2 GiB"),
        ("Storage Memory 5.2 GB", "number", "5.2 GB"),
        ("Exited (137) 3 minutes ago", "exit-code", ""),
        ("137 (SIGKILL)", "exit-code", ""),
        ("Process finished with exit code 137", "exit-code", ""),
        ("0", "exit-code", ""),
        ("spark-submit -Xmx8g", "configuration", "spark-submit -Xmx8g"),
        ("pyspark --version", "unknown", ""),
    ],
)
def test_few_letters_are_what_people_mean_by_them(text, kind, value):
    found = recognised(text)
    assert (found.kind, "".join(found.inputs.values())) == (kind, value)
    assert pasted(text, "")["html"]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("what is user memory", ["memory/user-memory/"]),
        ("Storage memory vs execution memory", ["memory/storage-memory/", "memory/execution-memory/"]),
        ("memory overhead on kubernetes?", ["memory/memory-overhead/", "memory/kubernetes/"]),
        ("off-heap", ["memory/off-heap/"]),
        ("persist MEMORY_AND_DISK", ["memory/storage-memory/#levels"]),
        ("Databricks", ["memory/containers/#databricks"]),
        ("spark 3.4", ["reference/changes/"]),
        ("spark memory", ["memory/spark-memory/"]),
        ("pyspark", ["memory/pyspark-memory/"]),
        ("dynamic allocation in yarn", ["memory/caching-and-executor-loss/#dynamic-allocation", "memory/yarn/"]),
        ("executor lost", []),
        ("pod killed", []),
        ("memory", []),
        ("spark 9.9", []),
        ("Java heap space", []),
    ],
)
def test_the_name_of_a_subject_leads_to_its_pages(text, pages):
    assert [one.page for one in recognised(text).subjects] == pages
    reply = pasted(text, "")
    assert all(f'href="{page}"' in reply["html"] for page in pages)
    assert not pages or "failure" not in reply["html"]


def test_each_subject_has_its_place_on_the_site():
    addresses = set(ANCHORS.read_text().split())
    assert [one.page for one in SUBJECTS if "#" in one.page and f"/{one.page}" not in addresses] == []
    assert [one.page for one in SUBJECTS if not (DOCS / f"{one.page.partition('#')[0].rstrip('/')}.md").exists()] == []


@pytest.mark.parametrize(
    ("text", "platform", "largest"),
    [
        # 131,072 MiB of r5.4xlarge: EMR's table gives YARN 122,880 of them, a quarter of it for each of four executors
        ("r5.4xlarge", "emr", "25,870 MiB"),
        ("m5.2xlarge", "emr", "10,348 MiB"),
        ("n2-highmem-8", "dataproc", "23,273 MiB"),
    ],
)
def test_a_machine_type_is_divided_where_its_platform_says_what_it_leaves(text, platform, largest):
    found = recognised(text)
    assert (found.inputs["platform"], found.inputs["machine-type"]) == (platform, text)
    reply = pasted(text, "")
    assert "Assumed: " in reply["summary"]
    assert reply["html"].index("sm-headline") < reply["html"].index("sm-kind"), "the answer first"
    assert f"a heap of up to {largest}" in reply["summary"]
    assert f'href="calculators/fit-node/?platform={platform}&amp;machine-type={text}' in reply["html"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("memoryOverhead", "spark.executor.memoryOverhead"),
        ("--executor-memory", "spark.executor.memory"),
        ("SPARK_DRIVER_MEMORY", "spark.driver.memory"),
        ("spark.yarn.executor.memoryOverhead", "spark.yarn.executor.memoryOverhead"),
        ("storageFraction", "spark.memory.storageFraction"),
        ("pyspark.memory", "spark.executor.pyspark.memory"),
        ("executor memory overhead", "spark.executor.memoryOverhead"),
        ("off heap size", "spark.memory.offHeap.size"),
        ("what is spark memory fraction?", "spark.memory.fraction"),
        ("maxresultsize", "spark.driver.maxResultSize"),
    ],
)
def test_the_name_of_a_setting_is_no_failure(text, first):
    assert recognised(text).settings[0] == first
    reply = pasted(text, "")
    assert f'href="reference/configuration-keys/#{first}"' in reply["html"]
    assert "failure" not in reply["html"]
    assert "data-search" in reply["html"]


@pytest.mark.parametrize("text", ["memory", "cores", "heap", "size", "OOMKilled", "137", "fraction"])
def test_a_word_in_which_many_names_end_is_none(text):
    assert not recognised(text).settings


@pytest.mark.parametrize(("text", "node"), [
    ("6 nodes, 8 cores, 61GB", {"node-memory": "61g", "node-cores": "8", "executors-per-node": "2"}),
    ("I have 400 GB of data and 12 machines with 128 GB and 32 vcpus each", {"node-memory": "128g", "node-cores": "32"}),
    ("30.5 GB nodes with 4 vcpu, how many executors", {"node-memory": "31232m", "node-cores": "4"}),
    ("how to size executors for a 10 TB join on 40 workers with 1 core, 8 GiB", {"executors-per-node": "1"}),
])  # fmt: skip
def test_a_question_about_nodes_is_answered_and_is_no_failure(text, node):
    found = recognised(text)
    assert (found.kind, found.calculator) == ("sizing", "fit-node")
    assert dict(found.inputs).items() >= node.items()
    reply = pasted(text, "")
    assert reply["ok"]
    assert "This asks for sizes" in reply["html"]
    assert f"each executor has {min(4, int(found.inputs['node-cores']))} of its cores" in reply["summary"]


@pytest.mark.parametrize("text", [
    "how much memory for 200 GB and 5 nodes with 64 GB?", "what heap should I choose", "how many cores per executor",
    "recommended executor memory for joins", "sizing a spark cluster",
])  # fmt: skip
def test_a_question_without_a_whole_node_is_led_to_the_page_that_asks_for_one(text):
    assert recognised(text).kind == "sizing"
    reply = pasted(text, "")
    assert 'href="calculators/fit-node/"' in reply["html"]
    assert "failure" not in reply["html"]
    assert diagnosed(text).findings == ()


@pytest.mark.parametrize("text", [
    "why did my executors run out of memory on 5 nodes", "which memory ran out", "how many executors were lost",
    "executor memory 8g, 5 cores", "Container killed on 3 nodes with 64 GB", "0/9 nodes are available: insufficient memory",
])  # fmt: skip
def test_what_speaks_of_a_failure_or_sets_something_asks_for_no_size(text):
    assert recognised(text).kind != "sizing"


def test_few_words_are_not_said_to_be_the_text_of_a_failure_and_lead_to_the_search():
    reply = pasted("glue memory", "")
    assert "This is the text of a failure" not in reply["html"]
    assert "data-search" in reply["html"]


@pytest.mark.parametrize("text", ["hello", "lorem ipsum 12 dolor", "GET /index.html 200"])
def test_what_nobody_knows_is_nothing(text):
    assert recognised(text).kind == "unknown"


def test_an_exit_code_leads_to_its_row_and_what_a_text_says_is_escaped():
    assert 'href="reference/exit-codes/#exit-137"' in pasted("137", "")["html"]
    assert "<script>" not in pasted("java.lang.OutOfMemoryError: Java heap space <script>alert(1)</script>", "")["html"]


def test_an_event_log_leads_to_the_page_that_reads_it():
    reply = pasted('{"Event":"SparkListenerLogStart","Spark Version":"4.3.0"}', "")
    assert 'href="read-a-run/"' in reply["html"]


def test_a_refusal_says_what_to_write_before_it_quotes():
    reply = pasted("1.5g", "")
    assert not reply["ok"]
    assert reply["html"].index("Write 1536m") < reply["html"].index("Fractional values are not supported")


def test_a_failure_is_diagnosed_and_no_word_of_it_is_in_an_address():
    reply = pasted(f"host-77 said: {KILLED}", "")
    assert reply["html"].count('data-finding="yarn-physical-limit"') == 1
    assert f'href="what-happened/?found={reply["found"]}"' in reply["html"].replace("%7E", "~").replace("%3D", "=")
    assert "host-77" not in reply["found"]


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        ("size", "8", "write 8g"),
        ("size", "1.5g", "write 1536m"),
        ("size", "8 GB", "write 8g"),
        ("size", "lots", "write digits and a unit, as in 4g"),
        ("size", "8192m", ""),
        ("number", "60%", "write 0.6"),
        ("count", "abc", ""),
    ],
)
def test_a_slip_is_answered_with_what_to_write(unit, text, said):
    assert what_to_write(unit, text, "4g").partition(":")[0] == said


UNPACK = "Unpack it, and give the text that is in it"
NO_TEXT = {
    "gzip": (gzip.compress(b"INFO a line\n" * 500, mtime=0), f"{UNPACK}: this is a file packed"),
    "zip": (b"PK\x03\x04" + bytes(range(256)), f"{UNPACK}: this is a zip archive"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "Write or copy the words that it shows: this is a picture"),
    "utf-16": ("java.lang.OutOfMemoryError: Java heap space".encode("utf-16"), "Save it as UTF-8"),
    "the middle of a file": (bytes(range(256)) * 8, UNPACK),
}


@pytest.mark.parametrize(("data", "said"), NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_is_told_what_to_do_and_what_it_is(data, said):
    text = data.decode("utf-8", "replace")  # as a browser reads a file
    assert pasted(text, "")["summary"].startswith(said)
    assert json.loads(diagnose(json.dumps({"text": text})))["summary"].startswith(said)
    refused = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": text}})))
    assert refused["errors"][0]["said"].startswith(said.partition(":")[0])


def test_a_text_with_a_few_bytes_that_are_none_is_read():
    text = "host \ufffd\ufffd said \x00: java.lang.OutOfMemoryError: Java heap space"
    assert pasted(text, "")["found"] == "heap-space"
    assert "heap-space" in pasted(f"{chr(0xFFFD) * 60} java.lang.OutOfMemoryError: Java heap space", "")["found"]


@pytest.mark.parametrize(
    ("calculator", "name", "text", "row"),
    [
        ("ui-number", "number", "137", "exit-137"),
        ("ui-number", "number", "143", "exit-143"),
        ("ui-number", "number", "366.3 MiB", ""),
        ("explain", "text", "137", "exit-137"),
        ("explain", "text", "-104", "exit-minus-104"),
        ("explain", "text", "1", ""),
    ],
)
def test_an_exit_code_in_another_box_leads_to_its_row(calculator, name, text, row):
    html = json.loads(answer(json.dumps({"calculator": calculator, "inputs": {name: text}})))["html"]
    assert ("exit-codes" in html) == bool(row)
    assert f"reference/exit-codes/#{row}" in html or not row
