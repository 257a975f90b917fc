"""The ways in which a memory setting is lost, by public id: what is said of it, and the section that explains it."""

from __future__ import annotations

import re

_FORMATS = "explain/#formats"
_FLAGS = "memory/garbage-collection/#flags"
_KEYS = "reference/configuration-keys/#configuration-keys"

NOT_IN_TEXT = "value-not-in-text"
NOTHING_GRANTED, SET_TOO_LATE, BY_PROGRAM = "nothing-granted", "driver-memory-too-late", "overridden-by-program"
REFUSED, REPORTED = "refused-in-text", "failure-reported"
IDLE_IN_LOCAL_MODE, NO_CONTAINER = "idle-in-local-mode", "no-container"
IDLE = (IDLE_IN_LOCAL_MODE, NO_CONTAINER)
"""Of what is set and does nothing where the job runs."""
APPLICATION_MISSING = "application-missing"
NO_SUCH_KEY, OPTION_UNKNOWN, OPTION_MISSPELT = "no-such-key", "option-unknown", "option-misspelt"
DASH, DASH_IN_SHELL = "dash-not-hyphens", "dash-in-shell"
BY_LAUNCHER = "launcher-refuses-key"
FILE_NOT_READ, NOT_HANDED_ON = "file-not-read", "variable-not-handed-on"
SIZE_NOT_OFFERED, WORKER_SIZE_REFUSED = "size-not-offered", "worker-size-refused"
ABOVE_THE_NODE, IN_A_TEMPLATE = "heap-above-node", "pod-template"
MAY_STAND = "it may be among the options"

LOST: dict[str, tuple[str, str]] = {
    "key-misspelt": ("Spark has no key {given}, and takes it without a word", _KEYS),
    NO_SUCH_KEY: ("Spark has no key {given}, and takes it without a word", _KEYS),
    "key-wrong-case": ("upper and lower case count in a key: {given} is none", _KEYS),
    "key-after-application": ("after the application, so it is the application's, not Spark's", _FORMATS),
    "parameter-of-the-job": (
        "a parameter of the job's own program, which gets it; Spark takes what stands behind --conf",
        _FORMATS,
    ),
    "set-on-running-session": ("set on a running session, where it changes nothing: executors have started", _FORMATS),
    "shown-otherwise": ("the session itself shows {given}, so this did not reach it", _FORMATS),
    "set-in-executor-env": ("an environment variable of the executors, not a setting", _FORMATS),
    "wrong-classification": ("in the classification {given}, where Spark does not look: it reads spark-defaults", _FORMATS),
    "properties-in-list": ("in a list, where EMR takes one object of keys and values", _FORMATS),
    "wrong-field": ("in the field {given}, which the operator does not read", _FORMATS),
    "prefix-missing": ("among a cluster's properties, each of which begins with the file that it is for", _FORMATS),
    "wrong-level": ("beside the fields of a session's request, where Livy takes keys of Spark's below conf alone", _FORMATS),
    "lost-backslash": ("the line above ends the command for a shell: it needs a backslash at its very end", _FORMATS),
    NOT_IN_TEXT: ("its value is not in the text: {given}", _FORMATS),
    OPTION_MISSPELT: ("spark-submit has no option {given}", _FORMATS),
    OPTION_UNKNOWN: ("spark-submit has no option {given}: it ends there, before the application starts", _FORMATS),
    DASH: ("it begins with a dash that is no hyphen: the launcher takes the word for the application, and ends", _FORMATS),
    DASH_IN_SHELL: ("it begins with a dash that is no hyphen: for the launcher it is no option, but a word", _FORMATS),
    APPLICATION_MISSING: ("it does not end with pyspark-shell: spark-submit then has no application, and ends", _FORMATS),
    "option-repeated": ("{given} stands again, and only the last of them counts", _FORMATS),
    "option-without-value": ("{given} has no value after it", _FORMATS),
    "conf-without-equals": ("--conf takes one key=value; Spark refuses it without =", _FORMATS),
    "key-has-space": (
        "there is a blank in the key or beside the equals sign, which becomes part of the key or the value",
        _FORMATS,
    ),
    "remark-in-value": ("the remark behind the value is a part of it: Spark refuses the whole", _FORMATS),
    "value-runs-on": ("the value runs on into the next setting: a blank or a backslash is missing", _FORMATS),
    "value-not-readable": ("its value is none that Spark reads for this key", _KEYS),
    "deploy-mode-unknown": ("spark-submit refuses a deploy mode that is neither client nor cluster", _FORMATS),
    "shell-in-cluster-mode": ("spark-submit refuses {given} in cluster mode: its driver is where it is typed", _FORMATS),
    "heartbeat-too-slow": (
        "Spark does not start: spark.network.timeout has to be longer than spark.executor.heartbeatInterval",
        _KEYS,
    ),
    "encryption-without-authentication": (
        "Spark does not start: spark.authenticate has to be on where anything is encrypted",
        _KEYS,
    ),
    "of-another-job": ("the text gives {given} to another job or part of it, and only one of them is read", _FORMATS),
    "set-on-reader": ("an option of a reader or writer, which sets nothing of Spark's memory", _FORMATS),
    "variable-not-read": ("in {given}, a variable that Spark reads no longer", _FORMATS),
    BY_LAUNCHER: ("SparkLauncher takes keys that begin with spark. alone, and throws at {given}: nothing starts", _FORMATS),
    FILE_NOT_READ: (
        "in spark-defaults.conf, which is not read where a command names a file by --properties-file",
        _FORMATS,
    ),
    NOT_HANDED_ON: (
        "in a variable that does not reach the command: {given}",
        _FORMATS,
    ),
    "told-without-effect": ("the text says itself of it: {given}", _FORMATS),
    "daemon-memory": (
        "the launcher of the Thrift server takes SPARK_DAEMON_MEMORY before it",
        "memory/driver-memory/#client-mode",
    ),
    "zeppelin-memory": (
        "in {given}, which Zeppelin gives to interpreters that it starts by java: with a SPARK_HOME it starts Spark's by"
        " spark-submit, which does not get it",
        "memory/driver-memory/#client-mode",
    ),
    "java-variable": ("in {given}, before whose -Xmx that of Spark goes: it starts each of its JVMs with one", _FLAGS),
    "option-without-master": (
        "the text shows spark-submit running without a master, where it hands {given} on to no executor, unless"
        " spark-defaults.conf names one",
        _FORMATS,
    ),
    "overhead-with-unit": ("Spark {given} reads it by getInt, as a bare number of MiB, and ends at a unit", _FORMATS),
    "release-older": ("Spark {given} is older than any release that is computed here", _FORMATS),
    SET_TOO_LATE: (
        "set by the program, whose JVM runs already and is the driver: after spark-submit it comes too late",
        "memory/driver-memory/#client-mode",
    ),
    BY_PROGRAM: ("the program sets it as well, on line {given}, and that goes before the command's options", _FORMATS),
    IDLE_IN_LOCAL_MODE: (
        "in local mode there is no executor and no container: one JVM, with the heap of the driver, runs the whole job",
        "memory/executors/#local-mode",
    ),
    NO_CONTAINER: (
        "nothing reads it there, as no container is asked for: on a standalone cluster, and for a driver in client mode",
        "calculators/container-request/#ignored-keys",
    ),
    REFUSED: ("the text says itself that the job was refused: {given}", "explain/#verdict"),
    REPORTED: ("the text itself reports a failure: {given}", "what-happened/"),
    SIZE_NOT_OFFERED: ("Fabric's provider for Terraform takes sizes and cores of a fixed list alone", "explain/#vendors"),
    WORKER_SIZE_REFUSED: (
        "a standalone worker ends at its size, before it offers anything: Spark reads whole numbers with k, m, g, t or p,"
        " and no Gi",
        "explain/#verdict",
    ),
    IN_A_TEMPLATE: (
        "the memory in a pod's template, over which Spark puts heap and overhead as the pod's request and limit",
        _FORMATS,
    ),
    ABOVE_THE_NODE: (
        "more than the platform gives an executor's heap of a node of the type in the text, with which none starts",
        "explain/#vendors",
    ),
    NOTHING_GRANTED: ("the text says that nothing was granted: {given}", "explain/#verdict"),
    "flag-not-readable": ("its flag {given} has no value that can be read as it stands there", _FLAGS),
}

