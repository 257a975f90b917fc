"""A program that makes its session in a JVM of its own: the driver's heap is then what that JVM was started with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sparkmem.configuration.configuration import Circumstances, Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.jvm_properties import RUNS_ALREADY
from sparkmem.configuration.lost import LOST, SET_TOO_LATE
from sparkmem.configuration.setting import Ignored, Lost, Said
from sparkmem.configuration.submit_options import COMMANDS_LINE

_KEY = "spark.driver.memory"
_JAVA = re.compile(r"(?:^|[\s\"'/=;&|(`])java(?:\.exe)?[\"']?[ ,\t](?:[^\n]|(?<=\\)\n){0,1500}", re.MULTILINE)
_OF_A_BUILD = re.compile(
    r"(?:\b(?:javaOptions|applicationDefaultJvmArgs|jvmArgs|maxHeapSize|SBT_OPTS|MAVEN_OPTS|argLine|VM [oO]ptions)\b"
    r"|\.(?:jvm|sbt)opts\b\n?)(?:[^\n]|\n(?=[ \t]*[\"')-])){0,400}"
)
_HEAP = re.compile(r"(?:(?:(?<![\w-])|(?<=-J))-Xmx|\bmaxHeapSize\s{0,3}=?\s{0,3}[\"'])([0-9]{1,15}[kKmMgGtT]?)(?!\w)")
_OF_A_TOOL = re.compile(
    r"(?<![\w-])--java-options[ =\\]{1,3}[\"'](?:[^\"'\n]{0,300}?[ ])?-Xmx(?P<heap>[0-9]{1,15}[kKmMgGtT]?)(?!\w)"
)
"""Of a tool that runs Spark in a JVM of its own, as GATK does: its own ``--java-options`` start that JVM."""
_OF_EACH_JVM = re.compile(
    r"(?<![\w.#])(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)\b[\"']?(?:[ \t]{0,3}[=:]|[\s,]{1,40}[\"']?value[\"']?:)"
    r"[^\n]{0,200}?-Xmx(?P<heap>[0-9]{1,15}[kKmMgGtT]?)(?!\w)"
)
"""Of variables that each java command takes options from: there is none where a command of Spark's starts the job."""
_DEPENDS = re.compile(r"(?<![\w-])spark-(?:core|sql|hive|streaming|mllib|graphx)(?![a-z-])")
_STARTS = re.compile(r"(?<![\w-])-(?:jar|cp|classpath)\b|--class-path\b")
_OTHERS = re.compile(
    r"\borg\.apache\.(?!spark\.examples)\w+\.|\borg\.elasticsearch\b|\bQuorumPeerMain\b"
    r"|(?i:\b(?:kafka|zookeeper|jenkins|nifi|zeppelin|hbase|tomcat|livy|trino))"
)
_OF_PYTHON = re.compile(r"\bpyspark\b|^from [\w.]+ import |^[ \t]*def \w+\([^\n]*:[ \t]*$", re.MULTILINE)
"""Of Python, whose session starts a JVM of its own."""
_MADE = re.compile(
    r"\bSparkSession\b[^\n]{0,40}\bbuilder\b|\bnew (?:Java)?SparkContext\b|\bSparkContext\(|\bSparkSession\s*$"
    r"|\.setMaster\(\s{0,9}\"local", re.MULTILINE
)
_SUBMITS = re.compile(r"\bspark\d?-submit\b|\bspark\d?-(?:shell|sql)[ \t]+-")
_OF_TESTS = re.compile(r"\bTest[ ]?/|\bin Test\b")
_A_TEST = re.compile(r"\b(?:Any)?(?:Fun|Flat|Word|Free|Feature)Spec\b|\b(?:Any)?FunSuite\b|@Test\b|\bSharedSparkSession\b")
"""A program that is a test itself."""
_RUNS_THERE = "a build runs Spark in its own JVM, where nothing says otherwise"
_SAID = "the heap of the JVM in which the program makes its session, and so the driver's"


