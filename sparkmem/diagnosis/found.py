"""What was found in a text: each finding with its quote, place, numbers and circumstances, and how often it was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sparkmem.diagnosis import tried
from sparkmem.diagnosis.advised import LOCAL_MODE, advised
from sparkmem.diagnosis.conditions import Number, value_of
from sparkmem.diagnosis.context import Context
from sparkmem.diagnosis.finding import CAUSE, CONSEQUENCE, NOBODY, NOT_TOLD, POSSIBLE, Finding
from sparkmem.diagnosis.services import Service
from sparkmem.diagnosis.shares import shares
from sparkmem.diagnosis.worked_out import worked_out

LONGEST_QUOTE = 600
_CLOSE = 12
ONE_JVM = "It is local mode: driver, executor and tasks are one JVM"
ITS_HEAP = (
    ", and no spark.executor.memory is for it. Its heap is"
    " spark.driver.memory where Spark's scripts start it; where another program does, it is that program's -Xmx."
)
"""What is true of every failure of local mode: ``SparkSubmitCommandBuilder.buildSparkSubmitCommand`` sets the heap."""
_DRIVER = "driver"
_OF_JVMS = ("heap", "direct", "metaspace", "overhead/native", "off-heap")


@dataclass(frozen=True)
class Shown:
    """What a text shows of a finding, ``confirms``, ``against``, ``names`` or ``tried``: in words, and the line of it."""

    shows: str
    says: str
    quote: str = ""
    line: int = 0


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
    more: Mapping[str, Number] = field(default_factory=dict)
    """Signs of what stands around, see ``signs`` and ``beside``; ``available`` is what a machine has left [bytes]."""
    elsewhere: str = ""
    """The program that the text names, where it names nothing of Spark."""
    by_stack: bool = False
    """Whether only the lines of the failure name it, and the text speaks of Spark."""
    others: tuple[str, ...] = ()
    """Further processes of which the same is said."""
    service: Service | None = None
    """The program beside Spark's applications whose it was."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """What settings in the text asked for, see ``asked_for`` [bytes, or a count]."""
    apart: str = ""
    """What of its container is heap, where that is told."""
    shown: tuple[Shown, ...] = ()
    """What else the text shows of it, see ``weighed``."""
    until: int = 0
    """The last line that said it, where it was said more than once."""
    guessed: bool = False
    """Whether only a person's guess says so."""
    heard: str = ""
    """Why the words of the text mean this finding, where that is not plain."""

    def again(self, other: Found) -> Found:
        """The same, said once more, perhaps of another executor, or for sure; what is said close by adds what it tells."""
        executors = self.executors
        its_own = other.process != _DRIVER or other.at.executor == _DRIVER
        if other.at.executor and its_own and other.at.executor not in executors:
            executors = (*executors, other.at.executor)
        others = self.others
        if NOT_TOLD != self.process != other.process not in (NOT_TOLD, NOBODY, *others):
            others = (*others, other.process)
        same_line = other.line == (self.until or self.line)
        times, guessed = self.times + (not same_line), self.guessed and other.guessed
        again = replace(self, times=times, executors=executors, others=others, until=other.line, guessed=guessed)
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
            return self.service.changes(self.region, self.more)
        of_its_cause = self.follows and (self.finding.kind == CONSEQUENCE or self.certainty == POSSIBLE)
        if self.elsewhere or of_its_cause:
            return []
        processes = (self.process, *self.others)
        numbers = {**self.more, **self.numbers}
        trials = tried.of([(row.shows, row.quote) for row in self.shown])
        told = [advised(self.finding, one, numbers, self.quote, self.more, self.asked) for one in processes]
        made = [change for number, changes in enumerate(told) for change in changes
                if not any(change in earlier for earlier in told[:number])]  # fmt: skip
        lowered = [change.key for change in self.finding.change if change.value.startswith("0.")]
        return trials.after(made, lowered) if trials.lines else made

    @property
    def says(self) -> str:
        """What the finding says, and that no setting of Spark's is for it where it is another program's."""
        local = LOCAL_MODE in self.more and self.finding.kind == CAUSE
        of_one_jvm = f"{ONE_JVM}{ITS_HEAP if self.region in _OF_JVMS else '.'}" if local else ""
        says = " ".join(filter(None, (self.heard, self.finding.says, of_one_jvm, self.apart)))
        if self.service:
            return f"{says} {self.service.says}"
        if not self.elsewhere:
            return says
        return f"{says} {self._of_another}: no setting of Spark's is for it."

    @property
    def _of_another(self) -> str:
        by_stack = f"The stack is one of {self.elsewhere}"
        return by_stack if self.by_stack else f"The text names {self.elsewhere} and nothing of Spark"

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

    @property
    def figures(self) -> list[str]:
        """What follows from the numbers by arithmetic, in sentences."""
        if self.service or self.elsewhere:
            return []
        of_it = shares(self.process, self.asked)
        return worked_out(self.finding.figure, {**of_it, **self.more, **self.numbers}, self.asked)

    def commands(self, manager: str) -> list[dict[str, str]]:
        """What to look at next, with the names of this text in the commands."""
        names = {"APPLICATION": self.at.application, "CONTAINER": self.at.container, "POD": self.at.pod}
        made = []
        for look in self.finding.look:
            if look.manager and manager and look.manager != manager:
                continue
            if (self.service or self.elsewhere) and ("spark." in look.command or look.manager == "yarn"):
                continue
            command = look.command.replace("spark.executor.", "spark.driver.") if self.process == "driver" else look.command
            for word, name in names.items():
                command = command.replace(word, name) if name else command
            made.append({"what": look.what, "command": command})
        return made


def found_alone(
    finding: Finding, numbers: Mapping[str, Number], quote: str = "", line: int = 1, sizes: Iterable[str] = ()
) -> Found:
    """A finding of which nothing is known but its numbers."""
    return Found(
        finding, finding.process or NOT_TOLD, finding.region, finding.certainty, dict(numbers), dict.fromkeys(numbers, ""),
        frozenset(sizes), quote, line, Context(),
    )  # fmt: skip
