"""The last resort, for any text: each known key, option or variable with a value beside or below it, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sparkmem.configuration.beside import ALTERNATIVES, BELOW, KEY, NOT_YET, OPEN_KEY, PAIR
from sparkmem.configuration.carried import JAVA_OPTIONS, carried, safe_name
from sparkmem.configuration.clue import holds
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field, option_of_sparklyr, size_in_words
from sparkmem.configuration.found import Found
from sparkmem.configuration.in_sentences import said
from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS
from sparkmem.configuration.told_not import told_not

FORMAT = "any-text"

_Pair = tuple[str, str, str, int, str]
"""A key, the name that stands for it, its value, the line, and why it does not count; empty where it does."""

_WORKER_SIZE = " vCPU"  # beside the sizes of workers that EMR Serverless starts, which are no settings of Spark's
_BEHIND = re.compile(r"[ \t](?:#|//)[ \t]")
_ASKED = re.compile(r"\b(?:get|unset|contains|has|pop)\w{0,20}\(\s{0,5}[\"']$")  # of a program that reads the key
_ARGUMENTS = re.compile(
    r"(?i:app(?:lication)?|entry_?point|main|program|job)_?(?i:args|arguments)[\"']?\s{0,3}[:=]\s{0,3}[\[(][^\])]*$"
)  # of the application itself
_REMARK = re.compile(r"[ \t]*(?:#(?!\s*spark-submit)|//|--(?:[ \t]|(?i:set)\b)|;|::|(?i:rem)\b|<!--|regexp:)")
_STEPS = re.compile(r"\[[ \t]{0,3}:?[\"']?(\w{1,40})[\"']?[ \t]{0,3}\]")
_STEPPED = re.compile(r"\[[ \t]{0,3}:?[\"']?spark[\"']?[ \t]{0,3}\](?=\[)")
_BREAK = re.compile(r"\\[nrt](?=(?:\\[nrt]){0,3}(?:spark\.|--[a-z]))")  # between the lines of a text in quotes
_ELEMENT = re.compile(r"<(spark\.[\w.]{3,80})>")
_WORDS = ("park", "PARK", "emory", "MEMORY", "xecutor", "river", "memory")
_REQUIRED = "Required "
"""Before the heap in what YARN's Client refuses (``verifyClusterResources``), whose numbers are MiB."""
_ITS_OVERHEAD = re.compile(r"\+(\d{1,9}) MB\)|(?: MB)?\)[^\n]{0,40}? overhead \((\d{1,9}) MB\)")
_SEVERAL = "<several>"
_OF_WHICH = "<of which>"
_OVERHEAD = re.compile(
    r"(?:[-*•] )?\*{0,2}(?i:(?:memory[ _-]?)?overhead)\*{0,2} ?[:=]\*{0,2} ?"
    r"([0-9]{1,9}(?:\.[0-9]{1,3})? ?[kKmMgGtT][iI]?[bB]?|[0-9]{3,6})[ \t\r,.;]*"
)
_NOT_SET = "the words before it say that it is not set"
_FURTHER = "of a further job, whose names begin as those of the job that is read"
_FARTHEST_BELOW = 4
_MINUS = re.compile(r"[ `*_]{0,4}[-−–][ ]{0,2}\d")
_BEFORE, _AFTER = re.compile(r"[*×/=+][ `]{0,3}\(?[ `*_]{0,3}$"), re.compile(r"[ `*_]{0,3}\)[ `]{0,3}[*×/]")
_OWNER, _LONGEST_OWNER = re.compile(r"([\w.-]{1,80})\.$"), 80
_LONGEST_SENTENCE = 4000


def looks_like(text: str) -> bool:
    """Whether any such pair is there."""
    return bool(KEY.search(text) or _STEPPED.search(text) or _BREAK.search(text)) and bool(_pairs(text))


def read(text: str) -> Configuration:
    """The settings, line by line; the last of a key counts, and a line that is a remark says nothing."""
    found = Found(FORMAT)
    for key, name, value, line, reason in _pairs(text):
        if reason:
            found.ignore(line, safe_name(name), reason)
        else:
            _take(key, name, value, line, found)
    if not (found.settings or found.ignored or found.losses):
        raise ConfigurationError("no key of Spark's with a value beside it")
    return found.configuration()


