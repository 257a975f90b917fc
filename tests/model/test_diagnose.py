"""Texts of failures: what is found whatever the text has gone through, in which order, and at what cost."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.diagnosis.diagnose import diagnosed, diagnosed_stream
from sparkmem.diagnosis.families import findings, read
from sparkmem.diagnosis.lines import blocks, of_text
from sparkmem.diagnosis.redacted import Redaction
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.render.diagnosis_reply import reply
from sparkmem.requests.diagnosis import diagnosis_dict
from tools.bench.hostile import texts
from tools.fuzz import try_failure

KILLED = (
    "WARN YarnAllocator: Container killed by YARN for exceeding physical memory limits. 23.6 GB of 22 GB physical memory"
    " used. Consider boosting spark.executor.memoryOverhead."
)
NUMBERS = {"used": 25340307046, "limit": 23622320128}


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


MUTANTS = {
    "as it is": str,
    "with Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "wrapped by a terminal": lambda text: wrapped(text, 80),
    "wrapped by a narrow terminal": lambda text: wrapped(text, 31),
    "wrapped and quoted": lambda text: "\n".join(f"    {line}" for line in wrapped(text, 72).split("\n")),
    "with a time": lambda text: "\n".join(f"23/11/07 10:59:24 {line}" for line in text.split("\n")),
    "as docker writes it": lambda text: "\n".join(f"2024-01-05T10:11:12.123456789Z {line}" for line in text.split("\n")),
    "as docker compose writes it": lambda text: "\n".join(f"worker-1  | {line}" for line in text.split("\n")),
    "as kubectl writes it": lambda text: "\n".join(f"[pod/app-exec-1/executor] {line}" for line in text.split("\n")),
    "escaped in JSON": lambda text: json.dumps({"timestamp": "2024-01-05T10:11:12Z", "message": text}),
    "escaped twice": lambda text: json.dumps({"log": json.dumps({"m": text})}),
    "coloured": lambda text: f"\x1b[33m{text[:31]}\x1b[0m{text[31:]}\x1b[0m",
    "coloured and escaped": lambda text: json.dumps(f"\x1b[1;31m{text}\x1b[0m"),
    "in a web page": lambda text: f"<pre><span>{text.replace(' ', '&nbsp;', 3).replace(chr(10), '<br>')}</span></pre>",
    "in a chat": lambda text: "> " + text.replace("'", "\u2019").replace('"', "\u201c"),
    "in the middle of a log": lambda text: LOG + text + "\n" + LOG,
    "in one long line": lambda text: "x" * 9001 + " " + text.replace("\n", " ") + " y" * 4001,
    "cut off behind its last word": lambda text: text[: text.index(" Consider")] if " Consider" in text else text,
}  # fmt: skip
LOG = "".join(f"23/11/07 10:59:24.{n:03} main INFO BlockManager: block {n}\n" for n in range(1000))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_text_is_found_whatever_it_has_gone_through(mutant):
    found = diagnosed(MUTANTS[mutant](KILLED))
    assert [(one.finding.id, dict(one.numbers)) for one in found.findings] == [("yarn-physical-limit", NUMBERS)]


def test_the_same_again_is_one_finding_that_is_counted():
    said = "23/11/07 10:59:24 ERROR Executor: exception {}\njava.lang.OutOfMemoryError: Java heap space\n"
    text = "".join(said.format(n) for n in range(5000))
    found = diagnosed(text)
    assert [(one.finding.id, one.times, one.line) for one in found.findings] == [("heap-space", 5000, 2)]


def test_a_place_is_the_line_in_which_it_begins():
    assert diagnosed(LOG + "\n" * 7 + KILLED).findings[0].line == 1008
    assert diagnosed("x" * 50_000 + "\n" + json.dumps("a\nb\n" + KILLED)).findings[0].line == 2


def test_what_is_beside_a_text_is_known_of_it():
    line = (
        "23/11/07 10:59:24 WARN TaskSetManager: Lost task 7.1 in stage 3.0 (TID 42) (worker-1 executor 5):"
        " java.lang.OutOfMemoryError: Java heap space"
    )
    at = diagnosed(line).findings[0].at
    assert (at.time, at.executor, at.host) == ("2023-11-07 10:59:24", "5", "worker-1")
    assert (at.task, at.stage, at.tid) == ("7.1", "3.0", "42")
    assert diagnosed(line).findings[0].process == "executor"
    assert diagnosed(line.replace("executor 5", "executor driver")).findings[0].process == "driver"


def known(*entries):
    basis = {"title": "t", "says": "s", "kind": "cause"}
    return read({"small": [basis | {"text": [{"text": f"this is the text of {one['id']}."}]} | one for one in entries]})


def ids(found, *said):
    text = "\n".join(f"2024-01-05 10:00:{at:02} this is the text of {id}." for at, id in enumerate(said))
    return [one.finding.id for one in diagnosed_stream(of_text(text), found).findings]


def test_what_explains_stands_before_what_it_explains_then_the_earlier():
    small = known(
        {"id": "fetch-failed", "kind": "consequence"}, {"id": "lost", "kind": "consequence", "explains": ["fetch-failed"]},
        {"id": "full", "explains": ["lost"]}, {"id": "other"}, {"id": "note", "kind": "context"},
    )  # fmt: skip
    assert ids(small, "note", "fetch-failed", "lost", "other", "full") == ["other", "full", "lost", "fetch-failed", "note"]
    assert ids(small, "fetch-failed", "full", "lost", "other") == ["full", "other", "lost", "fetch-failed"]


def test_causes_that_explain_each_other_end():
    small = known({"id": "one", "explains": ["two"]}, {"id": "two", "explains": ["one"]})
    assert sorted(ids(small, "two", "one")) == ["one", "two"]


def test_what_is_generic_gives_way_to_what_is_not():
    small = known({"id": "killed", "generic": True}, {"id": "full"}, {"id": "vague", "gives-way": ["full"]})
    assert ids(small, "killed", "vague") == ["vague"]
    assert ids(small, "killed", "vague", "full") == ["full"]
    assert ids(small, "killed") == ["killed"]


PARTS = ("\n", "abc", " 12 ", KILLED[:60], KILLED[60:], KILLED, "\\n", "\x1b[0m", "&lt;", "\x0b")


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_no_text_raises_and_no_line_is_lost(parts):
    text = "".join(parts)
    found = diagnosed(text)
    assert found.lines == len((text + "\n" if text and not text.endswith("\n") else text).split("\n")) - 1


EXAMPLES = [text.example for one in findings().values() for text in one.text]


PLACE = st.integers(0, 900)


@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3), PLACE, PLACE, st.text(max_size=9))
def test_whatever_is_cut_out_of_texts_or_put_into_them_is_read_and_told(texts, begin, end, put):
    text = "\n".join(texts)
    try_failure(text[: begin % (len(text) + 1)] + put + text[end % (len(text) + 1) :])


@given(st.text(max_size=300), st.integers(1, 40))
def test_blocks_hold_every_line_once_whatever_is_read_at_a_time(text, many):
    data = text.encode()
    reads = iter([data[at : at + many] for at in range(0, len(data), many)])
    small = [line for block in blocks(lambda _: next(reads, b"")) for line in block.lines[block.first : block.last]]
    whole = [line for block in blocks(of_text(text)) for line in block.lines[block.first : block.last]]
    assert small == whole


def test_a_bare_exit_code_has_the_way_to_its_rows():
    html = reply({"text": "exit code: 137", "page": "what-happened/"})["html"]
    assert 'href="../reference/exit-codes/#exit-137"' in html
    assert 'href="../reference/exit-codes/#exit-jvm-137"' in html
    assert "#exit-137" not in reply({"text": "the run of 137 tasks failed", "page": "what-happened/"})["html"]


HOSTILE = texts(500_000)


@pytest.mark.costly("half a megabyte of each kind of hostile text, and twice as much")
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(name):
    text = HOSTILE[name]
    diagnosed(text)
    once, twice = (_seconds(many) for many in (text, text * 2))
    assert once < 1.5
    assert twice < 3.2 * max(once, 0.05)


def _seconds(text: str) -> float:
    began = time.process_time()
    diagnosed(text)
    return time.process_time() - began


STACK = "java.lang.OutOfMemoryError: Metaspace\n\tat java.base/java.lang.ClassLoader.defineClass1(Native Method)\n"
FRAMES = "".join(f"\tat com.acme.reports.Step{n}.apply(Steps.scala:{n})\n" for n in range(9))
POD = "State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137\n" + "  Ready: False\n" * 9 + "Environment:\n  {}: 12\n"


@pytest.mark.parametrize(("text", "process"), [
    (STACK + FRAMES, "not told"),
    (STACK + FRAMES + "\tat org.apache.spark.executor.Executor$TaskRunner.run(Executor.scala:9)\n", "executor"),
    (STACK + FRAMES + "\tat org.apache.spark.scheduler.DAGScheduler.handleJobSubmitted(D.scala:9)\n", "driver"),
    (STACK + FRAMES + "24/05/01 10:00:00 INFO Executor: next\n", "not told"),
    (POD.format("SPARK_EXECUTOR_ID"), "executor"),
    (POD.format("SPARK_DRIVER_BIND_ADDRESS"), "driver"),
    (POD.format("OTHER"), "not told"),
    ("Reason: OOMKilled\nName: other-pod\nEnvironment:\n  x: y\n  SPARK_EXECUTOR_ID: 3\n", "not told"),
    ("Container spark-kubernetes-executor was killed. Reason: OOMKilled", "executor"),
    ("[2024] 1/1 local-dirs are bad: /mnt/yarn; NodeManager", "none"),
])  # fmt: skip
def test_a_process_is_said_where_the_text_tells_it_and_left_open_where_not(text, process):
    assert diagnosed(text).first.process == process


def test_only_what_is_no_process_of_sparks_is_said_to_be_none():
    assert "Process: <strong>not told</strong>" in reply({"text": STACK, "page": "what-happened/"})["html"]
    assert "none of Spark" not in reply({"text": STACK, "page": "what-happened/"})["html"]
    node = reply({"text": "1/1 local-dirs are bad: /mnt/yarn", "page": "what-happened/"})["html"]
    assert "Process: <strong>none of Spark&#x27;s</strong>" in node


def values(text):
    return {change["key"]: change["value"] for one in diagnosed(text).findings for change in one.changes}


def test_no_advice_is_below_what_the_text_says_was_asked_for():
    array = "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 11.2 GiB for an array with shape (75000, 20000)"
    assert values(array)["spark.executor.pyspark.memory"] == "13763m"
    direct = "OutOfMemoryError: Cannot reserve {} bytes of direct buffer memory (allocated: {}, limit: {})"
    assert values(direct.format(2**20, 2**30, 2**30))["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=2g"
    larger = direct.format(2**20, 4 * 2**30, 4 * 2**30)
    assert values(larger)["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=8192m"
    kryo = "Kryo serialization failed: Buffer overflow. Available: 0, required: {}"
    assert values(kryo.format(2**20))["spark.kryoserializer.buffer.max"] == "512m"
    assert values(kryo.format(2**30))["spark.kryoserializer.buffer.max"] == ""
    rpc = "Serialized task 1:0 was {} bytes, which exceeds max allowed: spark.rpc.message.maxSize (134217728 bytes)"
    assert values(rpc.format(200 * 2**20))["spark.rpc.message.maxSize"] == "512"
    assert values(rpc.format(700 * 2**20))["spark.rpc.message.maxSize"] == ""
    asked = "Required executor memory (12288 MB), offHeap memory (2048) MB, overhead (1228 MB), and PySpark memory (512 MB)"
    assert values(f"{asked} is above the max threshold (14336 MB) of this cluster")["spark.executor.memory"] == "10548m"


LOWER = {"spark.network.maxRemoteBlockSizeFetchToMem", "spark.rapids.sql.batchSizeBytes"}


def test_a_size_that_is_advised_as_it_stands_says_what_it_has_to_exceed():
    sizes = ("bytes", "size", "mib", "quantity")
    for one in findings().values():
        told = {name for text in one.text for name, kind in text.template.places if kind in sizes}
        for change in one.change:
            if told and change.value.startswith('"') and change.value[-2].lower() in "kmg" and change.key not in LOWER:
                assert set(change.above) & told, f"{one.id}: {change.key}"


def test_what_is_advised_for_a_full_heap_of_a_driver_is_the_drivers():
    line = "(TID 42) (worker-1 executor {}): java.lang.OutOfMemoryError: Java heap space"
    assert set(values(line.format("5"))) == {"spark.executor.memory", "spark.executor.cores"}
    assert set(values(line.format("driver"))) == {"spark.driver.memory"}


def test_a_remark_quotes_no_words_that_one_of_its_texts_does_not_have():
    for one in findings().values():
        for words in re.findall(r'"([^"]+)"', one.says):
            assert all(words in text.example for text in one.text), f"{one.id}: {words}"


def test_a_known_line_that_is_harmless_is_no_all_clear():
    text = "INFO MemoryStore: MemoryStore cleared\nERROR Main: the order book is broken"
    html = reply({"text": text, "page": "what-happened/"})
    assert "Nothing that failed" not in html["html"]
    assert "No failure that is known" in html["html"]


def test_short_names_of_hosts_are_hidden_and_ids_and_labels_are_not():
    text = (
        "ERROR YarnScheduler: Lost executor 2 on w2: Container from a bad node: container_1_0003_01_000003 on host: w2."
        " Exit status: 134. 0/9 nodes are available: 3 node(s) had untolerated taint"
        " {node-role.kubernetes.io/control-plane: }, Node w2 status is now: NodeHasInsufficientMemory, files.acme.com"
    )
    told = Redaction()(text)
    assert not re.search(r"\bw2\b|acme", told)
    assert told.count("HOST-1") == 3
    assert "container_1_0003_01_000003" in told
    assert "node-role.kubernetes.io/control-plane" in told


@pytest.mark.parametrize("line", [
    "java.io.IOException: Failed to connect to {}/10.1.2.3:7337",
    "Failed to send RPC 12 to {}/<unresolved>:41111",
    "FetchFailed(BlockManagerId(12, {}, 7337, None), shuffleId=0)",
    "Added broadcast_0_piece0 in memory on {}:38124 (size: 1 KiB)",
    "Registering block manager {}:41211 with 366.3 MiB RAM",
    "Your hostname, {} resolves to a loopback address",
    "Executor 12 on {} killed by driver.",
    "Lost task 1.0 in stage 2.0 (TID 3) on {}, executor 4: java.lang.OutOfMemoryError",
    "Connecting to {}:41111 failed in the last 4750 ms",
    "Host: {}",
    "nodeId: {}:45454",
    "Asked to launch executor app-1/0 on worker {}",
    "worker-20240101120000-{}-33333",
    "ssh ada@{}",
])  # fmt: skip
@pytest.mark.parametrize("host", ["wn-14.hadoop.prod", "dn22", "node-3"])
def test_a_host_is_hidden_wherever_spark_and_its_clusters_write_one_and_where_it_stands_again(line, host):
    told = Redaction()(f"{line.format(host)}\nthen {host} was gone")
    assert host not in told
    assert "then HOST-1 was gone" in told


@pytest.mark.parametrize("line", [
    "\tat com.acme.Pipeline.run(Pipeline.scala:1234)", "INFO Driver.java:1234 failed at main.py:8080 to Load.scala:1200",
    "hadoop-aws-3.3.4.jar spark-3.5.0-bin-hadoop3 org.apache.spark.sql", "Starting at 12:3456 on node labels",
])  # fmt: skip
def test_what_only_looks_like_a_host_stays(line):
    assert Redaction()(line) == line


def ids_in(text):
    return [one.finding.id for one in diagnosed(text).findings]


ENDED_IN_A_POD = """Lost executor 1 on 10.1.4.7: The executor with id 1 exited with exit code 0(success).
  container name: log-shipper
  container image: registry.example/fluentd:1.16
  container state: terminated
  exit code: 0
  termination reason: Completed
  container name: spark-kubernetes-executor
  container image: registry.example/spark:3.4.1
  container state: terminated
  container started at: 2024-09-25T02:32:17Z
  container finished at: 2024-09-25T02:35:28Z
  exit code: {}
