"""What a program threw, where no text of memory is known: the innermost exception of the first failure that ended it.

An exception that only wraps another, or that says no more than that somebody else is gone, is not what ended a program.
What a log writes as a warning ended nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sparkmem.diagnosis.context import Context, beyond, context
from sparkmem.diagnosis.finding import CAUSE, CONSEQUENCE, NOT_TOLD, POSSIBLE, Finding, Look
from sparkmem.diagnosis.found import LONGEST_QUOTE, Found, found_alone
from sparkmem.diagnosis.innermost import innermost
from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.other_kinds import kind_of
from sparkmem.diagnosis.owners import DRIVER, EXECUTOR
from sparkmem.diagnosis.signs import signs
from sparkmem.diagnosis.times import time_near, time_of

RAISED, CUT = "program-exception", "connection-failed"
"""The findings of an exception that has nothing to do with memory, and of a connection that failed."""
_NAMES = (b"Exception", b"Error", b"NotFound")
_FRAME = re.compile(r"[ \t]{0,40}(?:at [\w$./]{1,400}\(|\.\.\. [0-9]|File \"|~\[|-{2,})")
_CHAINED = re.compile(r"[ \t]{0,40}Caused by: ")
_LEVEL = re.compile(r"(?<![\w.])(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)(?![\w.])")
_QUIET = frozenset(("TRACE", "DEBUG", "INFO", "WARN", "WARNING"))
_ENDED_BY = re.compile(
    r"User class threw exception|Exception in thread \"main\"|Job aborted|Exception in task [0-9]|Lost task [0-9]"
    r"|An error occurred while calling|Error initializing SparkContext|^[ \t]{0,40}: [a-z]|[Ss]park\.errors\.exceptions"
    r"|spark\.sql\.utils\.\w{1,40}Exception|User application exited|Error in query|\bterminated with error\b"
)
_CONNECTION = re.compile(
    r"\b(?:Socket|Connect|Connection|Timeout|ConnectTimeout|SocketTimeout|HttpHostConnect|ConnectionPoolTimeout|TTransport|SdkClient"
    r"|KafkaTimeout|NoRouteToHost)\w{0,12}(?:Exception|Error)\b"
)
_OF_A_NOTEBOOK = re.compile(r"\w{1,80}(?:Exception|Error): ")
"""What a notebook shows of an exception, above its traceback."""
_TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
_OF_A_DRIVER = re.compile(r"(?:Analysis|Parse)Exception|User class threw|Exception in thread \"main\"")
_IN_A_TASK = re.compile(
    r"Task [0-9]{1,9} in stage [0-9]|task [0-9]{1,9}\.[0-9]{1,4} in stage|pyspark/worker\.py"
)
REPORTS = frozenset((
    "application-failed", "job-aborted", "yarn-am-failed", "context-stopped", "livy-dead", "command-exited",
    "airflow-sigterm", "gateway-exited",
))  # fmt: skip
"""Consequences that an exception of the program's has as well; another one before it may be why it was thrown."""
_PUBLIC = re.compile(
    r"(?<![\w.])(?:javax?|scala|org\.apache|pyspark|com\.amazonaws|com\.databricks)\.[\w.$]{1,200}"
    r"|^[ \t]{0,8}\w{1,80}: "
)
"""Classes that are no secret of a program's, and those of Python."""
_NO_SIZE = "No size of Spark's changes that."
_MOST_CHAIN, _NEAR_LEVEL, _LONGEST, _MOST_SHAPES = 400, 3, 2000, 100_000
_AROUND, _OF_TRACEBACK, _BELOW = 8, 60, 6


