"""What the words around a failure tell of it: the executor, the process, and what is no executor's number."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

_FULL = "\njava.lang.OutOfMemoryError: Java heap space"
_DIRECT = "failed to allocate 8388608 byte(s) of direct memory (used: 1065353216, max: 1073741824)"


@pytest.mark.parametrize(
    ("line", "executors"),
    [
        ("2025-10-20 12:55:01 ERROR Executor:98 - Exception in task 6.0 in stage 33.0 (TID 1290)", ()),
        ("25/10/20 12:55:01 [INFO] org.apache.spark.executor.Executor:98 - Exception in task 6.0 in stage 3.0 (TID 9)", ()),
        ("12:55:01 ERROR [Executor task launch worker for task 12] Executor:7 [app=etl] - Exception in task 6.0", ()),
        ("25/10/20 12:55:01 INFO Executor: 3 block locks were not released by TID = 1290:", ()),
        ("Executor: 12 on node-3", ("12",)),
        ("25/10/20 12:55:01 ERROR YarnScheduler: Lost executor 12 on node-3: heap", ("12",)),
    ],
)
def test_the_line_of_a_logger_is_no_executor(line: str, executors: tuple[str, ...]) -> None:
    first = diagnosed(line + _FULL).first
    assert first is not None
    assert first.executors == executors


def test_what_a_task_could_not_fetch_is_said_by_its_executor() -> None:
    lost = "24/02/01 08:00:00 WARN TaskSetManager: Lost task 2.0 in stage 5.1 (TID 99) (w-2.example executor 5): "
    text = f"{lost}FetchFailed(BlockManagerId(7, w-9, 7337, None), shuffleId=1, message=\n"
    first = diagnosed(f"{text}org.apache.spark.shuffle.FetchFailedException: {_DIRECT}").first
    assert first is not None
    assert (first.finding.id, first.executors, first.at.host) == ("netty-direct-memory", ("5",), "w-2.example")

    gone = "24/02/01 07:59:00 ERROR YarnScheduler: Lost executor 7 on w-9: Container released on a *lost* node.\n"
    missing = "org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 4"
    told = {one.finding.id: one.executors for one in diagnosed(gone + text + missing).findings}
    assert told["yarn-node-lost"] == ("7",)
    assert told["fetch-failed"] == ("5",)


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("ERROR Executor: Exception in task 1.0 in stage 7.0 (TID 3)\norg.apache.spark.SparkException: R computation failed"
         " with\n Error: cannot allocate vector of size 1.4 Gb", "executor"),
        ("R worker produced errors: Error in matrix(0, n, n) : cannot allocate vector of size 800 Mb", "executor"),
        ("ERROR sparklyr: RScript (7712) terminated unexpectedly: cannot allocate vector of size 640 Mb", "executor"),
        ("> x <- collect(df)\nError: cannot allocate vector of size 3.1 Gb", "driver"),
        ("INFO TaskSetManager: Finished task 3.0 in stage 1.0 (TID 9) in 812 ms on wn07 (executor 5) (4/4)\n"
         "Error: cannot allocate vector of size 5.1 Gb", "driver"),
    ],
)  # fmt: skip
def test_r_beside_an_executor_is_the_executors(text: str, process: str) -> None:
    first = diagnosed(text).first
    assert first is not None
    assert (first.finding.id, first.process) == ("r-memory", process)
    assert first.changes[0]["key"] == f"spark.{process}.memoryOverhead"


_FRAME = "\n\tat "
_MYSQL = f"{_FRAME}com.mysql.cj.protocol.a.NativeProtocol.readAllResults(NativeProtocol.java:1657)"
_MYSQL += f"{_FRAME}com.mysql.cj.jdbc.ClientPreparedStatement.executeQuery(ClientPreparedStatement.java:972)"
_PG = f"{_FRAME}org.postgresql.core.v3.QueryExecutorImpl.processResults(QueryExecutorImpl.java:2145)"
_PG += f"{_FRAME}org.postgresql.jdbc.PgPreparedStatement.executeQuery(PgPreparedStatement.java:114)"
_LESS = ["fetchsize", "partitionColumn"]
_BACK = "Caused by: MetaException(message:java.lang.OutOfMemoryError: Java heap space)"


@pytest.mark.parametrize(
    ("text", "id", "keys"),
    [
        (_FULL + _MYSQL, "jdbc-whole-result", _LESS),
        ("java.lang.OutOfMemoryError: GC overhead limit exceeded" + _PG, "jdbc-whole-result", _LESS),
        ("double free or corruption (out)\nExit code: 134", "native-heap-corrupted", ["--jars"]),
        ("*** Error in `python3': free(): invalid pointer: 0x7f1 ***", "native-heap-corrupted", ["--jars"]),
        ("shm  2.0G  2.0G  0 100% /dev/shm",
         "shared-memory-full", ["spark.kubernetes.executor.podTemplateFile", "num_workers"]),
        ("Executor memory 8 must be at least 471859200.", "executor-memory-without-unit", ["spark.executor.memory"]),
        ("Error occurred during initialization of VM\nToo small maximum heap",
         "heap-too-small-to-start", ["spark.driver.memory"]),
    ],
)  # fmt: skip
def test_what_says_the_cause_says_what_to_change(text: str, id: str, keys: list[str]) -> None:
    first = diagnosed(text).first
    assert first is not None
    assert (first.finding.id, [one["key"] for one in first.changes]) == (id, keys)


@pytest.mark.parametrize(
    ("given", "meant"), [("8", "8192m"), ("512", "512m"), ("4096", "4096m"), ("268435456", "540m")]
)
def test_a_heap_without_its_unit_is_advised_with_it(given: str, meant: str) -> None:
    first = diagnosed(f"Executor memory {given} must be at least 471859200.").first
    assert first is not None
    assert first.changes[0]["value"] == meant


@pytest.mark.parametrize(
    ("text", "program", "keys"),
    [
        (_BACK, "Hive's metastore", ["HADOOP_HEAPSIZE", "WHERE"]),
        ("WARN TaskSetManager: Lost task 1.0 in stage 2.0 (TID 3) (w-1 executor 3): " + _BACK, "Hive's metastore",
         ["HADOOP_HEAPSIZE", "WHERE"]),
        ("org.apache.hadoop.ipc.RemoteException(OutOfMemoryError): OutOfMemoryError: Java heap space",
         "HDFS's NameNode", ["HDFS_NAMENODE_OPTS"]),
        ('HTTP/1.1 500 {"error": "java.lang.OutOfMemoryError: Java heap space"}', "the server that was asked over HTTP", []),
        ('{"error": {"type": "out_of_memory_error", "reason": "Java heap space"}, "status": 500}', "Elasticsearch",
         ["ES_JAVA_OPTS", "es.batch.size.bytes", "numPartitions"]),
        ("RemoteSolrException: Error from server at http://s:8983/solr: java.lang.OutOfMemoryError: Java heap space", "Solr",
         ["SOLR_HEAP"]),
        ("EsHadoopRemoteException: circuit_breaking_exception: [parent] Data too large, data for [x]", "Elasticsearch",
         ["ES_JAVA_OPTS", "es.batch.size.bytes", "numPartitions"]),
    ],
)  # fmt: skip
def test_an_error_that_came_back_is_the_other_programs(text: str, program: str, keys: list[str]) -> None:
    first = diagnosed(text).first
    assert first is not None
    assert first.service is not None
    assert (first.service.name, first.process, [one["key"] for one in first.changes]) == (program, "none", keys)


def test_what_a_driver_relays_is_the_drivers() -> None:
    for text in ("SparkConnectGrpcException: 500 OutOfMemoryError: Java heap space", _FULL, '{"level": "ERROR"}' + _FULL):
        first = diagnosed(text).first
        assert first is not None
        assert first.service is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"ERROR Utils: Uncaught exception in thread task-result-getter-2{_FULL}\nspark.driver.maxResultSize=0",
         "spark.driver.maxResultSize"),
        ("Reason: OOMKilled\nINFO RocksDB StateStoreId(opId=0,partId=6): Committed 9",
         "spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage"),
        ("Container killed by YARN for exceeding memory limits. 9.1 GB of 9.0 GB physical memory used.\n"
         "spark.sql.streaming.stateStore.providerClass=org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
         "spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage"),
        ("Photon failed to reserve 512.0 MiB for x, in BroadcastHashedRelation(", "spark.sql.autoBroadcastJoinThreshold"),
        ("Container killed on request. Exit code is 137\njob is a pandas_udf",
         "spark.executor.memoryOverhead"),
    ],
)  # fmt: skip
def test_what_stands_around_adds_to_the_advice(text: str, key: str) -> None:
    with_it, without = diagnosed(text).first, diagnosed("\n".join(text.split("\n")[:-1]) or text.split(", in")[0]).first
    assert with_it is not None
    assert key in [one["key"] for one in with_it.changes]
    assert without is not None
    assert key not in [one["key"] for one in without.changes]


def test_executors_that_were_given_back_are_no_failure() -> None:
    idle = "INFO ExecutorAllocationManager: Executors 14,15 removed due to idle timeout.\n"
    ended = "INFO YarnAllocator: Completed container container_1700000000001_0188_01_000016 on host: n"
    ended += " (state: COMPLETE, exit status: 143)\n"
    assert not diagnosed(idle + ended).findings
    assert diagnosed(ended + idle).findings
    assert diagnosed(idle + ended.replace("143", "137")).findings


def test_a_command_and_a_path_tell_the_executor() -> None:
    refused = "os::commit_memory(0x0000000200000000, 25769803776, 0) failed; error='Not enough space' (errno=12)"
    path = "/opt/spark/work/app-20250130065900-0007/41/stdout:"
    for before in (path, '"--executor-id" "41" "--hostname" "n"', "--executor-id 41"):
        first = diagnosed(f"{before}\n{refused}").first
        assert first is not None
        assert (first.process, first.executors) == ("executor", ("41",))


_POD = "    Requests:\n      cpu:     7\n      memory:  33792Mi\n"
_WAITS = "Warning  FailedScheduling  0/9 nodes are available: 6 Insufficient memory.\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{_POD}{_WAITS}$ kubectl get node -o custom-columns=A:.status.allocatable.memory\nn-31   31457280Ki\n",
         "The pod asks for 33,792 MiB, and a node has 30,720 MiB"),
        (f"{_WAITS}{_POD}Allocatable:\n  cpu:  7910m\n  ephemeral-storage:  95551679124Ki\n  memory:  31457280Ki\n",
         "The pod asks for 33,792 MiB, and a node has 30,720 MiB"),
        (f"{_WAITS}{_POD}Allocatable:\n  memory:  62914560Ki\n", ""),
        (f"{_WAITS}{_POD}", ""),
        ("os::commit_memory(0x0000000200000000, 25769803776, 0) failed\n$ free -g\n       total  used  free  shared"
         "  buff/cache  available\nMem:     62    47    14       0           1         14\n",
         "It asked for 24,576 MiB, and the machine had 14,336 MiB available."),
        ("os::commit_memory(0x0000000200000000, 25769803776, 0) failed\n$ free -g\n       total  used  free  shared"
         "  buff/cache  available\nMem:     62    17    44       0           1         44\n", ""),
    ],
)  # fmt: skip
def test_what_was_asked_stands_against_what_there_was(text: str, says: str) -> None:
    first = diagnosed(text).first
    assert first is not None
    assert first.heard.startswith(says)
    assert bool(first.heard) == bool(says)


def _jstat(*rows: str) -> str:
    head = "  S0     S1     E      O      M     CCS    YGC     YGCT    FGC    FGCT     GCT\n"
    return head + "".join(f"  0.00   0.00 100.00  {row}\n" for row in rows)


def test_rows_of_jstat_tell_a_full_heap_together() -> None:
    before, after = "99.98  95.11  90.02  8812  412.3  188 1771.2  2183.5", "95.11  90.02  8812  412.3  190 1790.5  2202.8"
    rows = (before, f"99.99  {after}"), (before,), (before, f"31.00  {after}")
    told = [" ".join(diagnosed(_jstat(*some)).moments[0].says) for some in rows]
    assert ["The heap is too small for what is held" in one for one in told] == [True, False, False]
    assert "2 full collections passed between them" in told[0]


def test_a_file_in_shared_memory_fills_no_disk_of_sparks() -> None:
    full = "OSError: [Errno 28] No space left on device: '/dev/shm/{}'"
    told = [diagnosed(full.format(name)).first for name in ("torch_881_3", "blockmgr-1f/0a/temp_shuffle_1")]
    assert [one.finding.id for one in told if one] == ["shared-memory-full", "disk-full"]