def with_heap(parts: Sequence[Configuration], text: str) -> list[Configuration]:
    """The parts, with the heap of such a JVM in the place of what the program sets, which comes too late.

    Where a command of Spark's starts the job too, the heap is another program's; that of a build, whose program may
    run elsewhere too, is taken where nothing else is set, or where the program says that it runs right there.
    """
    if not any(word in text for word in ("-Xmx", "maxHeapSize")):
        return list(parts)
    if "--java-options" in text and (tool := _OF_A_TOOL.search(text)):
        line = text.count("\n", 0, tool.start("heap")) + 1
        return [*map(_without, parts), _of(tool["heap"], line)]
    if _OF_PYTHON.search(text):
        return list(parts)
    if not _MADE.search(text):
        return [*parts, *(() if any(part.settings for part in parts) else _of_a_build(text))]
    if COMMANDS_LINE.search(text):
        return list(parts)
    there = any(part.circumstances.cluster_manager == "local" for part in parts)
    others = any(part.settings for part in parts)
    builds = [] if others and not there else sorted(_OF_A_BUILD.finditer(text), key=_is_of_the_build)
    builds = [one for one in builds if not (others and _is_of_tests(text, one))]
    commands = [*_JAVA.finditer(text), *builds]
    for command in commands:
        heap = _HEAP.search(command[0])
        starts = command.re is _OF_A_BUILD or _STARTS.search(command[0])
        if heap and starts and not _OTHERS.search(command[0]):
            line = text.count("\n", 0, command.start() + heap.start()) + 1
            return [*map(_without, parts), _of(heap[1], line)]
    if (of_each := _OF_EACH_JVM.search(text)) and not commands and (there or not others or _late_ones(parts)):
        line = text.count("\n", 0, of_each.start("heap")) + 1
        return [*map(_without, parts), _of(of_each["heap"], line)]
    return list(parts)


def _late_ones(parts: Sequence[Configuration]) -> bool:
    """Whether a part sets a heap that comes too late where the JVM runs already."""
    return any(one.key == _KEY for part in parts for one in part.settings)


def _of_a_build(text: str) -> Iterator[Configuration]:
    """The heap of the JVM in which a build that depends on Spark runs it, in its tests or by itself, and so the driver's."""
    if not _DEPENDS.search(text) or _SUBMITS.search(text):
        return
    for options in sorted(_OF_A_BUILD.finditer(text), key=_is_of_the_build):
        if heap := _HEAP.search(options[0]):
            line = text.count("\n", 0, options.start() + heap.start()) + 1
            of = _of(heap[1], line)
            local = Said("cluster-manager", "local", line, _RUNS_THERE)
            yield replace(of, circumstances=Circumstances(cluster_manager="local"), said=(local,))
            return


def _is_of_the_build(found: re.Match[str]) -> bool:
    """Whether options are those of the build's own JVM, which goes behind the one that it starts."""
    return found[0].startswith(("SBT_OPTS", "MAVEN_OPTS"))


def _is_of_tests(text: str, found: re.Match[str]) -> bool:
    """Whether options are of the JVM that a build starts for its tests, beside a program that may run without them."""
    begun = text.rfind("\n", 0, found.start()) + 1
    return bool(_OF_TESTS.search(text[begun : found.end()].split("\n")[0][:200])) and not _A_TEST.search(text)


def _of(heap: str, line: int) -> Configuration:
    found = Found("jvm-properties")
    found.setting(_KEY, f"{heap}b" if heap.isdigit() else heap, line, f"-Xmx{heap}")
    found.remark(line, _KEY, _SAID)
    return found.configuration()


def _without(part: Configuration) -> Configuration:
    late = next((one for one in part.settings if one.key == _KEY), None)
    lost = tuple(one for one in part.lost if one.key != _KEY)
    if late is None:
        return replace(part, lost=lost)
    remarks = tuple(item for item in part.remarks if item.text != _KEY)
    if late.written_as[:2] == "-D" or part.format == "jvm-properties":
        said = Ignored(late.line, late.written_as, RUNS_ALREADY)
        return replace(part.without(_KEY), ignored=(*part.ignored, said), remarks=(*remarks, said), lost=lost)
    words, see = LOST[SET_TOO_LATE]
    said = Ignored(late.line, late.written_as, words)
    lost = (*lost, Lost(SET_TOO_LATE, late.line, _KEY, words, "raise the -Xmx of the JVM", see))
    return replace(part.without(_KEY), ignored=(*part.ignored, said), remarks=remarks, lost=lost)