def keys(text: str) -> set[str]:
    """The keys of which it would say something.

    >>> keys("set spark.executor.memory to 8g, num-executors: 3") == {"spark.executor.memory", "spark.executor.instances"}
    True
    """
    return {key for key, *_ in _pairs(text)}


def pairs_of(text: str) -> list[tuple[str, str, str, int]]:
    """Keys, their names, values and lines, without those that do not count."""
    return [pair[:-1] for pair in _pairs(text) if not pair[-1]]


@lru_cache(maxsize=4)  # the same text is asked for its keys, for whether there are some, and for all of it
def _pairs(text: str) -> tuple[_Pair, ...]:
    lines = re.split(r"\r\n|\r|\n", text)
    found = tuple(_of_one_job(_found(lines, _WORKER_SIZE in text)))
    named = {key for key, *_ in found}
    found = (*found, *(pair for pair in _in_sentences(lines) if pair[0] not in named))
    return (*found, *_without_process(lines, {key for key, *_ in found}))


def _without_process(lines: list[str], named: set[str]) -> Iterator[_Pair]:
    """An overhead on a line of its own, of the one process whose heap the text has; of two it is not known which."""
    of = [process for process in ("executor", "driver") if f"spark.{process}.memory" in named]
    if not of or any(key.endswith("memoryOverhead") for key in named):
        return
    if any(line.rstrip().endswith(("{", "[", "(")) for line in lines):  # blocks, which say of which process it is
        return
    for number, line in enumerate(lines, 1):
        if (found := _OVERHEAD.fullmatch(line[:100])) and len(line) < 100:
            value = found[1] if len(of) == 1 else _OF_WHICH
            yield f"spark.{of[0]}.memoryOverhead", "overhead", value, number, ""
            return


def _of_one_job(found: Iterable[tuple[str, _Pair]]) -> Iterator[_Pair]:
    """The pairs, of which those of a further job do not count: names that begin as another's and go on, as Kylin's do."""
    all_of_them = list(found)
    begun = {prefix for prefix, _ in all_of_them if prefix}
    further = {one for one in begun if any(one.startswith((f"{other}-", f"{other}_")) for other in begun)}
    for prefix, pair in all_of_them:
        yield (*pair[:4], _FURTHER) if prefix in further else pair


def _found(lines: list[str], workers: bool) -> Iterator[tuple[str, _Pair]]:
    """Each pair with the name of a tool or a job that stands before its key."""
    for number, line in enumerate(lines, 1):
        if len(line) < 10 or not holds(line, _WORDS) or _REMARK.match(line):
            continue
        line = _spelt_out(_without_remark(line))
        end = 0
        for match in PAIR.finditer(line):
            end = match.end()
            if _ASKED.search(line, max(0, match.start() - 40), match.start()) or (workers and "_" in match[1]):
                continue
            if match[1][0] == "-" and _ARGUMENTS.search(line, max(0, match.start() - 200), match.start()):
                continue
            begun = match.start()
            if _MINUS.match(line, match.end(1)) and _is_of_a_formula(line, begun, end):
                continue
            owned = begun > 0 and line[begun - 1] == "."
            owner = _OWNER.search(line, max(0, begun - _LONGEST_OWNER), begun) if owned else None
            name = match[1].replace("\\", "")
            if key := (key_of_field(owner[0] + name) if owner else "") or _key(name, match[2]):
                value = _SEVERAL if ALTERNATIVES.match(line, end) else match[3] or match[2]
                if line.endswith(_REQUIRED, 0, begun) and value.isdecimal():
                    value += "m"
                yield owner[1] if owner else "", (key, name, value, number, _is_not(line, begun))
                if value == f"{match[2]}m" and (overhead := _beside_the_default(line, end, int(match[2]))):
                    yield "", ("spark.executor.memoryOverhead", "overhead", overhead, number, "")
        last = OPEN_KEY.search(line, max(end, len(line) - 300)) if KEY.search(line, end) else None
        below = _below(lines, number) if last else ""
        if last and below and (key := _key(name := last[1].replace("\\", ""), below)):
            yield "", (key, name, below, number, _is_not(line, last.start()))