@dataclass
class Raised:
    """The exception that was thrown first among those that ended something, the innermost of its chain."""

    line: int = 0
    quote: str = ""
    name: str = ""
    sure: bool = False
    """A line says that it ended the program, a task or a call."""
    times: int = 0
    cut: tuple[int, str] = (0, "")
    """The line, with its number, of a connection that failed or waited too long where that ended something."""
    perhaps: tuple[int, str] = (0, "")
    """The same of a line that is an error of a log, or a cause, and does not say what it ended."""
    _began: int = 0
    _open: bool = False
    _dull: set[bytes] = field(default_factory=set)
    _about: tuple[list[str], str, list[str]] = field(default_factory=lambda: ([], "", []))
    """The lines before what was thrown, itself, and those after: a chain may go on, so they are read at the end."""

    def see(self, block: Block) -> None:
        """Takes the new lines of a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Raised()
        >>> text = 'Exception in thread "main" a.RuntimeException: a\\n\\tat a.b(B:1)\\nCaused by: a.NoException: y'
        >>> for block in blocks(of_text(text)):
        ...     seen.see(block)
        >>> seen.line, seen.name, seen.sure
        (3, 'NoException', True)
        """
        shapes, dull = block.shapes, self._dull
        for place in block.places(_NAMES):
            line = block.lines[place]
            if shapes[place] in dull:
                continue
            if not self._take(block, place, line[:_LONGEST].decode("utf-8", "replace")) and len(dull) < _MOST_SHAPES:
                dull.add(shapes[place])

    def _take(self, block: Block, place: int, line: str) -> bool:
        """Whether a line names what was thrown."""
        if _FRAME.match(line):
            return False
        name, inner = innermost(line)
        if not name:
            return False
        number, chained = block.numbers[place], bool(_CHAINED.search(line))
        if self.line and chained and self._open and number - self._began <= _MOST_CHAIN:
            if inner:
                self._keep(block, place, name)
            return True
        before, _, after = block.about(place, place + 1)
        sure = _is_sure(line, before, after)
        self._open = False
        if sure and not inner and not self.cut[0] and _CONNECTION.search(line):
            self.cut = number, line.strip()[:LONGEST_QUOTE]
        elif not sure and not inner and not self.perhaps[0] and _CONNECTION.search(line):
            level = _level(line, before)
            if level not in _QUIET and (level or chained):
                self.perhaps = number, line.strip()[:LONGEST_QUOTE]
        if (self.line and self.name and not (sure and not self.sure)) or (not sure and _level(line, before) in _QUIET):
            return True
        self._open, self._began = True, number
        if inner:
            self.sure = sure
            self._keep(block, place, name)
        elif not self.name or sure:
            self.line, self.sure, self.name = number, sure, ""
        return True

    def _keep(self, block: Block, place: int, name: str) -> None:
        self._about = block.about(place, place + 1)
        self.line, self.quote, self.name = block.numbers[place], self._about[1].strip()[:LONGEST_QUOTE], name
        self.times = 1

    @property
    def at(self) -> Context:
        """What the words around it say."""
        before, line, after = self._about
        around = "\n".join((*before[-_AROUND:], *after[:_AROUND]))
        at = context(line, around, beyond(before, line, after))
        if not time_of(line):
            at = replace(at, time=time_near(before[-_AROUND:], after[:_AROUND]))
        if not at.process and (_OF_A_DRIVER.search(line) or "driver_python" in signs(before, line, after)):
            at = replace(at, process=DRIVER)
        elif not at.process and _IN_A_TASK.search(line):
            at = replace(at, process=EXECUTOR)
        return at

    def ended(self, others: Iterable[Found]) -> bool:
        """Whether it is what ended the program, beside what else was found: no cause, and nothing gone before it."""
        if not self.name:
            return False
        failed = False
        for one in others:
            kind, id = one.finding.kind, one.finding.id
            if kind == CAUSE or (kind == CONSEQUENCE and id not in REPORTS and one.line < self.line):
                return False
            failed |= kind == CONSEQUENCE
        return self.sure or failed

    def found(self, finding: Finding) -> Found:
        """That it was thrown, by whom the words around it say."""
        one, at = found_alone(finding, {}, self.quote, self.line), self.at
        executors = (at.executor,) if at.executor else ()
        known = _PUBLIC.search(self.quote)
        heard = f"It is {self.name}; the text tells of nothing that ran out." if known else ""
        kind = kind_of(self.name, self.quote)
        if kind:
            title = f"{kind.title}, which is not about memory"
            look = (Look(kind.do), *finding.look)
            one = replace(one, finding=replace(finding, title=title, says=f"{kind.says} {_NO_SIZE}", look=look))
        return replace(one, at=at, process=at.process or NOT_TOLD, executors=executors, heard=heard)


    def failed_connection(self, finding: Finding) -> Found | None:
        """That a connection failed or waited too long, where nothing else tells why; None where none did."""
        number, quote = self.cut if self.cut[0] else self.perhaps
        if not number or (self.name and self.sure):
            return None
        at = context(quote, "")
        executors = (at.executor,) if at.executor else ()
        one = replace(found_alone(finding, {}, quote, number), at=at, process=at.process or NOT_TOLD, executors=executors)
        return one if self.cut[0] else replace(one, certainty=POSSIBLE)


def _level(line: str, before: list[str]) -> str:
    """The level at which a log has a line, or the nearest line above that has one."""
    for text in (line, *reversed(before[-_NEAR_LEVEL:])):
        if match := _LEVEL.search(text[:200]):
            return match[1]
    return ""


def _is_sure(line: str, before: list[str], after: list[str]) -> bool:
    if _ENDED_BY.search(line) or any(map(_ENDED_BY.search, before[-2:])):
        return True
    if _OF_A_NOTEBOOK.match(line) and any(map(_TRACEBACK.search, after[:_BELOW])):
        return True
    return any(map(_TRACEBACK.search, before[-_OF_TRACEBACK:]))
