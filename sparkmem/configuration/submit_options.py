"""The options of ``spark-submit``: the setting that each becomes, and where it counts.

Asked of the real ``SparkSubmit`` of 2.4 to 4.3: an option wins over ``--conf`` of the same setting wherever
it stands, ``--conf`` over the environment, and an option that a cluster manager has no use for is dropped.
"""

import re
from difflib import get_close_matches

# SparkSubmitOptionParser: options with a value, and the setting that each becomes, where it touches memory
OPTIONS = {
    "--driver-cores": "spark.driver.cores",
    "--driver-java-options": "spark.driver.extraJavaOptions",
    "--driver-memory": "spark.driver.memory",
    "--executor-cores": "spark.executor.cores",
    "--executor-memory": "spark.executor.memory",
    "--num-executors": "spark.executor.instances",
    "--total-executor-cores": "spark.cores.max",
    "--master": "spark.master",
    "--deploy-mode": "spark.submit.deployMode",
}
OTHER_OPTIONS = frozenset({
    "--archives", "--class", "--driver-class-path", "--driver-library-path", "--exclude-packages", "--files", "--jars",
    "--keytab", "--kill", "--name", "--packages", "--principal", "--properties-file", "--proxy-user", "--py-files",
    "--queue", "--remote", "--repositories", "--status",
})  # fmt: skip
SWITCHES = frozenset({
    "--help", "-h", "--load-spark-defaults", "--supervise", "--usage-error", "--verbose", "-v", "--version",
})  # fmt: skip
# SparkSubmitArguments: variables that stand for an option that is not given
ENVIRONMENT = {
    "SPARK_DRIVER_MEMORY": "--driver-memory",
    "SPARK_EXECUTOR_CORES": "--executor-cores",
    "SPARK_EXECUTOR_MEMORY": "--executor-memory",
    "MASTER": "--master",
    "DEPLOY_MODE": "--deploy-mode",
}
OPTION_TEXTS = (
    "PYSPARK_SUBMIT_ARGS", "SPARK_SUBMIT_OPTIONS", "SPARK_SUBMIT_ARGS", "SPARK_OPTS", "SPARKR_SUBMIT_ARGS",
    "KERNEL_EXTRA_SPARK_OPTS",
)  # fmt: skip
"""Variables whose value is options of ``spark-submit``."""
# The java launcher's documentation, and hotspot's Arguments::parse: the order in which options are taken, a later one wins
JVM_VARIABLES = {
    "JAVA_TOOL_OPTIONS": "options for every JVM that starts with it; those of a command line win",
    "JDK_JAVA_OPTIONS": "options for every java command that starts with it, from JDK 9 on; those of a command line win",
    "_JAVA_OPTIONS": "options for every JVM that starts with it, which win over those of a command line, -Xmx too",
}
LANGUAGES = {"pyspark": "python", "sparkR": "r", "spark-shell": "jvm", "spark-sql": "jvm"}
_SERVERS = r"start-(?:thriftserver|connect-server)\.sh"
_COMMAND = re.compile(rf"(?:.*[/\\])?(?:{_SERVERS}|(spark|pyspark|sparkR)[23]?(-submit|-shell|-sql)?(?:2?\.cmd)?)")
_NOT_A_COMMAND = r"^(?![ \t]*(?:#|spark\.|from\s|import\s|libraryDependencies\b|\"org\.apache\b))"
_NAMES = rf"(?:spark[23]?-(?:submit|shell|sql)|pyspark[23]?|sparkR|{_SERVERS})(?:2?\.cmd)?"
COMMANDS_LINE = re.compile(rf"{_NOT_A_COMMAND}(?:.*[ \t/\\\"';&|(])?{_NAMES}[\"']?(?:\s|$)", re.MULTILINE)
OPTIONS_LINE = re.compile(rf"^[ \t]*(?:-c|--conf|{'|'.join((*OPTIONS, *sorted(OTHER_OPTIONS)))})[\s=]", re.MULTILINE)


_OF_APPLICATION = (
    "applicationargs", "entrypointarguments", "mainargs", "appargs", "programargs", "programarguments", "jobargs",
)  # fmt: skip


def of_application(label: str) -> bool:
    """Whether a list under that name is what the application itself is given, of which Spark reads nothing.

    >>> of_application("application_args"), of_application("entryPointArguments"), of_application("args")
    (True, True, False)
    """
    return label.replace("_", "").replace("-", "").lower() in _OF_APPLICATION


def near_option(word: str) -> str:
    """The option that a word was probably meant to be; empty where it is like none.

    >>> near_option("--executor-mem=4g"), near_option("--hiveconf")
    ('--executor-memory', '')
    """
    if not word.startswith("--"):
        return ""
    return next(
        iter(get_close_matches(word.split("=", 1)[0][:60], (*OPTIONS, *sorted(OTHER_OPTIONS), "--conf"), 1, 0.8)), ""
    )


_MEANT = {"--mode": "--deploy-mode", "--executors": "--num-executors", "--cores": "--executor-cores"}
_OF_A_FORK = ("--kubernetes-", "--upload-")
"""Options of a fork for Kubernetes, before Spark ran there itself."""
_NAMED = re.compile(r"--?[A-Za-z][A-Za-z0-9_-]{0,40}")


def is_unknown(name: str) -> bool:
    """Whether a word is a name of an option that ``spark-submit`` ends at (``SparkSubmitArguments.handleUnknown``).

    >>> is_unknown("--mode"), is_unknown("--name"), is_unknown("--kubernetes-namespace")
    (True, False, False)
    """
    known = name in OPTIONS or name in OTHER_OPTIONS or name in SWITCHES or name in ("--conf", "-c")
    return bool(_NAMED.fullmatch(name)) and not known and not name.startswith(_OF_A_FORK)


def is_begun(name: str) -> bool:
    """Whether a word may be the beginning of an option, as the end of a text leaves it."""
    return any(option.startswith(name) for option in (*OPTIONS, *OTHER_OPTIONS, "--conf"))


def in_place_of(name: str) -> str:
    """What to write in the place of such an option.

    >>> in_place_of("--mode"), in_place_of("--input")
    ('write --deploy-mode', 'take it out, or write it behind the application')
    """
    meant = _MEANT.get(name) or near_option(name)
    return f"write {meant}" if meant else "take it out, or write it behind the application"


def looks_like(text: str) -> bool:
    """Whether there is such a command, or a run of its options."""
    return bool(COMMANDS_LINE.search(text) or OPTIONS_LINE.search(text))


def command_name(word: str) -> str:
    """The command that a word names, whatever its folder and Spark's major version; empty where it is another's.

    >>> command_name("/opt/spark/bin/spark3-submit"), command_name("spark")
    ('spark-submit', '')
    """
    match = _COMMAND.fullmatch(word)
    if match and not match[1]:
        return "spark-sql"  # a server, which hands all its options on to spark-submit, and keeps its own
    name = f"{match[1]}{match[2] or ''}" if match else ""
    return name if name == "spark-submit" or name in LANGUAGES else ""


def option_counts(option: str, manager: str, deploy_mode: str) -> bool:
    """Whether spark-submit hands the option on under that cluster manager and deploy mode.

    As in 3.3 and later; before, ``--total-executor-cores`` counted on Kubernetes too, and not ``--num-executors`` in 2.4.
    """
    if option in ("--executor-memory", "--executor-cores"):
        return manager != "local"
    if option == "--num-executors":
        return manager in ("", "yarn", "kubernetes")
    if option == "--total-executor-cores":
        return manager in ("", "standalone")
    return not (option == "--driver-cores" and deploy_mode == "client")
