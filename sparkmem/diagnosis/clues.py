"""What stands anywhere in a text and decides between causes: each clue with its number, its line and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sparkmem.diagnosis.clues_known import CLUES, Clue
from sparkmem.diagnosis.conditions import Number
from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.prose import proposals, trial
from sparkmem.diagnosis.redacted import SECRETS

_LONGEST, _QUOTED, _MOST_SHAPES, _MOST_TRIED = 2000, 240, 100_000, 8
_AROUND = 80
"""Bytes on both sides of what is quoted, but where other options stand beside it."""
_SECRET = re.compile(
    rf"(?i)((?:{SECRETS})[\w.-]{{0,40}}[\"' ]{{0,3}}[=:][\"' ]{{0,3}})"
    r"[^\s\"',;&]{1,400}"
)
_MAY_PROPOSE = re.compile(rb"(?i)memory|workers|executors|nodes|overhead|heap|timeout|cores|[0-9] ?gi?b?\b|interval")
"""Of which one stands in what is proposed about memory."""
_MAY_TRY = (b"same", b"gain", b"lready", b"->", b"=>", b" to ", b"nstead", b"\xe2\x86\x92",
            b"no ", b"n't", b"not ", b"nothing", b"without", b"still", b"avail", b"vain", b"lso", b"n\xe2\x80\x99t")


@dataclass(frozen=True)
class Seen:
    """A clue in a text: the number of its line, from 1, and the line's words; ``value`` is 1 where it has no number."""

    value: Number
    line: int
    quote: str


@dataclass
class Clues:
    """The clues of a text by their names: of each the first, of some the last or the largest."""

    seen: dict[str, Seen] = field(default_factory=dict)
    tried: list[Seen] = field(default_factory=list)
    proposed: list[Seen] = field(default_factory=list)
    """What somebody means to do."""
    _dull: set[bytes] = field(default_factory=set)
    """Shapes of lines that hold no clue: a log has few, said again and again."""

    def see(self, block: Block) -> None:
        """Takes the new lines of a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> found = Clues()
        >>> for block in blocks(of_text("constraint=CONSTRAINT_NONE,\\n8126464 pages RAM\\n16g now, no change")):
        ...     found.see(block)
        >>> {name: one.value for name, one in found.seen.items()}, len(found.tried)
        ({'constraint_none': 1, 'ram_pages': 8126464}, 1)
        """
        dull, shapes = self._dull, block.shapes
        fresh = [place for place in range(block.first, block.last) if shapes[place] not in dull]
        if not fresh:
            return
        blob = b"\n".join([block.lines[place] for place in fresh])
        telling = [clue for clue in CLUES if any(letters in blob for letters in clue.letters)]
        trying = any(letters in blob for letters in _MAY_TRY)
        for place in fresh:
            line = block.lines[place][:_LONGEST]
            told = self._take(telling, line, block.numbers[place])
            told |= trying and self._try(line, block.numbers[place])
            told |= self._propose(line, block.numbers[place])
            if not told and len(dull) < _MOST_SHAPES:
                dull.add(shapes[place])

    def _take(self, clues: Iterable[Clue], line: bytes, number: int) -> bool:
        told = False
        for clue in clues:
            if not any(letters in line for letters in clue.letters):
                continue
            for name, value, match in clue.found(line):
                told = True
                before = self.seen.get(name)
                if before is None or clue.keep == "last" or (clue.keep == "most" and value > before.value):
                    near = 0 if clue.beside else _AROUND
                    at = line[max(0, match.start() - near) : match.end() + near]
                    cut = match.start() > near, match.end() + near < len(line)
                    words = _whole_words(_words(at), cut[0])
                    self.seen[name] = Seen(value, number, f"{'… ' * cut[0]}{words}{' …' * cut[1]}")
        return told

    def _try(self, line: bytes, number: int) -> bool:
        if len(self.tried) >= _MOST_TRIED or not any(letters in line for letters in _MAY_TRY):
            return False
        told = trial(line.decode("utf-8", "replace"))
        if not told:
            return False
        self.tried.append(Seen(1, number, _words(told.encode())))
        return True

    def _propose(self, line: bytes, number: int) -> bool:
        if len(self.proposed) >= _MOST_TRIED or not _MAY_PROPOSE.search(line):
            return False
        told = proposals(line.decode("utf-8", "replace"))
        self.proposed += [Seen(1, number, _words(one.encode())) for one in told]
        return bool(told)

    @property
    def manager(self) -> str:
        """The cluster manager that the text speaks of; empty where it is none, or both."""
        told = [name for name in ("yarn", "kubernetes") if f"of_{name}" in self.seen]
        return told[0] if len(told) == 1 else ""

    def numbers(self) -> dict[str, Number]:
        """The value of each."""
        return {name: one.value for name, one in self.seen.items()}


def _whole_words(text: str, cut: bool) -> str:
    """The text without the rest of a word at which it was cut.

    >>> _whole_words("hreadPool, jdbc scan", True), _whole_words("hreadPool", True), _whole_words("a b", False)
    ('jdbc scan', 'hreadPool', 'a b')
    """
    return text.partition(" ")[2] or text if cut else text


def _words(line: bytes) -> str:
    """The words of a line, without a value whose name says that it is secret.

    >>> _words(b"--env DB_PASSWORD=hunter2 --memory=1g")
    '--env DB_PASSWORD=… --memory=1g'
    """
    text = _SECRET.sub(r"\1…", line.decode("utf-8", "replace").strip())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]} …"