"""


@pytest.mark.parametrize(("code", "id"), [
    (52, "exit-52"), (137, "k8s-sigkill"), (143, "exit-143"), (0, "k8s-executor-exited"),
])  # fmt: skip
def test_of_several_containers_in_a_pod_sparks_own_says_how_it_ended(code, id):
    assert ids_in(ENDED_IN_A_POD.format(code))[0] == id


def test_a_description_of_several_containers_gives_the_limit_and_the_end_of_sparks():
    text = """Name: etl-exec-4
Containers:
  log-shipper:
    State: Terminated
      Reason: Completed
      Exit Code: 0
    Limits:
      memory: 64Mi
  spark-kubernetes-executor:
    State: Terminated
      Reason: Error
      Exit Code: 52
    Limits:
      memory: 8602Mi
  proxy:
    Limits:
      memory: 32Mi
"""
    (pod,) = diagnosed(text).moments
    assert [one.bytes for one in pod.held] == [8602 * 2**20]
    assert pod.says[-1] == "It ended with Error, exit code 52."


OVER_LIMIT = (
    "Container [pid=1,containerID=container_1700000000001_0031_02_{}] is running 73728B beyond the 'PHYSICAL' memory limit."
    " Current usage: 1.4 GB of 1.4 GB physical memory used; 3.1 GB of 2.9 GB virtual memory used. Killing container."
)


def test_the_first_container_of_an_application_is_its_masters_and_advice_is_the_drivers():
    (master,) = diagnosed(OVER_LIMIT.format("000001")).findings
    assert (master.finding.id, master.process) == ("yarn-am-physical-limit", "driver")
    assert {one["key"] for one in master.changes} == {"spark.driver.memoryOverhead", "spark.yarn.am.memoryOverhead"}
    (executor,) = diagnosed(OVER_LIMIT.format("000013")).findings
    assert (executor.finding.id, executor.process) == ("yarn-physical-limit", "executor")


def test_one_kill_of_the_master_is_one_cause_however_often_it_is_said():
    failed = "Application application_1_0031 failed 2 times due to AM Container for x exited with exitCode: -104"
    assert ids_in(f"{OVER_LIMIT.format('000001')}\n{failed}") == ["yarn-am-physical-limit"]


@pytest.mark.parametrize(("text", "named"), [
    ("Command Failed due to Out of Memory", True),
    ("run 12 was terminated because of insufficient memory.", True),
    ("no task failed due to out of memory", False),
    ("it might have been killed due to out of memory", False),
    ("Node failure due to loss of power", False),
    ("Caused by: org.example.PagesOOM", True),
    ("HeapDumpOnOOM is set", False),
])  # fmt: skip
def test_what_ended_for_want_of_memory_is_heard_in_words_that_nobody_knows(text, named):
    line = f"INFO Runner: {text}; see the page of the run for more than this line can hold of it, line by line, to its end"
    assert ("memory-error-unknown" in ids_in(line)) == named


def test_an_executor_that_was_told_to_go_was_not_short_of_memory():
    lost = "ERROR TaskSchedulerImpl: Lost executor 3 on 10.9.1.4: Executor decommission: spot instance interruption."
    first = diagnosed(lost).first
    assert (first.finding.id, first.region) == ("executor-decommissioned", "none")


def test_no_harmless_line_says_the_contrary_of_what_was_found():
    ran = '# OutOfMemoryError: Java heap space\n# -XX:OnOutOfMemoryError="kill -9 %p"\n# Executing /bin/sh -c "kill -9 7"'
    assert [one.finding.id for one in diagnosed(ran).harmless] == []
    assert [one.finding.id for one in diagnosed("-XX:OnOutOfMemoryError='kill %p'").harmless] == ["oom-kill-flag"]
    taken = "executor 12 exited unrelated to the running tasks) Reason: Container container_1_13 on host: w4 was preempted."
    assert [one.finding.id for one in diagnosed(taken).harmless] == []


def test_the_host_of_a_system_log_is_hidden_and_the_times_of_a_collection_are_not():
    lines = ("Nov  3 04:12:55 w3 kernel: [1.2] x", "2024-11-03T04:12:55.123+00:00 w4 systemd[1]: y")
    told = Redaction()("\n".join([*lines, "[Times: user=24.10 sys=0.04]"]))
    assert not re.search(r"\bw[34]\b", told)
    assert "user=24.10" in told
    assert "USER-1" in Redaction()("user=24.10x")


def test_the_rules_of_all_findings_are_put_in_order_once(monkeypatch):
    diagnosed("a line")
    monkeypatch.setattr("sparkmem.diagnosis.diagnose.anchored", None)
    assert diagnosed("java.lang.OutOfMemoryError: Java heap space").first.finding.id == "heap-space"


@pytest.mark.parametrize(("text", "link"), [
    ("Reason: OOMKilled", ">Container request</a>"),
    ("Required executor memory (8192 MB), offHeap memory (0) MB, overhead (819 MB), and PySpark memory (0 MB) is above the"
     " max threshold (8192 MB) of this cluster!", " with these numbers</a>"),
])  # fmt: skip
def test_a_link_says_that_it_has_the_numbers_only_where_it_has_any(text, link):
    assert link in diagnosis_html(diagnosis_dict(diagnosed(text)), "what-happened/")


@pytest.mark.parametrize(("text", "id"), [
    ("Error from Python:Command failed with exit code 10", "glue-exit-10"),
    ("GlueException: Command failed with exit code 10. ExecutorLostFailure (executor 12 exited caused by one of the"
     " running tasks) Reason: Remote RPC client disassociated. Likely due to containers exceeding thresholds.",
     "executor-lost"),
    (" ELIFECYCLE  Command failed with exit code 101.\nerror: the build of the site failed, see above", "exit-101"),
])  # fmt: skip
def test_a_code_that_platforms_and_builds_write_is_a_shell_jobs_with_its_own_number_alone(text, id):
    assert next((one["id"] for one in diagnosis_dict(diagnosed(text))["findings"]), "") == id


_TOLD_TO_END = """\
$ kubectl describe pod rates-exec-1
    State:          Terminated
      Reason:       Error
      Exit Code:    143
