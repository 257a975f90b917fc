"""What a text itself shows to be refused: settings that a session does not take any more, and what a cluster can grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.carried import carried
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, REFUSED
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Ignored, Lost, Setting

_RUNS = "set-on-running-session"
_CANNOT = re.compile(r"\bCannot modify the value of (?:a|the) (?:static|Spark) config: ?[\"'`]?(spark\.[\w.]{3,80}\w)")
_LAUNCHED = "Can not change interpreter properties when interpreter process has already been launched"
_STARTED = "A session has already been started."
"""What sparkmagic says of ``%%configure`` without ``-f`` (``kernels/kernelmagics.py``, ``configure``)."""
_CELL = re.compile(r"^[ \t]*%%(?:configure|spark config)\b", re.MULTILINE)
_PARAGRAPH = re.compile(r"^%(?:[\w.]{1,40}\.)?conf[ \t\r]*$", re.MULTILINE)
_OF_DBT = re.compile(
    r"^(?P<in>[ \t]{1,40})server_side_parameters:[ \t]*\r?\n(?:(?P=in)[ \t]{1,40}[^\s#][^\n]*(?:\n|$)){1,60}", re.MULTILINE
)
"""What dbt hands to a session of its server (``hive.connect(configuration=…)`` of dbt-spark's ``connections.py``)."""
_OF_ANOTHER_SERVER = re.compile(r"^(?P<in>[ \t]{1,40})method:[ \t]{0,9}[\"']?(?:thrift|http|odbc)\b", re.MULTILINE)
_NEAR, _MOST = 2_000, 20
_REFUSALS = {
    "Missing application resource": "name the application; PYSPARK_SUBMIT_ARGS has to end with pyspark-shell",
    "Cluster deploy mode is not applicable to": "submit it in client mode",
    "Cluster deploy mode is currently not supported for": "submit it in client mode",
}
"""What spark-submit (``SparkSubmitArguments``, ``SparkSubmit``) and a JVM say as they end, and what to do about it."""
_OF_A_VALUE = re.compile(
    r"\bNumberFormatException: For input string: \"(?P<number>[^\"\n]{1,40})\""
    r"|\bNumberFormatException: [^\n]{0,300}?(?:parse|byte string): ?(?P<size>\S{1,40})"
    r"|\bInvalid (?:maximum|initial) heap size: -Xm[xs](?P<heap>\w{1,20})"
    r"|\bFractional values are not supported\. Input was: (?P<fraction>\S{1,40})"
    r"|\b(?P<key>spark\.[\w.]{3,80}\w)[\"'`]? should be [\w ]{2,40}, but was [^\n]"
)
"""How the JVM and Spark quote the value or the key that they cannot read (``JavaUtils.byteStringAs``, ``ConfigHelpers``)."""
_WITH_UNIT = re.compile(r"(\d{1,6})([mMgG])[bB]?")
_TOO_LARGE = re.compile(
    r"\bCould not reserve enough space for (?:([0-9]{1,12})KB )?object heap"
    r"|\bInvalid maximum heap size: -Xmx([0-9]{1,9}[kKmMgGtT]?)\s{1,9}The specified size exceeds the maximum representable"
)
"""What a JVM says of an -Xmx for which a machine, or a JVM of 32 bits, has no room."""
_ROOM = "give a heap that the machine has room for; a JVM of 32 bits takes less than 2 to 4 GiB"
_GRANTS = re.compile(
    r"\bis above the max threshold \((\d{1,9}) MB\) of this cluster"
    r"|\bmaximum memory capability of the cluster \((\d{1,9}) MB per container\)"
)
_ASKED = re.compile(r"\bRequired executor memory \((\d{1,9})\b")
_NEAREST = 200
_MOST_GRANTED = "yarn.scheduler.maximum-allocation-mb"


def with_refusals(whole: Configuration, text: str) -> Configuration:
    """The same with what is refused there as lost, and the most that YARN grants as its log says it (YARN's Client)."""
    refused = {key: _line(text, found.start()) for found in _CANNOT.finditer(text) if carried(key := found[1])}
    settings = [one for one in whole.settings if one.written_as[:1] == "-" or one.line > refused.get(one.key, 0)]
    ranges = list(_of_running_servers(text)) if "server_side_parameters" in text and "yuubi" not in text else []
    for words, cell in ((_LAUNCHED, _PARAGRAPH), (_STARTED, _CELL)):
        if (at := text.find(words)) >= 0 and (begun := list(cell.finditer(text, 0, at))):
            ranges.append(range(_line(text, begun[-1].start()), _line(text, at)))
    settings = [one for one in settings if not any(one.line in lines for lines in ranges)]
    refused_there = [one for one in whole.settings if one not in settings]
    known = {one.key for one in whole.lost}
    said, see = LOST[_RUNS]
    lost = [Lost(_RUNS, one.line, one.key, said, _WRITE, see) for one in refused_there if one.key not in known]
    lost += [
        Lost(_RUNS, line, key, said, _WRITE, see)
        for key, line in refused.items()
        if key not in known and not any(one.key == key for one in (*refused_there, *settings))
    ]
    said, see = LOST[REFUSED]
    lost += [
        Lost(REFUSED, _line(text, text.index(words)), "the job", said.format(given=words), write, see)
        for words, write in _REFUSALS.items()
        if words in text and whole.settings and not whole.lost  # which says why
    ][:1]
    lost += _of_values(whole, text)
    lost += [] if lost else _too_large(whole, text)
    ignored = [Ignored(one.line, one.written_as, _SHOWN) for one in refused_there]
    found = whole
    if refused_there or lost:
        found = replace(whole, settings=tuple(settings), lost=(*whole.lost, *lost), ignored=(*whole.ignored, *ignored))
    granted = _GRANTS.search(text) if "cluster" in text else None
    if granted and _holds(granted, found):
        found = replace(found, cluster={**found.cluster, _MOST_GRANTED: granted[1] or granted[2]})
    return found


def _holds(granted: re.Match[str], found: Configuration) -> bool:
    """Whether what YARN said that it grants goes before a larger limit of a file: where it refused the heap that is set."""
    configured = found.cluster.get(_MOST_GRANTED)
    if configured is None:
        return True
    asked = _ASKED.search(granted.string, max(0, granted.start() - _NEAREST), granted.start())
    heap = found.values.get("spark.executor.memory", "")
    smaller = configured.isdecimal() and int(granted[1] or granted[2]) < int(configured)
    return bool(smaller and asked and heap and is_same("spark.executor.memory", heap, f"{asked[1]}m"))


def _of_values(whole: Configuration, text: str) -> Iterator[Lost]:
    """The settings whose value an error in the text quotes, or whose key it names; each as refused."""
    said, see = LOST[REFUSED]
    known = {one.key for one in whole.lost if one.id != "overhead-with-unit"}  # of which the text says what came of it
    for found in islice(_OF_A_VALUE.finditer(text), _MOST):
        quoted = next(filter(None, found.groups()))
        for one in whole.settings:
            named = one.key == quoted or one.value.lower() == quoted.lower().rstrip(".,;\"'")
            if named and one.key not in known and one.line < _line(text, found.start()):
                known.add(one.key)
                words = " ".join(found[0].split())[:80]
                yield Lost(REFUSED, one.line, one.key, said.format(given=words), in_mib(one), see)


def in_mib(one: Setting) -> str:
    """A whole number of MiB for a size with a unit, which old releases do not read everywhere."""
    size = _WITH_UNIT.fullmatch(one.value) if one.key.endswith("Overhead") else None
    return f"write {int(size[1]) << (10 if size[2] in 'gG' else 0)}, a number of MiB" if size else ""


def _too_large(whole: Configuration, text: str) -> list[Lost]:
    """A heap that a JVM refused as the text has it, where it is one that is set and not another that was tried before."""
    found = _TOO_LARGE.search(text) if "heap" in text else None
    if found is None or not whole.settings or whole.lost:
        return []
    heap = f"{found[1]}k" if found[1] else found[2]
    heaps = [one.value for one in whole.settings if one.key.endswith(".memory")]
    if heap and not any(is_same("spark.executor.memory", heap, other) for other in heaps):
        return []
    said, see = LOST[REFUSED]
    return [Lost(REFUSED, _line(text, found.start()), "the job", said.format(given=" ".join(found[0].split())), _ROOM, see)]


def _of_running_servers(text: str) -> Iterator[range]:
    """The lines of parameters that go to a server which runs already: dbt's own session takes them.

    Kyuubi's server starts an engine with them.
    """
    for found in islice(_OF_DBT.finditer(text), _MOST):
        around = _output(text, found)
        if any(method["in"] == found["in"] for method in islice(_OF_ANOTHER_SERVER.finditer(around), _MOST)):
            yield range(_line(text, found.start()) + 1, _line(text, found.end() - 1) + 1)


def _output(text: str, found: re.Match[str]) -> str:
    """The fields beside one, of the same output: up to a line that is further out on either side."""
    outer = re.compile(rf"^[ \t]{{0,{max(0, len(found['in']) - 1)}}}[^\s#][^\n]*$", re.MULTILINE)
    begun = max(0, found.start() - _NEAR)
    above = [one.end() for one in outer.finditer(text, begun, found.start())]
    below = outer.search(text, found.end(), found.end() + _NEAR)
    return text[above[-1] if above else begun : below.start() if below else found.end() + _NEAR]


_SHOWN = "refused, as the text shows: the session runs already"
_WRITE = "set it before the session is made, in the builder, the command or spark-defaults.conf"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
