"""What a place of a text says: whose failure it is, and what its numbers and the lines around it make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sparkmem.diagnosis.against import against, available
from sparkmem.diagnosis.beside import beside
from sparkmem.diagnosis.conditions import Number, condition
from sparkmem.diagnosis.context import Context, beyond, context, executor_of, nth_container
from sparkmem.diagnosis.crashed import frame_of
from sparkmem.diagnosis.finding import COMPUTED, MASTER, NOBODY, NOT_TOLD, Finding
from sparkmem.diagnosis.found import LONGEST_QUOTE, Found
from sparkmem.diagnosis.numbers import BYTES, WORDS
from sparkmem.diagnosis.owners import DRIVER, Owner, owner
from sparkmem.diagnosis.process_words import is_of_a_call
from sparkmem.diagnosis.prose import only_guesses
from sparkmem.diagnosis.relayed import relayed
from sparkmem.diagnosis.scan import Place
from sparkmem.diagnosis.signs import signs
from sparkmem.diagnosis.surroundings import in_a_drivers_log, of_a_task, under_heading
from sparkmem.diagnosis.times import time_near, time_of
from sparkmem.diagnosis.whose import program_of
from sparkmem.size import GIB, MIB

_AROUND = 3
_NO_HEAP, _MOST_GIB = MIB, 512
"""A size that no heap has [bytes], and what is no number of GiB for one executor."""
_SAID_IN_FULL = 30
"""Characters, without blanks, of a message that people quote, and do not guess."""
_CONTEXT = ("executor", "host", "task", "stage", "tid", "container", "pod")


def found_at(place: Place, known: Mapping[str, Finding]) -> Found:
    """What a place says, sharpened by its numbers."""
    finding, text = place.rule.finding, place.rule.text
    numbers = place.match.numbers()
    words = {name: one.text for name, one in place.match.found.items() if one.kind in WORDS or name in _CONTEXT}
    block = place.block
    lines = block.text(place.first, place.last)
    around = block.text(place.first - _AROUND, place.first) + "\n" + block.text(place.last, place.last + _AROUND)
    about = block.about(place.first, place.last)
    at = context(f"{about[0][-1]}\n{lines}" if _is_relayed(about[0], lines) else lines, around, beyond(*about))
    if not time_of(lines):
        at = replace(at, time=time_near(about[0][-_AROUND:], about[2][:_AROUND]))
    if in_a_drivers_log(*about):
        at = replace(context(lines, ""), process="driver", time=at.time)
    elif not at.process and (process := under_heading(about[0])):
        at = replace(at, process=process)
    elif not at.process and is_of_a_call(about[0], lines):
        at = replace(at, process=DRIVER)
    own = {name: text for name, text in words.items() if name in _CONTEXT}
    if "executor" in own and not at.process:
        own["process"] = "driver" if own["executor"] == "driver" else "executor"
    at = replace(at, **own) if own else at
    certainty = text.certainty or finding.certainty
    nth = nth_container(lines)
    telling = numbers if nth is None else numbers | {"nth_container": nth}
    around_signs = signs(*about) | beside(*about)
    telling = telling | around_signs
    numbers |= _of_the_whole(numbers, around_signs) | _meant(numbers)
    sharper = next((one for one in finding.sharper if condition(one.when, telling)), None)
    process, region = text.process or finding.process, text.region or finding.region
    if text.process == "driver" and of_a_task(f"{lines}\n{around}"):
        process = "executor"
    if nth == 1 and process == "executor" and not at.executor:
        process = "driver"  # in cluster mode: the application's master
    if sharper:
        finding, certainty = known[sharper.id], COMPUTED if known[sharper.id].certainty != "possible" else "possible"
        process, region = finding.process or process, finding.region
    if "client_master" in telling and process == "driver":
        process = MASTER  # in client mode the driver is in no container of YARN's
    if region in ("node", "python") and (there := available((*about[0], *lines.split("\n"), *about[2]))):
        around_signs["available"] = there
    remote = relayed(about[1]) if region in ("heap", "elsewhere") else None
    whose = Owner() if process else _owner(at, region, about)
    whose = Owner(service=remote) if remote else whose
    at = replace(at, executor=whose.executor) if whose.executor and not at.executor else at
    if process == DRIVER and at.executor and at.executor != DRIVER and not executor_of(lines):
        at = replace(at, executor="", host="", task="", stage="", tid="")  # a neighbour's
    open_ = not (process or whose.known or at.process)
    at_it = "\n".join((*about[0][-1:], lines, beyond(*about))) if open_ else ""
    foreign = program_of(at_it, (*about[0], *lines.split("\n"), *about[2])) if open_ else ""
    whole = (*about[0], *lines.split("\n"), *about[2])
    return Found(
        finding,
        NOBODY if whose.service or foreign else process or whose.process or at.process or NOT_TOLD,
        region,
        certainty,
        {name: value for name, value in numbers.items() if name not in _CONTEXT},
        {**dict.fromkeys(numbers, ""), **{name: one.text for name, one in place.match.found.items()}},
        frozenset((*(name for name, one in place.match.found.items() if one.kind in BYTES), "expected", "meant")),
        _quote(lines),
        place.number,
        at,
        text.releases,
        executors=(at.executor,) if at.executor else (),
        service=whose.service,
        elsewhere=foreign,
        by_stack=bool(foreign),
        more=around_signs,
        guessed=len(place.match) < _SAID_IN_FULL and only_guesses(lines),
        heard=against(finding.id, numbers, whole) or frame_of(finding.id, whole),
    )


def _is_relayed(before: Sequence[str], lines: str) -> bool:
    """Whether the exception is what a task brought that could not fetch: the line before names it, and its executor."""
    return "FetchFailedException" in lines and any("FetchFailed(" in line for line in before[-1:])


def _of_the_whole(numbers: Mapping[str, Number], around: Mapping[str, int]) -> dict[str, Number]:
    """What all tasks of a stage would come to, where some of them brought so much [bytes].

    >>> _of_the_whole({"tasks": 400, "used": 1000}, {"stage_tasks": 1600})
    {'expected': 4000}
    """
    tasks, many = numbers.get("tasks", 0), around.get("stage_tasks", 0)
    return {"expected": int(numbers["used"] * many // tasks)} if 0 < tasks < many and "used" in numbers else {}


def _meant(numbers: Mapping[str, Number]) -> dict[str, Number]:
    """What a heap of a few bytes was meant to be, where its unit is missing: GiB, or MiB where it is a large number [bytes].

    >>> _meant({"given": 8, "least": 471859200}), _meant({"given": 4096, "least": 1}), _meant({"given": 2**28, "least": 1})
    ({'meant': 8589934592}, {'meant': 4294967296}, {})
    """
    given = numbers.get("given", 0)
    if "least" not in numbers or not 0 < given < _NO_HEAP:
        return {}
    return {"meant": int(given) * (GIB if given < _MOST_GIB else MIB)}


def _owner(at: Context, region: str, about: tuple[list[str], str, list[str]]) -> Owner:
    """Whose it is by the container or the stack; what the line itself tells of an executor stands."""
    return owner(region, *about) if not at.process or (region == "container" and not at.executor) else Owner()


def _quote(lines: str) -> str:
    """The lines as they stand there, cut in their middle where they are long."""
    quote = lines.replace("\r", "").strip()
    half = LONGEST_QUOTE // 2
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:half]} … {quote[-half:]}"
