"""When a change that a finding's page lists is one to make, in words: what the text of a failure has to show beside it."""

from __future__ import annotations

from sparkmem.diagnosis.finding import Change

SIGNS = {
    "above_request": "the pod used more than it had asked for",
    "add_jar": "sessions run ADD JAR",
    "broadcast_hint": "the query has a hint to broadcast",
    "broadcast_relation": "the stack builds a table that is broadcast",
    "client_master": "it is the application master of client mode",
    "collected": "the values of a key are collected (`collect_list`)",
    "collected_keys": "the values of a key are collected (`collect_list`, `collect_set`)",
    "comet_memoryoverhead": "`spark.comet.memoryOverhead` is set",
    "constraints": "the stack is in the constraints of the optimizer",
    "deep_expression": "the stack is in an expression of thousands of parts",
    "driver_signalled": "the driver was sent a signal (`Driver received SIGTERM/SIGKILL signal`)",
    "every_pair": "a join has no equal keys (`CartesianProduct`, `BroadcastNestedLoopJoin`)",
    "excel": "a workbook of Excel is written",
    "executor_cores": "`spark.executor.cores` is told",
    "file_listing": "the stack lists files",
    "full_tmpfs": "it is SIGBUS, and local directories are in memory (tmpfs)",
    "gathered": "the driver gathers rows, as `collect()` does",
    "glue_s3": "Glue reads files of S3 into a DynamicFrame",
    "glue_worker": "the type of Glue's workers is told",
    "grpc_sent": "the client sent it (`Sent message larger than max`)",
    "hash_join_preferred": "`spark.sql.join.preferSortMergeJoin` is false",
    "hudi_commit": "Hudi writes a commit",
    "limit_below_heap": "the heap is no smaller than the container's limit",
    "limited": "a worker names its limit (`Setting mem limits to …`)",
    "long_line": "the stack reads a line of text",
    "many_of_a_key": "the stack buffers the rows of one key, for a join or a window",
    "nproc": "the limit of the user's processes is told (`ulimit -u`)",
    "of_sbt": "sbt runs it",
    "of_sparklyr": "sparklyr started it",
    "of_yarn": "it runs on YARN",
    "node_spare": "the pod has the overhead of a Python or R program, and the node has room for less",
    "one_dpu": "the job has one DPU",
    "one_window": "a window has no partitionBy (`No Partition Defined for Window operation`)",
    "open_writers": "the stack writes Parquet",
    "other_victim": "the kernel ended another program (`victim process`)",
    "own_pool": "the program makes pools of threads (`newFixedThreadPool`)",
    "pandas_functions": "functions of pandas run in the tasks",
    "pids_max": "the limit of the container's threads is told (`pids.max`)",
    "plan_text": "the stack makes the text of a plan",
    "python_daemons": "workers of Python are there, each with threads of its own",
    "python_functions": "functions of Python run in the tasks",
    "quarter": "the heap is a quarter of the container, as it is without `-Xmx`",
    "results_unlimited": "`spark.driver.maxResultSize` is 0",
    "rocksdb": "RocksDB keeps the state of a streaming query",
    "run_below_heap": "the heap is no smaller than what `docker run --memory` gives",
    "row_batches": "rows are made into batches of columns (`RowToColumnar`)",
    "service_port": "a block manager has the port of an external shuffle service (7337)",
    "set_too_late": "the container is smaller than the heap that the text sets for the driver",
    "sql_shuffle_partitions": "`spark.sql.shuffle.partitions` is told",
    "start_heap": "`-Xms` is among the options",
    "state_in_heap": "a streaming query keeps its state in the heap (`HDFSBackedStateStoreProvider`)",
    "strict": "Linux promises no more memory than it has (`vm.overcommit_memory=2`)",
    "task_binary": "each stage sends a large closure (`Broadcasting large task binary`)",
    "tmpfs_dirs": "local directories are in memory (tmpfs)",
    "to_pandas": "the program calls `toPandas()`",
    "ui_data": "the stack keeps what the web UI shows (`AppStatusListener`)",
    "whole_file": "a reader takes a whole file as one record",
    "worker_offers_told": "the memory of a standalone worker is told",
    "within": "nothing but the heap says what is beside it",
    "worker_memory": "the master's page shows what workers offer",
    "xml_record": "a reader of XML takes its records by `rowTag`",
}
"""Each sign beside which a change is one."""
CONDITIONS = {
    "executor_pyspark_memory? = 0": "`spark.executor.pyspark.memory` is not set",
    "jdbc = 1 and one_partition = 1": "the table comes over JDBC in one partition",
    "local_mode = 1": "it is local mode",
    "of_driver? = 0": "it was an executor, or the process is not told",
    "of_executor? = 0 and broadcast_thread = 1": "the thread that builds a table to broadcast ran out",
    "of_executor? = 0": "it was the driver, or the process is not told",
    "pids_max? < 4096": "the container may have fewer than 4,096 threads, or its limit is not told",
    "pids_max? >= 4096": "the container may have 4,096 threads or more already",
    "pod_request < pod_limit": "the container asks for less than it may take",
    "program_killed = 1 and python_killed = 1": "it was the program's own Python",
    "ran > broadcast_timeout": "the job of the table ran longer than it may",
    "reducer_maxsizeinflight > 100663296": "`spark.reducer.maxSizeInFlight` is above 96 MiB",
    "shuffle_service_index_cache_size > 104857600": "`spark.shuffle.service.index.cache.size` is above 100 MiB",
    "sql_shuffle_partitions >= 1000": "there are 1,000 shuffle partitions or more",
    "used <= 65536 * tasks": "each task brought 64 KiB or less",
    "worker_memory < executor_memory": "a worker offers less than an executor asks for",
}
"""Each condition on the numbers of a text, and on what it has set."""
_SAYS_SO = ("Where ", "In cluster mode")


def holds(change: Change) -> str:
    """When a change is one to make; empty for one that always is, and for one whose reason says so itself.

    >>> holds(Change("rowTag", beside="xml_record")), holds(Change("k", why="Where it is."))
    ('where a reader of XML takes its records by `rowTag`', '')
    """
    if change.why.startswith(_SAYS_SO):
        return ""
    told = [words for words in (SIGNS.get(change.beside, ""), CONDITIONS.get(change.when, "")) if words]
    return f"where {' and '.join(told)}" if told else ""
