"""The clues that are looked for in all of a text: letters that each has, its pattern, and what its numbers are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sparkmem.diagnosis.conditions import Number

_SIZES = {b"%": 10, b"": 1, b"b": 1, b"k": 2**10, b"m": 2**20, b"g": 2**30, b"t": 2**40}
_TIMES = {b"ms": 1, b"s": 1000, b"m": 60_000, b"h": 3_600_000, b"d": 86_400_000}


@dataclass(frozen=True)
class Clue:
    """A clue: its groups are numbers under their own names, and ``…_unit`` the unit of one; without groups it is there.

    ``of``: the unit of numbers that have none [bytes, or milliseconds of a time].  ``keep``: first, last or most.
    """

    name: str
    letters: tuple[bytes, ...]
    pattern: re.Pattern[bytes]
    of: int = 1
    keep: str = "first"
    beside: re.Pattern[bytes] | None = None
    """What has to stand in the same line."""

    def found(self, line: bytes) -> Iterator[tuple[str, Number, re.Match[bytes]]]:
        """What a line has of it, each name with its number and its place.

        >>> [[told[:2] for told in one.found(b"GC time 0.8 s total")] for one in CLUES if one.name == "gc_time"]
        [[('gc_time', 800)]]
        """
        if self.beside and not self.beside.search(line):
            return
        for match in self.pattern.finditer(line):
            groups = match.groupdict()
            if not groups:
                yield self.name, 1, match
                return
            for name, digits in groups.items():
                if not name.endswith("_unit") and digits:
                    unit = groups.get(f"{name}_unit")
                    yield name, _number(digits, self.of if unit is None else _unit(unit)), match


def _number(digits: bytes, unit: int) -> Number:
    value = float(digits) * unit if b"." in digits else int(digits) * unit
    return round(value)


def _unit(text: bytes) -> int:
    """Bytes, or milliseconds, of a unit.

    >>> _unit(b"GiB") == 2**30, _unit(b"min"), _unit(b"secs"), _unit(b"ms")
    (True, 60000, 1000, 1)
    """
    small = text.lower()
    if small in (b"ms", b"s", b"h", b"d") or small[:3] in (b"sec", b"min", b"hou"):
        return _TIMES[small if small == b"ms" else small[:1]]
    return _SIZES[small[:1]]


def _clue(name: str, letters: str, pattern: str, of: int = 1, keep: str = "first", beside: str = "") -> Clue:
    near = re.compile(beside.encode()) if beside else None
    return Clue(name, tuple(one.encode() for one in letters.split("|")), re.compile(pattern.encode()), of, keep, near)


_TIME = r"(?P<{0}>[0-9]{{1,7}}(?:\.[0-9]{{1,4}})?) ?(?P<{0}_unit>ms|s|secs?|seconds|m|mins?|minutes|h|hours?)\b"
_SIZE = r"(?P<{0}>[0-9]{{1,14}}(?:\.[0-9]{{1,3}})?) ?(?P<{0}_unit>[kKmMgGtT]?i?[bB]?)\b"

_USAGE = (
    r"[\"']?[^0-9\n]{{1,40}}?(?P<{0}>[01]?\.[0-9]{{1,8}}|1|[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?(?= ?%))(?: ?(?P<{0}_unit>%))?"
)
"""A share, as a fraction or in percent [thousandths]."""
_FROM = r"(?P<since_hours>[0-2]?[0-9]):(?P<since_minutes>[0-5][0-9])\b"
_TO = r"(?P<until_hours>[0-2]?[0-9]):(?P<until_minutes>[0-5][0-9])\b"

CLUES = (
    _clue("constraint_none", "CONSTRAINT_NONE|global_oom", r"CONSTRAINT_NONE|\bglobal_oom\b"),
    _clue("constraint_memcg", "CONSTRAINT_MEMCG|Memory cgroup out", r"CONSTRAINT_MEMCG|Memory cgroup out of memory"),
    _clue("memcg_frame", "mem_cgroup_o", r"\bmem_cgroup_(?:oom_synchronize|out_of_memory)\b"),
    _clue("bad_node", "bad node", "Container from a bad node"),
    _clue("python_image", "mage", r"\b[Ii]mage[\"']?[:=][ \t]{0,20}[\"']?[\w./:@-]{0,200}?(?:[-_/.:]|spark)"
          r"py(?:spark|thon)?[0-9.]{0,5}(?![a-z])"),
    _clue("python_daemons", "pyspark.daemon", r"\bpyspark\.daemon\b"),
    _clue("constraints", "onstraints", r"getAllValidConstraints|InferFiltersFromConstraints|QueryPlanConstraints"),
    _clue("hudi_commit", "WriteClient.commit", r"hudi\.client\.\w{0,40}WriteClient\.commit"),
    _clue("program_killed", "application exited", r"User application exited with 137\b"),
    _clue("python_killed", "ill", r"\b[Kk]ill(?:ed)? process [0-9]{1,10} \(python"),
    _clue("ram_pages", "pages RAM", r"(?P<ram_pages>[0-9]{3,12}) pages RAM"),
    _clue("guard_left", "mem avail:",
          r"mem avail:[ \t]{0,8}(?P<guard_left>[0-9]{1,9}) of[ \t]{1,8}(?P<guard_machine>[0-9]{1,9}) MiB", 2**20, "last"),
    _clue("gc_time", "GC", r"\bGC [Tt]ime[^0-9\n]{0,12}" + _TIME.format("gc_time")),
    _clue("broadcast_timeout", "execute broadcast in",
          r"execute broadcast in " + _TIME.format("broadcast_timeout")),
    _clue("stage_cancelled", "TaskKilled", r"TaskKilled \((?:Stage cancelled|stage cancelled|another attempt)"),
    _clue("input_reader", "RecordReader|LineReader", r"\b\w{0,40}RecordReader\.\w|\bLineReader\.\w"),
    _clue("to_stop", "OnOutOfMemoryError", r"OnOutOfMemoryError=\S{0,4}kill -9"),
    _clue("gc_said", "due to GC", r"not responsive, likely due to GC"),
    _clue("ran", "ucceeded|SUCCEEDED|took |uration",
          r"(?:[Ss]ucceeded|SUCCEEDED|\btook|[Dd]uration)[ \t:]{1,8}" + _TIME.format("ran"), keep="most",
          beside=r"(?i)broadcast|run at ThreadPoolExecutor|withThreadLocalCaptured"),
    _clue("succeeded", "SUCCEEDED", r"(?i)final[- _]?(?:app )?(?:state|status)[\"' \t]{0,8}[:=][\"' \t]{0,4}SUCCEEDED"),
    _clue("went_well", "SUCCEEDED|Succeeded",
          r"(?i)(?:final[- _]?(?:app )?(?:state|status)|^[ \t]{0,8}status)[\"' \t]{0,8}[:=][\"' \t]{0,4}SUCCEEDED\b"),
    _clue("ended_by_term", "143|SIGNAL TERM",
          r"non-zero exit code 143\b|[Ee]xit(?: status|Code|_code)?[ =:]{1,3}143\b|RECEIVED SIGNAL TERM"),
    _clue("python_limit", "Setting mem limits to", r"Setting mem limits to (?P<python_limit>[0-9]{5,16}) of max"),
    _clue("store_capacity", "MemoryStore started with",
          r"MemoryStore started with capacity " + _SIZE.format("store_capacity")),
    _clue("fraction_set", "memory.fraction", r"spark\.memory\.fraction[\"', \t:=]{1,8}0?\.[0-9]"),
    _clue("state_bytes", "memoryUsedBytes", r"memoryUsedBytes[\"' ]{0,3}[:=] ?(?P<state_bytes>[0-9]{1,15})\b", keep="most"),
    _clue("rocksdb_state", "RocksDBStateStoreProvider|rocksdb|RocksDB",
          r"RocksDBStateStoreProvider|\brocksdb\w{0,20}(?:MemoryUsage|FileSize)|RocksDB StateStoreId"),
    _clue("rocksdb_bounded", "boundedMemoryUsage", r"boundedMemoryUsage[\"', \t:=]{1,8}true"),
    _clue("kept_to_request", "The node was low on resource: memory",
          r"The node was low on resource: memory\. Threshold quantity: \w{1,20}, available: \w{1,20}\.(?! ?Container)"),
    _clue("other_victim", "victim process:", r"victim process: (?!java|python)[\w.-]{1,80}"),
    _clue("local_dirs_off", "SPARK_LOCAL_DIRS", r"^[ \t]{0,8}#[# \t]{0,8}(?:export )?SPARK_LOCAL_DIRS="),
    _clue("local_dirs_key", "SPARK_LOCAL_DIRS", r"\bSPARK_LOCAL_DIRS\b"),
    _clue("oom_by_disk", "SparkOutOfMemoryError", r"SparkOutOfMemoryError[^\n]{0,400}?(?:No space left|quota exceeded)"),
    _clue("row_batch", "RowToColumnar|RowToVelox",
          r"RowTo(?:Velox)?Columnar\.[0-9]{1,6}:[ \t]{1,60}Current used bytes: " + _SIZE.format("row_batch")),
    _clue("gluten_task", "Current used bytes", r"^[ \t]{0,8}Task\.[0-9]{1,9}:[ \t]{1,80}Current used bytes: {1,6}"
          + _SIZE.format("gluten_task")),
    _clue("of_standalone", "spark://|SPARK_WORKER_|app-|start-worker|Asked to launch",
          r"\bspark://[\w.-]{1,120}:[0-9]|\bSPARK_WORKER_(?:MEMORY|CORES)\b|\bapp-[0-9]{14}-[0-9]{4}/|\bstart-worker\.sh"
          r"|Asked to launch executor"),
    _clue("python_held", "(python",
          r"Killed process [0-9]{1,10} \(python[^)\n]{0,20}\)[^\n]{0,200}?anon-rss:(?P<python_held>[0-9]{1,12})kB", 1024,
          "most"),
    _clue("maps_used", "/maps", r"(?:^|[ \t>])(?P<maps_used>[0-9]{1,9})[ \t]{1,4}/proc/\w{1,12}/maps\b"),
    _clue("deep_expression", "catalyst.expressions.",
          r"at org\.apache\.spark\.sql\.catalyst\.(?:expressions\.(?:Or|And|Add|CaseWhen|If|Concat)\b|trees\.TreeNode)"),
    _clue("of_sparklyr", "spark_connect|sparklyr", r"\bspark_connect\(|\bsparklyr\b"),
    _clue("each_worker", "orker",
          r"(?P<each_worker>[0-9]{1,4}(?:\.[0-9]{1,2})?) ?(?P<each_worker_unit>[GM])i?B?\b[^\n]{0,40}?"
          r"\b(?:in|per|for|by|into) (?:each|every|one|a|all)? ?(?:[Pp]ython )?workers?\b"),
    _clue("phys_used", "physical memory used",
          rf"{_SIZE.format('phys_used')} of {_SIZE.format('phys_limit')} physical memory used"),
    _clue("rmm_asked", "Device store exhausted",
          r"Device store exhausted, unable to allocate (?P<rmm_asked>[0-9]{1,15}) bytes\. Total RMM allocated is "
          r"(?P<rmm_used>[0-9]{1,15}) bytes"),
    _clue("rmm_pool", "RMM",
          r"(?i)initializing RMM[^\n]{0,80}?pool[ _]?size ?[=:] ?"
          r"(?P<rmm_pool>[0-9]{1,9}(?:\.[0-9]{1,3})?) ?(?P<rmm_pool_unit>[KMG])i?B"),
    _clue("sigbus", "SIGBUS", r"\bSIGBUS\b"),
    _clue("deadline", "activeDeadlineSeconds",
          r"activeDeadlineSeconds[\"' ]{0,3}[:=] ?[\"']?(?P<deadline>[0-9]{1,9})\b", 1000),
    _clue("phys_free", "physical", r"\bphysical [0-9]{1,15}k\((?P<phys_free>[0-9]{1,15})k free\)", 1024),
    _clue("start_heap", "-Xms", r"(?<![\w-])-Xms" + _SIZE.format("start_heap")),
    _clue("overcommit_off", "overcommit_memory", r"overcommit_memory ?= ?2\b"),
    _clue("task_binary", "large task binary",
          r"Broadcasting large task binary with size " + _SIZE.format("task_binary"), keep="most"),
    _clue("finished_all", "Finished task",
          r"Finished task [^\n]{1,300}\((?P<finished_all>[0-9]{1,9})/(?P=finished_all)\)"),
    _clue("denied_port", "eny|enied|DENY|lock|BLOCK|REJECT|DROP",
          r"(?:(?:->|\bto) {1,4}[\w.-]{1,120}:|\bDPT=|\bdst_?port[ =]{1,3})(?P<denied_port>[0-9]{2,5})\b",
          beside=r"\b(?:[Dd]en(?:y|ied)|DENY|REJECT(?:ED)?|DROP(?:PED)?|BLOCK(?:ED)?|[Bb]locked)\b"),
    _clue("python_minor", "ython", r"[Pp]ython[ /-]?(?:version )?3\.(?P<python_minor>[0-9]{1,2})\b"),
    _clue("release", "park", r"(?<![\w./])(?:[Aa]pache )?[Ss]park(?:[- ]|-bin-| version )"
          r"(?P<release_major>[2-4])\.(?P<release_minor>[0-9])(?:\.[0-9])?\b"),
    _clue("run_memory", "--memory|-m ", r"(?<![\w-])(?:--memory|-m)[ =]" + _SIZE.format("run_memory"),
          beside=r"\b(?:docker|podman|nerdctl) run\b"),
    _clue("other_limit", "LIMIT",
          r"\b(?:[A-Z]{1,20}_)?MEM(?:ORY)?_LIMIT[ \t]{0,2}[=:][ \t\"']{0,3}" + _SIZE.format("other_limit")),
    _clue("comet_left", " remain", rf"- {_SIZE.format('comet_left')}(?:bytes)? remain available for the total pool"),
    _clue("comet_asked", "allocate additional",
          rf"Failed to allocate additional {_SIZE.format('comet_asked')}(?:bytes)?"),
    _clue("grpc_sent", "Sent message", r"\bSent message larger than max"),
    _clue("am_asked", "Will allocate AM", r"Will allocate AM container, with (?P<am_asked>[0-9]{1,9}) MB", 2**20),
    # Linux for x86: show_signal_msg in arch/x86/mm/fault.c, show_signal in arch/x86/kernel/traps.c; read at master
    _clue("kernel_segfault", "segfault at|general protection|trap ",
          r"\bsegfault at [0-9a-f]{1,16} ip [0-9a-f]{1,16} sp [0-9a-f]{1,16} error [0-9a-f]{1,8} in [\w.+-]{1,100}\["
          r"|\b(?:general protection fault|general protection|trap [a-z ]{4,30}) ip:[0-9a-f]{1,16} sp:[0-9a-f]{1,16} "
          r"error:[0-9a-f]{1,8} in [\w.+-]{1,100}\["),
    # faulthandler's frames, as Python 3.11.7 wrote them here
    _clue("fault_frame", " in ", r"^[ \t]{1,8}File \"[^\"\n]{1,240}\", line [0-9]{1,7} in [\w<>]{1,120}$"),
    _clue("driver_signalled", "Driver received", r"Driver received SIGTERM/SIGKILL signal"),
    _clue("spot_taken", "nterruption", r"\b[Ss]pot [Ii]nterruption\b"),
    _clue("service_port", ", 7337,", r"BlockManagerId\([^)\n]{1,200}, 7337, "),
    _clue("block_to_disk", "to disk instead", r"Persisting block \S{1,120} to disk instead"),
    _clue("pages_off_heap", "PoolType=|offHeap.enabled",
          r"\bmemoryPoolType=(?:fair|greedy)_unified\b|\bspark\.memory\.offHeap\.enabled[\"', \t:=]{1,8}true\b"),
    _clue("xml_record", "XmlRecordReader|rowTag|XmlInputFormat", r"XmlRecordReader|XmlInputFormat|\browTag\b"),
    _clue("whole_file", "WholeText|wholeText|binaryFiles|ultiLine|ultiline",
          r"WholeTextFile|wholeTextFiles|binaryFiles|(?i:multiline[\"')=, ]{1,6}true)"),
    _clue("spills", "times so far", r"\((?P<spills>[0-9]{1,7})  ?times? so far\)", keep="most"),
    _clue("spill_readers", "UnsafeSorterSpillReader", r"UnsafeSorterSpillReader\.<init>"),
    _clue("one_partition", " partition", r"\b(?:1|one|single) partition\b"),
    _clue("jdbc", "jdbc|JDBC", r"(?i)jdbc"),
    _clue("excel", "excel|poi.", r"com\.crealytics\.spark\.excel|format\(\"excel\"\)|apache\.poi\.|\.to_excel\("),
    _clue("to_pandas", "toPandas|to_pandas", r"\.to_?[Pp]andas\(\)"),
    _clue("collected_all", "collect", r"\.collect(?:AsList)?\(\)|<- ?(?:SparkR::)?collect\(|%>% ?collect\("),
    _clue("tmpfs_dirs", "local.dirs.tmpfs|Medium:",
          r"local\.dirs\.tmpfs[\"': =]{1,6}true|\bMedium:[ \t]{1,12}Memory\b"),
    _clue("glue_driver", "glue.driver.jvm", r"glue\.driver\.jvm\.heap\.usage" + _USAGE.format("glue_driver"), 1000, "most"),
    _clue("glue_executors", ".jvm.heap.usage",
          r"glue\.(?:ALL|[0-9]{1,5})\.jvm\.heap\.usage" + _USAGE.format("glue_executors"), 1000, "most"),
    _clue("glue_s3", "create_dynamic_frame|DynamicFrameReader", r"create_dynamic_frame\b|DynamicFrameReader\b"),
    _clue("glue_worker", "G.|Z.", r"\b[Ww]orker ?[Tt]ype[\"': =]{1,6}[GRZ]\.[0-9]{1,2}X\b|--worker-type[ =][GRZ]\."),
    _clue("blocks_held", "blockmgr-",
          r"^[ \t>]{0,8}" + _SIZE.format("blocks_held") + r"[ \t]{1,8}/\S{0,200}blockmgr-", keep="most"),
    _clue("threads_named", "jstack|Thread.print", r"(?:jstack|Thread\.print)[^\n]{0,80}\| ?e?grep [^\n]{1,80}"),
    _clue("own_pool", "ThreadPool|newSingle|newWorkStealing",
          r"\bnew(?:Fixed|Cached|Scheduled|SingleThread|WorkStealing)\w{0,20}\b|\bThreadPoolExecutor\("),
    _clue("pool_threads", "FixedThreadPool", r"\bnewFixedThreadPool\((?P<pool_threads>[0-9]{1,5})\b"),
    _clue("tmpfs_used", "tmpfs", r"^tmpfs[ \t]{1,40}\S{1,12}[ \t]{1,40}" + _SIZE.format("tmpfs_used"),
          beside=r"/(?:var/data|spark|tmp/spark|blockmgr)"),
    _clue("java_rss", "java",
          r"^[ \t]{0,12}[0-9]{1,9}[ \t]{1,12}(?P<java_rss>[0-9]{5,12})[ \t]{1,12}\S{0,200}java\b", 1024, "most"),
    _clue("python_rss", "python",
          r"^[ \t]{0,12}[0-9]{1,9}[ \t]{1,12}(?P<python_rss>[0-9]{5,12})[ \t]{1,12}\S{0,200}python", 1024, "most"),
    _clue("map_stage", "ShuffleMapStage", r"\bShuffleMapStage [0-9]{1,9} [^\n]{0,200}?(?:failed|serialized results)"),
    _clue("granted", "Granted executor ID|Executor added:|for executor with ID|The executor with id|Container from a bad",
          r"Granted executor ID|Executor added: |Launching container \S{1,80} on host \S{1,80} for executor with ID"
          r"|The executor with id [0-9]{1,7} exited with exit code|Container from a bad node: "),
    _clue("ended_at_once", "removed: Command exited|is now EXITED",
          r"removed: Command exited with code [1-9]|is now EXITED \(Command exited with code [1-9]"),
    _clue("no_way_back", "UnknownHostException|Failed to connect to|Connection refused|ConnectTimeout|unreachable",
          r"UnknownHostException|Failed to connect to [\w.-]|Connection refused|ConnectTimeoutException|is unreachable"),
    _clue("of_a_backend", "CoarseGrainedExecutorBackend", r"CoarseGrainedExecutorBackend\$?\.(?:run|main)"),
    _clue("netty_retries", "due to Netty OOM", r"due to Netty OOM"),
    _clue("commit_limit", "CommitLimit", r"CommitLimit:[ \t]{1,20}(?P<commit_limit>[0-9]{1,15}) kB", 1024),
    _clue("committed", "Committed_AS", r"Committed_AS:[ \t]{1,20}(?P<committed>[0-9]{1,15}) kB", 1024),
    _clue("disk_threshold", "Threshold quantity",
          r"Threshold quantity: (?P<disk_threshold>[0-9]{1,15})(?P<disk_threshold_unit>[KMG]?i?)\b"),
    _clue("disk_left", "available:", r"available: (?P<disk_left>[0-9]{1,15})(?P<disk_left_unit>[KMG]?i?)\b",
          beside=r"Threshold quantity"),
    _clue("cannot_modify", "odify",
          r"CANNOT_MODIFY_CONFIG|Cannot modify the value of a? ?(?:the )?(?:static |Spark )config"),
    _clue("task_consumer", "Acquired by", r"\bAcquired by [\w.$@]{3,200}: " + _SIZE.format("task_consumer"), keep="most"),
    _clue("gluten_top", "op.", r"\bop\.[0-9.]{1,24}\w{2,60}:[ \t]{1,80}Current used bytes: {1,6}"
          + _SIZE.format("gluten_top"), keep="most"),
    _clue("collected_keys", "collect_", r"\bcollect_(?:list|set)\("),
    _clue("broadcast_size", "roadcast", r"(?i)broadcast[^\n]{0,120}?\bdata size\W{1,8}" + _SIZE.format("broadcast_size")),
    _clue("broadcast_collect", "time to collect", r"\btime to collect[^0-9\n]{1,8}" + _TIME.format("broadcast_collect")),
    _clue("manager_cgroup", "oom_memcg", r"oom_memcg=/[\w./-]{0,120}nodemanager"),
    _clue("of_sbt", "sbt|run-main", r"\brun-main-[0-9]|\bsbt (?:run|test|shell|console)\b|\.sbtopts\b|\b\.jvmopts\b"),
    _clue("ended_by_13", "13", r"(?i)exit ?code[ =:]{1,3}13\b"),
    _clue("queue_used", "Absolute used",
          r"Queue's Absolute used capacity = (?P<queue_used>[0-9]{1,3}(?:\.[0-9]{1,6})?) ?%", 10),
    _clue("queue_most", "Absolute max",
          r"Queue's Absolute max capacity = (?P<queue_most>[0-9]{1,3}(?:\.[0-9]{1,6})?) ?%", 10),
    _clue("partition", "Partition Resource", r"Partition Resource = <memory:(?P<partition>[0-9]{1,12}), ", 2**20),
    _clue("broadcast_thread", "broadcast-exchange-", r"broadcast-exchange-[0-9]"),
    _clue("one_window", "No Partition Defined", r"No Partition Defined for Window operation"),
    _clue("of_python_type", "type", r"(?:^|[{,\s])[\"']?type[\"']?: ?[\"']?Python\b"),
    _clue("of_jvm_type", "type", r"(?:^|[{,\s])[\"']?type[\"']?: ?[\"']?(?:Scala|Java)\b"),
    _clue("leak_size", "Managed memory leak", r"memory leak detected; size = (?P<leak_size>[0-9]{1,15}) bytes", keep="most"),
    _clue("shmem_rss", "shmem-rss:", r"\bshmem-rss:(?P<shmem_rss>[0-9]{1,12})kB", 1024, "most"),
    _clue("livy_timeout", "session.timeout", r"livy\.server\.session\.timeout[\"' :=]{1,4}" + _TIME.format("livy_timeout")),
    _clue("task_size", "very large size", r"contains a task of very large size \(" + _SIZE.format("task_size"), keep="most"),
    _clue("metaspace_limit", "MaxMetaspaceSize", r"MaxMetaspaceSize[ \t]{0,60}:?=[ \t]{0,4}"
          r"(?P<metaspace_limit>[0-9]{1,20})(?P<metaspace_limit_unit>[kKmMgGtT]?)\b"),
    _clue("reader_failed", "FetchFailed|Netty OOM",
          r"FetchFailedException: (?:[\w.]{1,60}Error: )?(?:failed to allocate|Direct buffer memory|Java heap space)"
          r"|\bfailed [0-9]{1,4} times due to Netty OOM"),
    _clue("history_lease", "memory usage for app", r"\bLeasing " + _SIZE.format("history_lease") + r" memory usage for app",
          keep="most"),
    _clue("daemon_heap", "spark.deploy.|SPARK_DAEMON_MEMORY",
          r"(?:-Xmx(?=[^\n]{1,300}\bspark\.deploy\.(?:history|master|worker|ExternalShuffleService)\b)"
          r"|\bSPARK_DAEMON_MEMORY[=: \"']{1,3})" + _SIZE.format("daemon_heap")),
    _clue("worker_offers", "SPARK_WORKER_MEMORY",
          r"\bSPARK_WORKER_MEMORY[\"']?[=:][\"' ]{0,3}" + _SIZE.format("worker_offers")),
    _clue("other_daemon", "atanode|ataNode|odemanager|odeManager|afka|egionserver|egionServer|lasticsearch|ookeeper|mpalad",
          r"(?:=|\bis|\bruns?|\balso|\bthe|\ba) {1,3}(?:an? |the |also )?"
          r"(?i:datanode|nodemanager|kafka(?: broker)?|regionserver|elasticsearch|zookeeper|impalad)\b"),
    _clue("hash_join_preferred", "preferSortMergeJoin", r"\bpreferSortMergeJoin[\"', \t=:]{1,6}false\b"),
    _clue("storage_used", "used for storage",
          r"\b(?P<storage_used>[0-9]{1,15}) bytes of memory are used for storage", keep="most"),
    _clue("add_jar", "JAR|jar", r"(?i)\badd jars?[ \t]{1,8}['\"]?(?:[a-z0-9]{2,10}:/|/|\w[\w./-]{0,200}\.jar)"),
    _clue("max_size_asked", "rpc.message.maxSize", r"\brpc\.message\.maxSize\b[^\n]{0,60}\?"),
    _clue("pandas_functions", "andas", r"(?i)\bpandas[ _]udfs?\b|\b(?:apply|map|cogroup\w*)InPandas\b"),
    _clue("local_rows", "createDataFrame|parallelize", r"\.(?:createDataFrame|parallelize)\("),
    _clue("manager_heap", "NODEMANAGER_HEAPSIZE",
          r"YARN_NODEMANAGER_HEAPSIZE[= \"']{1,4}(?P<manager_heap>[0-9]{2,7})\b", 2**20),
    _clue("comet_short", "only got", r"Failed to acquire (?P<comet_short>[0-9]{1,15}) bytes, only got "
          r"(?P<comet_got>[0-9]{1,15})[^\n]{0,12}\bReserved: (?P<comet_reserved>[0-9]{1,15})"),
    _clue("comet_fair", "fair limit",
          r"Failed to acquire (?P<comet_more>[0-9]{1,15}) bytes where (?P<comet_had>[0-9]{1,15}) bytes already reserved"
          r" and the fair limit is (?P<comet_fair>[0-9]{1,15}) bytes, (?P<comet_users>[0-9]{1,6}) registered"),
    _clue("crash_on_oom", "OutOfMemory encountered", r"fatal error: OutOfMemory encountered"),
    _clue("of_yarn", "application_|EMR|yarn|YARN|Dataproc",
          r"\bapplication_[0-9]{10,16}_[0-9]|\bEMR\b|\bDataproc\b|\byarn (?:logs|app)"
          r"|--master[ =]yarn|\bYARN\b"),
    _clue("of_kubernetes", "kubectl|k8s|ubernetes|-exec-", r"\bkubectl\b|\bk8s\b|\b[Kk]ubernetes\b|-exec-[0-9]{1,6}\b"),
    _clue("result_getter", "task-result-getter", r"(?:in thread|Uncaught exception)[^\n]{0,40}task-result-getter"),
    _clue("state_in_heap", "HDFSBackedStateStore", r"HDFSBackedStateStore"),
    _clue("plan_text", "generateTreeString|PlanStringConcat|simpleStringWithNodeId",
          r"generateTreeString|PlanStringConcat|simpleStringWithNodeId"),
    _clue("ui_data", "AppStatusListener|ElementTrackingStore|InMemoryStore",
          r"(?:SQL)?AppStatusListener[.$]|ElementTrackingStore\.|kvstore\.InMemoryStore"),
    _clue("open_writers", "InternalParquetRecordWriter|ColumnChunkPageWriter|DynamicPartitionData",
          r"InternalParquetRecordWriter\.|ColumnChunkPageWriter|DynamicPartitionData\w{0,12}Writer\."),
    _clue("long_line", "LineReader.", r"\bLineReader\.read\w{0,20}Line|hadoop\.io\.Text\.(?:append|setCapacity)"),
    _clue("many_of_a_key", "ExternalAppendOnlyUnsafeRowArray|WindowExec|SortMergeJoinScanner",
          r"ExternalAppendOnlyUnsafeRowArray\.|window\.WindowExec|SortMergeJoinScanner\.bufferMatchingRows"),
    _clue("every_pair", "CartesianProduct|BroadcastNestedLoopJoin|crossJoin",
          r"CartesianProductExec|BroadcastNestedLoopJoinExec|\.crossJoin\("),
    _clue("span", "since |from |tarted", rf"\b(?:since|from|[Ss]tarted(?: at)?)[ \t]{{1,4}}{_FROM}[^\n]{{1,80}}?"
          rf"\b(?:at|to|until|till)[ \t]{{1,4}}{_TO}"),
)  # fmt: skip
"""Each with letters of which one stands in every match; a unit follows its number."""
