"""What was found in a text: each finding with its quote, place, numbers and circumstances, and how often it was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sparkmem.diagnosis.advised import advised
from sparkmem.diagnosis.against import against
from sparkmem.diagnosis.beside import beside
from sparkmem.diagnosis.conditions import Number, condition, value_of
from sparkmem.diagnosis.context import Context, beyond, context, nth_container
from sparkmem.diagnosis.finding import COMPUTED, CONSEQUENCE, NOBODY, NOT_TOLD, POSSIBLE, Finding
from sparkmem.diagnosis.numbers import BYTES, WORDS
from sparkmem.diagnosis.owners import Owner, owner
from sparkmem.diagnosis.relayed import relayed
from sparkmem.diagnosis.scan import Place
from sparkmem.diagnosis.services import Service
from sparkmem.diagnosis.signs import signs
from sparkmem.diagnosis.surroundings import in_a_drivers_log, of_a_task, under_heading
from sparkmem.diagnosis.times import time_near, time_of
from sparkmem.size import GIB, MIB

LONGEST_QUOTE = 600
_AROUND = 3
_CLOSE = 12
_NO_HEAP, _MOST_GIB = MIB, 512
"""A size that no heap has [bytes], and what is no number of GiB for one executor."""
_CONTEXT = ("executor", "host", "task", "stage", "tid", "container", "pod")


@dataclass(frozen=True)
class Found:
    """A finding in a text: the first time that it was said, and how often it was.

    ``numbers`` are bytes, or counts; ``written`` the same as they stand in the text; ``sizes`` names those that are bytes.
    """

    finding: Finding
    process: str
    region: str
    certainty: str
    numbers: Mapping[str, Number]
    written: Mapping[str, str]
    sizes: frozenset[str]
    quote: str
    line: int
    at: Context
    releases: tuple[str, ...] = ()
    times: int = 1
    executors: tuple[str, ...] = ()
    follows: str = ""
    not_found: tuple[str, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    """Signs of what stands around, see ``signs``."""
    elsewhere: str = ""
    """The program that the text names, where it names nothing of Spark."""
    others: tuple[str, ...] = ()
    """Further processes of which the same is said."""
    service: Service | None = None
    """The program beside Spark's applications whose it was."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """What settings in the text asked for, see ``asked_for`` [bytes, or a count]."""
    apart: str = ""
    """What of its container is heap, where that is told."""
    heard: str = ""
    """Why the words of the text mean this finding, where that is not plain."""

    def again(self, other: Found) -> Found:
        """The same, said once more, perhaps of another executor, or for sure; what is said close by adds what it tells."""
        executors = self.executors
        if other.at.executor and other.at.executor not in executors:
            executors = (*executors, other.at.executor)
        others = self.others
        if NOT_TOLD != self.process != other.process not in (NOT_TOLD, NOBODY, *others):
            others = (*others, other.process)
        again = replace(self, times=self.times + 1, executors=executors, others=others)
        if self.certainty == POSSIBLE != other.certainty:
            again = replace(again, certainty=other.certainty, quote=other.quote, line=other.line, at=other.at)
        if self.process == NOT_TOLD and other.line - self.line <= _CLOSE:
            again = replace(again, process=other.process, service=other.service)
        if other.line - self.line > _CLOSE or not set(other.numbers) - set(self.numbers):
            return again
        return replace(
            again,
            numbers={**other.numbers, **self.numbers},
            written={**other.written, **self.written},
            sizes=self.sizes | other.sizes,
        )

    @property
    def changes(self) -> list[dict[str, str]]:
        """What to change, with the values that the numbers come to; of the process that the text tells.

        Nothing of a consequence whose cause was found: what is to be changed is the cause's.
        """
        if self.service:
            return self.service.changes(self.region)
        of_its_cause = self.finding.kind == CONSEQUENCE and self.follows
        if self.elsewhere or of_its_cause:
            return []
        processes = (self.process, *self.others)
        told = [advised(self.finding, one, self.numbers, self.quote, self.more, self.asked) for one in processes]
        return [change for number, changes in enumerate(told) for change in changes
                if not any(change in earlier for earlier in told[:number])]  # fmt: skip

    @property
    def says(self) -> str:
        """What the finding says, and that no setting of Spark's is for it where it is another program's."""
        says = " ".join(filter(None, (self.heard, self.finding.says, self.apart)))
        if self.service:
            return f"{says} {self.service.says}"
        if not self.elsewhere:
            return says
        return f"{says} The text names {self.elsewhere} and nothing of Spark: no setting of Spark's is for it."

    @property
    def inputs(self) -> dict[str, str]:
        """What the calculator is asked, with the numbers filled in."""
        given = dict(self.finding.calculator.get("inputs", {}))
        return {name: text for name, wanted in given.items() if (text := self._filled(str(wanted)))}

    def _filled(self, wanted: str) -> str:
        name = wanted.strip("{}")
        if name == wanted:
            return wanted
        return value_of(name, self.numbers) if name in self.sizes else str(self.numbers.get(name, ""))

    def commands(self, manager: str) -> list[dict[str, str]]:
        """What to look at next, with the names of this text in the commands."""
        names = {"APPLICATION": self.at.application, "CONTAINER": self.at.container, "POD": self.at.pod}
        made = []
        for look in self.finding.look:
            if look.manager and manager and look.manager != manager:
                continue
            if (self.service or self.elsewhere) and "spark." in look.command:
                continue
            command = look.command.replace("spark.executor.", "spark.driver.") if self.process == "driver" else look.command
            for word, name in names.items():
                command = command.replace(word, name) if name else command
            made.append({"what": look.what, "command": command})
        return made


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
        process = NOT_TOLD  # in client mode the driver is in no container of YARN's
    remote = relayed(about[1]) if region in ("heap", "elsewhere") else None
    whose = Owner() if process else _owner(at, region, about)
    whose = Owner(service=remote) if remote else whose
    at = replace(at, executor=whose.executor) if whose.executor and not at.executor else at
    return Found(
        finding,
        NOBODY if whose.service else process or whose.process or at.process or NOT_TOLD,
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
        more=around_signs,
        heard=against(finding.id, numbers, (*about[0], *lines.split("\n"), *about[2])),
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


def found_alone(
    finding: Finding, numbers: Mapping[str, Number], quote: str = "", line: int = 1, sizes: Iterable[str] = ()
) -> Found:
    """A finding of which nothing is known but its numbers."""
    return Found(
        finding, finding.process or NOT_TOLD, finding.region, finding.certainty, dict(numbers), dict.fromkeys(numbers, ""),
        frozenset(sizes), quote, line, Context(),
    )  # fmt: skip


def _quote(lines: str) -> str:
    """The lines as they stand there, cut in their middle where they are long."""
    quote = lines.replace("\r", "").strip()
    half = LONGEST_QUOTE // 2
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:half]} … {quote[-half:]}"