# Keys that people write, and the keys that they mean, where letters do not lead from one to the other.
MEANT = {
    f"spark.kubernetes.{process}.{name}": f"spark.{process}.{name}"
    for process in ("driver", "executor")
    for name in ("memory", "memoryOverhead", "memoryOverheadFactor")
} | {
    "spark.executor.overhead": "spark.executor.memoryOverhead",
    "spark.driver.overhead": "spark.driver.memoryOverhead",
    "spark.executor.memory.overhead": "spark.executor.memoryOverhead",
    "spark.driver.memory.overhead": "spark.driver.memoryOverhead",
    "spark.executor.overheadMemory": "spark.executor.memoryOverhead",
    "spark.driver.overheadMemory": "spark.driver.memoryOverhead",
    "spark.executor.numExecutors": "spark.executor.instances",
    "spark.num.executors": "spark.executor.instances",
    "spark.executor.javaOptions": "spark.executor.extraJavaOptions",
    "spark.driver.javaOptions": "spark.driver.extraJavaOptions",
    "spark.executor.offHeap.size": "spark.memory.offHeap.size",
    "spark.offHeap.size": "spark.memory.offHeap.size",
    "spark.offHeap.enabled": "spark.memory.offHeap.enabled",
    "spark.executor.storageFraction": "spark.memory.storageFraction",
    "spark.maxResultSize": "spark.driver.maxResultSize",
    "spark.executor.maxResultSize": "spark.driver.maxResultSize",
    "spark.python.memory": "spark.executor.pyspark.memory",
}  # fmt: skip

OF_A_POD = re.compile(
    r"spark\.kubernetes\.(driver|executor)\.(?=.{0,20}(?:[lL]imit|[rR]equest))[\w.]{0,20}[mM]emory[\w.]{0,12}"
)
"""Keys for the size of a pod, which is heap and overhead together (``BasicExecutorFeatureStep``)."""

OF_A_WORKER = {
    "spark.worker.memory": "SPARK_WORKER_MEMORY", "spark.worker.cores": "SPARK_WORKER_CORES",
    "spark.worker.instances": "SPARK_WORKER_INSTANCES",
}  # fmt: skip
"""Keys that people write, and the variables of a standalone worker that they mean (``WorkerArguments``)."""