def _beside_the_default(line: str, end: int, heap_mib: int) -> str:
    """The overhead that YARN's client says behind a heap, in MiB; empty where Spark would take it by itself."""
    found = _ITS_OVERHEAD.match(line, end)
    if found is None:
        return ""
    overhead = found[1] or found[2]
    by_default = {max(384, int(heap_mib * factor)) for factor in (0.06, 0.07, 0.1, 0.4)}
    return "" if int(overhead) in by_default else f"{overhead}m"


def _is_of_a_formula(line: str, start: int, end: int) -> bool:
    """Whether what stands there is computed with, so that the number behind a minus is no size of the key's."""
    return bool(_BEFORE.search(line[max(0, start - 12) : start]) or _AFTER.match(line, end))


def _is_not(line: str, at: int) -> str:
    return _NOT_SET if told_not(line, at) else ""


def _in_sentences(lines: list[str]) -> Iterator[_Pair]:
    """What is said without the names of settings; of several values of one none is known to hold."""
    told: dict[str, list[_Pair]] = {}
    for number, line in enumerate(lines, 1):
        if len(line) < _LONGEST_SENTENCE and (sayings := said(line)) and not _REMARK.match(line):
            for key, name, value, start in sayings:
                told.setdefault(key, []).append((key, name, value, number, _is_not(line, start)))
    for pairs in told.values():
        values = {size_in_words(pair[2]) for pair in pairs}
        yield pairs[0] if len(values) == 1 else (*pairs[0][:2], _SEVERAL, *pairs[0][3:])


def _below(lines: list[str], number: int) -> str:
    """The value that stands by itself below a line; empty where there is none."""
    for line in lines[number : number + _FARTHEST_BELOW]:
        if value := BELOW.match(line[:400]):
            return value[1]
        if not NOT_YET.match(line[:400]):
            break
    return ""


def _spelt_out(line: str) -> str:
    """The line with ``a["spark"]["executor"]["memory"]`` and ``<spark.executor.memory>`` with dots, ``\\n`` a blank."""
    if "\\" in line:
        line = _BREAK.sub("  ", line)
    if "<spark." in line:
        line = _ELEMENT.sub(r"\1: ", line)
    if "][" in line and (stepped := _STEPPED.search(line)):
        with_dots = _STEPS.sub(r".\1", line[stepped.start() :])
        line = f"{line[: stepped.start()]} {with_dots.removeprefix('.')}"
    return line


def _without_remark(line: str) -> str:
    """The line up to a remark behind it, which a quote around would make a part of a value."""
    remark = _BEHIND.search(line)
    begun = line[: remark.start()] if remark else ""
    return begun if begun and not (begun.count('"') % 2 or begun.count("'") % 2) else line


def _key(name: str, value: str) -> str:
    """The key that a name stands for, where the value may be one of it: options of a JVM are of few keys' kind."""
    known = OPTIONS.get(name) or OPTIONS.get(ENVIRONMENT.get(name, ""))
    known = known or (name if name.startswith("spark.") else key_of_field(name))
    known = known or (name if option_of_sparklyr(name) else key_of_field(name.replace(".", "_")))
    if (value[0] == "-" and known not in JAVA_OPTIONS) or (known in JAVA_OPTIONS and value[0] not in "-$<{"):
        return ""
    return known


_HOLES = {_SEVERAL: "the text names several", _OF_WHICH: "the text does not say of which process it is"}


def _take(key: str, name: str, value: str, line: int, found: Found) -> None:
    if value[0] in "$<{":
        found.ignore(line, safe_name(name), "the value is not in the text")
        found.hole(key, line, _HOLES.get(value, "a variable or a template fills it in"))
        return
    if key not in JAVA_OPTIONS and (" " in value or " " in name or "." not in name):
        value = size_in_words(value)
    found.setting(key, value.lower() if value[0] in "tTfF" else value, line, name)
    if carried(key):
        found.remark(line, safe_name(name), "found beside its key, in no form that we know")
