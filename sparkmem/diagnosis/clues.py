"""What stands anywhere in a text and decides between causes: each clue with its number, its line and its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sparkmem.diagnosis.clues_known import CLUES, Clue
from sparkmem.diagnosis.conditions import Number
from sparkmem.diagnosis.lines import Block, ends_of, places_of
from sparkmem.diagnosis.prose import proposals, trial
from sparkmem.diagnosis.redacted import SECRETS

_LONGEST, _QUOTED, _MOST_SHAPES, _MOST_TRIED = 2000, 240, 100_000, 8
_AROUND = 80
"""Bytes on both sides of what is quoted, but where other options stand beside it."""
_SECRET = re.compile(
    rf"(?i)((?:{SECRETS})[\w.-]{{0,40}}[\"' ]{{0,3}}[=:][\"' ]{{0,3}})"
    r"[^\s\"',;&]{1,400}"
)
_MAY_PROPOSE = (b"memory", b"workers", b"executors", b"nodes", b"overhead", b"heap", b"timeout", b"cores", b"interval")
_A_SIZE = re.compile(rb"[0-9] ?gi?b?\b")
"""Of which one stands, in small letters, in what is proposed about memory."""
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
        lines = [block.lines[place][:_LONGEST] for place in fresh]
        telling, trying, proposing = _that_may_tell(lines)
        for at, place in enumerate(fresh):
            line, number = lines[at], block.numbers[place]
            told = at in telling and self._take(telling[at], line, number)
            told |= at in trying and self._try(line, number)
            told |= at in proposing and self._propose(line, number)
            if not told and len(dull) < _MOST_SHAPES:
                dull.add(shapes[place])

    def _take(self, clues: Iterable[Clue], line: bytes, number: int) -> bool:
        told = False
        for clue in clues:
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
        if len(self.tried) >= _MOST_TRIED:
            return False
        told = trial(line.decode("utf-8", "replace"))
        if not told:
            return False
        self.tried.append(Seen(1, number, _words(told.encode())))
        return True

    def _propose(self, line: bytes, number: int) -> bool:
        if len(self.proposed) >= _MOST_TRIED:
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


def _that_may_tell(lines: Sequence[bytes]) -> tuple[dict[int, list[Clue]], set[int], set[int]]:
    """By the letters in them: the clues of each line, the lines that may tell of a trial, and of what is proposed."""
    blob, ends = b"\n".join(lines), ends_of(lines)
    telling: dict[int, list[Clue]] = {}
    for clue in CLUES:
        if any(map(blob.__contains__, clue.letters)):
            for at in places_of(blob, ends, clue.letters):
                telling.setdefault(at, []).append(clue)
    trying = set(places_of(blob, ends, _MAY_TRY))
    small = blob.lower()
    proposing = set(places_of(small, ends, _MAY_PROPOSE))
    begin = 0
    while size := _A_SIZE.search(small, begin):
        at = bisect_right(ends, size.start())
        proposing.add(at)
        begin = ends[at]
    return telling, trying, proposing


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
