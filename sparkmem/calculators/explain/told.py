"""What is said of the reading itself: what was lost, what is not known, what was assumed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sparkmem.answer.note import Note
from sparkmem.calculators.explain.doubt import is_a_count
from sparkmem.calculators.explain.idle import LOCAL
from sparkmem.calculators.explain.platform_workers import HOLDS, held
from sparkmem.calculators.explain.reading import Reading, is_size, sized_by
from sparkmem.configuration.lost import IDLE, LOST, NOT_IN_TEXT, REPORTED
from sparkmem.configuration.lost_words import NOT_COMPUTED, OF_PLATFORMS
from sparkmem.configuration.passed_over import ELSEWHERE
from sparkmem.configuration.requested import POD, PROCESS
from sparkmem.configuration.setting import Lost
from sparkmem.given import Given
from sparkmem.spark.containers import LANGUAGES, MANAGERS
from sparkmem.subjects.job.example import PAGE

_FORMATS = PAGE + "#formats"
_LOST = PAGE + "#lost"
_LABELS = {"cluster-manager": "cluster manager", "deploy-mode": "deploy mode", "release": "release", "language": "language"}
_BESIDE = "beside-the-text"
TOLD_FIRST = frozenset({*LOST, _BESIDE, "shell-variable", HOLDS, "not-computed", "nothing-set"})
_MOST_SAID = 12
_LOOK_IT_UP = "“What happened?” reads what came of it."
BY_DEFAULT = "what would hold with Spark's default is shown."
WHATEVER, NO_FIGURE = "what holds with any value is shown.", "no figure holds with any value."
"""What stands in its place where Spark refuses the default."""
OF_THE_TEXT = (_BESIDE, "nothing-set", "not-computed", "set-by-default")
"""Ids of notes that are about a text and not about a job."""


def told_notes(given: Given, reading: Reading, shown: str) -> Iterator[Note]:
    """The remarks on the reading, what is lost first; ``shown`` says what stands where a value is not known."""
    yield from _overruled(given, reading)
    yield from _lost(reading)
    for line, key, reason in reading.read.unknown:
        shell = any(setting.key == key and setting.variables for setting in reading.found.settings)
        id, see = ("shell-variable", _FORMATS) if shell else (NOT_IN_TEXT, _LOST)
        text = f"{_at(line)}{key} {reason}" if shell else f"{_at(line)}{key}: {reason}"
        if is_a_count(key):
            yield Note(id, f"{text}. How many executors there are changes the size of none.", see)
        else:
            yield Note(id, f"{text}. {_capital(shown)}", see, "warning")
    if whole := held(given, reading):
        yield Note(HOLDS, f"{whole} Containers are shown as {_manager(given)} would have them.", PAGE + "#vendors")
    elif reading.runs_on:
        text = f"The job runs on {NOT_COMPUTED[reading.runs_on]}. That is not computed here: containers are shown as"
        yield Note("not-computed", f"{text} {_manager(given)} would have them.", _LOST, "warning")
    if reading.nothing:
        yield Note("nothing-set", f"{_nothing(reading)}: what is shown would hold with Spark's defaults.", _LOST, "warning")
    elif by_default := left_to_spark(given, reading):
        yield Note("set-by-default", by_default, _LOST)
    if reading.read.example:
        yield Note("example", "This is the answer for the example in the box: paste your own there.", _FORMATS)
    elsewhere = ("cluster-manager", "deploy-mode") if reading.runs_on in OF_PLATFORMS else ()
    if assumed := _assumed(given, [name for name in reading.assumed if name not in elsewhere]):
        yield Note("assumed", f"Assumed: {assumed}.", PAGE + "#asked")
    if maximized := sized_by(reading.found):
        text = f"With {maximized} EMR itself writes the sizes of executors and driver where the job sets none."
        yield Note("maximize-resource-allocation", text, _FORMATS, "warning")


def _lost(reading: Reading) -> Iterator[Note]:
    """What is lost, those together of which the same is said."""
    together: dict[tuple[str, str, str, str], list[Lost]] = {}
    for one in reading.read.lost:
        if one.id == REPORTED:
            yield Note(REPORTED, f"{_capital(one.text)}. {_LOOK_IT_UP}", one.see, "warning")
            continue
        # In local mode only a heap has advice of its own, and all that does nothing is one sentence.
        write = "" if one.id in IDLE else one.write.replace(one.key, "KEY")
        together.setdefault((one.id, one.text, write, one.see), []).append(one)
    for (id, text, for_each, see), several in together.items():
        keys, lines = dict.fromkeys(one.key for one in several), sorted({one.line for one in several if one.line})
        write = for_each if len(keys) > 1 and for_each else next((one.write for one in several if one.write), "")
        yield Note(id, said_of(lines, list(keys), text, write), see, "warning")


def _nothing(reading: Reading) -> str:
    """That no size is set, or that of those which the text names none counts."""
    if any(is_size(one.key) for one in reading.read.lost):
        return "No size of any memory that counts was found"
    named = any(is_size(key) for key in reading.unknown)
    return "No size of any memory is known" if named else "No size of any memory was found"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _overruled(given: Given, reading: Reading) -> Iterator[Note]:
    """Where the text says one thing and what was given beside it another; a value may be a secret, a choice is none."""
    both = [f"{_LABELS[name]} {given.text(name)}, not {said}" for name, said in reading.overruled.items() if name in _LABELS]
    both += [name for name in reading.overruled if name not in _LABELS]
    if both:
        text = f"Answered for what was given beside the text, which says otherwise: {', '.join(both)}."
        yield Note(_BESIDE, text, PAGE + "#asked")


def said_of(lines: Sequence[int], keys: Sequence[str], text: str, write: str) -> str:
    """What became of settings, and what to write, as sentences.

    >>> said_of([2], ["spark.executor.memory"], "after the application", "move it")
    'Line 2: spark.executor.memory does not count: after the application. Move it.'
    >>> said_of([2, 5], ["spark.executor.memory", "spark.driver.memory"], "after the application", "")
    'Lines 2, 5: spark.executor.memory, spark.driver.memory do not count: after the application.'
    """
    at = _at(lines[0]) if len(lines) == 1 else f"Lines {_some(lines)}: " if lines else ""
    advice = f" {_capital(write)}." if write else ""
    return f"{at}{_some(keys)} {'does' if len(keys) == 1 else 'do'} not count: {text}.{advice}"


def _some(several: Sequence[object]) -> str:
    """The first of them, and how many more there are."""
    left = len(several) - _MOST_SAID
    return ", ".join(map(str, several[:_MOST_SAID])) + (f" and {left} more" if left > 0 else "")


def _assumed(given: Given, names: Collection[str]) -> str:
    """What nobody said, in a few words; in local mode there is no deploy mode."""
    local = f"{MANAGERS[LOCAL]}, as nothing names a master (a spark-defaults.conf may)"
    words = {
        "cluster-manager": local if given.text("cluster-manager") == LOCAL else MANAGERS[given.text("cluster-manager")],
        "deploy-mode": "" if given.text("cluster-manager") == "local" else f"{given.text('deploy-mode')} mode",
        "language": LANGUAGES[given.text("language")],
        "release": f"Spark {given.release}",
    }
    return ", ".join(words[name] for name in names if words[name])


def _at(line: int) -> str:
    return f"Line {line}: " if line else ""


def _manager(given: Given) -> str:
    return MANAGERS[given.text("cluster-manager")]


def left_to_spark(given: Given, reading: Reading) -> str:
    """The heaps that the job leaves to Spark, where it sets others; but those whose values are not known.

    Where a platform sizes them no default of Spark's holds, and a text of one process says nothing of the others.
    """
    if reading.found.vendor in NOT_COMPUTED:
        return ""
    local = given.text("cluster-manager") == "local"
    keys = [_DRIVER] if local else [_EXECUTOR, _DRIVER]
    old = set(given.settings())
    unset = [key for key in keys if key not in old and key not in reading.unknown]
    named = ", ".join(f"{key} {given.text(key)}" for key in unset)
    process = reading.found.value_said(PROCESS if reading.found.format in _OF_PROCESSES else POD)
    if named and process:
        return f"What was read is {_PROCESSES[process]}'s: of others Spark's default is shown, {named}."
    if named and any(one.reason in ELSEWHERE for one in reading.found.ignored):
        return f"Not set in what was read, and a file that is not in the text may set it: Spark's default is shown, {named}."
    return f"Not set, so Spark's default holds: {named}." if named else ""


_EXECUTOR, _DRIVER = "spark.executor.memory", "spark.driver.memory"
_OF_PROCESSES = ("jvm-command", "any-text")
_PROCESSES = {"executor": "an executor", "driver": "a driver", "am": "an application master"}