$ kubectl logs rates-exec-1
24/10/04 18:30:10 INFO CoarseGrainedExecutorBackend: Driver commanded a shutdown
24/10/04 18:30:11 ERROR CoarseGrainedExecutorBackend: RECEIVED SIGNAL TERM
"""


def test_an_executor_that_the_driver_told_to_end_has_failed_in_nothing():
    told = diagnosis_dict(diagnosed(_TOLD_TO_END))
    assert (told["findings"], [one["id"] for one in told["harmless"]]) == ([], ["received-shutdown"])
    other = diagnosis_dict(diagnosed(f"{_TOLD_TO_END}java.lang.OutOfMemoryError: Java heap space\n"))
    assert other["findings"][0]["id"] == "heap-space"


@pytest.mark.parametrize(("text", "key"), [
    ('details = "CLIENT: Received message larger than max (181403776 vs. 134217728)"', "grpc.max_receive_message_length"),
    ('details = "Received message larger than max (140226811 vs. 134217728)"', "spark.connect.grpc.maxInboundMessageSize"),
])  # fmt: skip
def test_a_message_that_is_too_large_has_the_option_of_the_side_that_refused_it(text, key):
    assert [one["key"] for one in diagnosis_dict(diagnosed(text))["findings"][0]["changes"]] == [key]


def test_an_overhead_is_never_advised_below_what_it_is():
    text = (
        "--conf spark.executor.memoryOverhead=2g --executor-memory 4g\n"
        "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory"
        " (used: 1073741824, max: 1073741824)\n"
    )
    changes = [change for one in diagnosis_dict(diagnosed(text))["findings"] for change in one["changes"]]
    values = {change["value"] for change in changes if change["key"] == "spark.executor.memoryOverhead"}
    assert values == {""}
