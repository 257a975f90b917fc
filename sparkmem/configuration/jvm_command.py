"""The command line of a JVM of Spark's, as ``ps``, a container's script or "Spark Command:" shows it."""

from __future__ import annotations

import re

from sparkmem.configuration import shell
from sparkmem.configuration.carried import java_options
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import OTHER_FILE
from sparkmem.configuration.requested import PROCESS, with_request
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.unsized_jvm import is_sized, without_heap
from sparkmem.release import JAVA_CHOICES

FORMAT = "jvm-command"

_JAVA_COMMAND = re.compile(r"(?:^|[\s/\"'])java(?:\.exe)?[\"']?\s")
_CLASS = re.compile(r"\borg\.apache\.spark\.(?:deploy|executor|scheduler)\.")
_ENDS = re.compile(r"(?<!\\)[ \t]*\n")  # of a command that goes on below no backslash
_LOOSE = re.compile(r"\\[ \t]+\r?\n")  # as YARN's client writes the command of an executor into its log
_OF_JPS = re.compile(
    r"^[0-9]{1,8} (?:org\.apache\.spark\.(?:\w+\.){1,3})?"
    r"(CoarseGrainedExecutorBackend|YarnCoarseGrainedExecutorBackend|KubernetesExecutorBackend|SparkSubmit|ApplicationMaster"
    r"|ExecutorLauncher|DriverWrapper)\b([^\n]*)", re.MULTILINE
)
_PROCESSES = {
    "CoarseGrainedExecutorBackend": ("executor", ""),
    "YarnCoarseGrainedExecutorBackend": ("executor", "yarn"),
    "KubernetesExecutorBackend": ("executor", "kubernetes"),
    "SparkSubmit": ("driver", ""),
    "ApplicationMaster": ("driver", "yarn"),
    "ExecutorLauncher": ("yarn.am", "yarn"),
    "DriverWrapper": ("driver", "standalone"),
}
_PLACE = re.compile(r"(?<=\s)<([A-Za-z_-]{1,40})>(?=\s)")  # for which YARN fills in a value: no redirection
_JAVA = re.compile(r"\b(?:java|jdk|jre|jvm|openjdk|corretto|temurin|zulu)[-_]?(?:1\.)?([0-9]{1,2})\b")
_MAIN = re.compile(r"org\.apache\.spark\.[\w.]*\.(\w+)")


def looks_like(text: str) -> bool:
    """Whether java is started with a class of Spark's."""
    text = _LOOSE.sub(r"\\\n", text)
    return _start(text) is not None or bool(_OF_JPS.search(text))


def _start(text: str) -> re.Match[str] | None:
    """Where java is started with a class of Spark's, on one line or on several with a backslash at their ends."""
    looked_at = 0
    for found in _CLASS.finditer(text):
        ends = list(_ENDS.finditer(text, looked_at, found.start()))
        begin = ends[-1].end() if ends else looked_at
        if java := _JAVA_COMMAND.search(text, begin, found.start()):
            return java
        looked_at = max(begin, found.start())
    return None


def read(text: str) -> Configuration:
    """The settings of the first such command: its heap and flags, and the options after its class."""
    text = _LOOSE.sub(r"\\\n", _PLACE.sub(r"_\1_", text))
    start = _start(text)
    if start is None:
        return _of_jps(text)
    line = text.rfind("\n", 0, start.start() + 1) + 1
    path = max(text.rfind(sign, line, start.start() + 1) for sign in " \t\"'`=>") + 1  # of java, behind any other words
    begins = (line,) if "spark-submit " in text else (line, max(path, line))  # what was asked for stands in a command there
    for begin in dict.fromkeys(begins):
        words = next((command.words for command in shell.commands(text[begin:], text.count("\n", 0, begin) + 1)), [])
        inside = next((word for word in words if len(word.text) > 40 and _start(word.text)), None)
        if inside:  # of ``bash -c "…"``, as YARN starts a container
            words = next((command.words for command in shell.commands(inside.text, inside.line)), [])
        at = next((at for at, word in enumerate(words) if _MAIN.fullmatch(word.text)), len(words))
        name = words[at].text.rsplit(".", 1)[-1] if at < len(words) else ""
        if name in _PROCESSES:
            break
    else:
        raise ConfigurationError("the command of a JVM that runs no application of Spark's")
    found = _of_process(name, words, at)
    if not is_sized(words[:at], text):
        found = without_heap(found, f"spark.{_PROCESSES[name][0]}.memory", words[at].line)
    asked = with_request(found, text)
    return combined([found, asked]) if asked else found


def _of_jps(text: str) -> Configuration:
    """The settings of the first process in what ``jps -lvm`` writes: a class, its arguments, the JVM's options."""
    start = _OF_JPS.search(text)
    if start is None:
        raise ConfigurationError("no command of a JVM of Spark's")
    line = text.count("\n", 0, start.start()) + 1
    words = next((command.words for command in shell.commands(start[2], line)), [])
    options = [word for word in words if word.text.startswith(("-X", "-D"))]
    name = f"org.apache.spark.{start[1]}"
    others = [word for word in words if not word.text.startswith(("-X", "-D", "--add-"))]
    return _of_process(start[1], [*options, Word(name, line), *others], len(options))


def _of_process(name: str, words: list[Word], at: int) -> Configuration:
    process, manager = _PROCESSES[name]
    found = Found(FORMAT)
    if manager:
        found.know(cluster_manager=manager)
        found.say("cluster-manager", manager, words[at].line, name)
    if name != "SparkSubmit":
        found.say(PROCESS, process.removeprefix("yarn."), words[at].line, name)
    if name in ("ApplicationMaster", "DriverWrapper"):
        found.know(deploy_mode="cluster")
    _java(words[:at], found)
    _heap(words[:at], process, found)
    after = words[at + 1 :]
    if name != "SparkSubmit":
        _cores(after, found)
        return found.configuration()
    from sparkmem.configuration.spark_submit import read_words  # here: most such commands are an executor's

    return combined([read_words([Word("spark-submit", words[at].line), *after]), found.configuration()])


def _heap(words: list[Word], process: str, found: Found) -> None:
    """``-Xmx`` is the setting that Spark made it of; the flags that shape memory are the process's own."""
    flags = " ".join(word.text for word in words if re.match(r"-X(?:X:|ss|mn)", word.text))
    for word in words:
        if word.text.startswith("@"):
            found.ignore(word.line, "@…", OTHER_FILE)
        if heap := re.fullmatch(r"-Xmx([0-9]{1,15}[kKmMgGtT]?)", word.text):
            found.setting(f"spark.{process}.memory", _as_size(heap[1]), word.line, word.text)
        elif word.text.startswith("-Xmx"):
            found.hole(f"spark.{process}.memory", word.line, "a variable or a template fills in its -Xmx")
    kept, _ = java_options(flags)
    if kept:
        found.setting(f"spark.{process}.extraJavaOptions", kept, words[0].line, "flags of the JVM")


def _as_size(heap: str) -> str:
    """The heap as Spark writes a size; the JVM takes a bare number for bytes.

    >>> _as_size("6144m"), _as_size("1073741824")
    ('6144m', '1073741824b')
    """
    return f"{heap}b" if heap.isdigit() else heap


def _cores(words: list[Word], found: Found) -> None:
    for word, after in zip(words, [*words[1:], Word()], strict=False):
        if word.text == "--cores":
            found.setting("spark.executor.cores", after.text, after.line, "--cores")


def _java(words: list[Word], found: Found) -> None:
    for word in words:
        if word.text.endswith("java") and (version := _JAVA.search(word.text)):
            if int(version[1]) in JAVA_CHOICES:
                found.know(java=version[1])
                found.say("java", version[1], word.line, version[0])
            return
