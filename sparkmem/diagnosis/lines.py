"""A text in blocks of lines, of any length and with bounded memory; each line with its number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from sparkmem.diagnosis.cleaned import SOFT, cleaned
from sparkmem.diagnosis.template import DROPPED, squeezed

BLOCK = 1 << 20
FIRST_BLOCK = 1 << 16
"""The first blocks are small, each twice as large as the one before: what a text says again and again is known by then."""
LONGEST_LINE = 4000
"""A longer one is cut: what belongs together is found across the cut."""
BEFORE, AFTER = 6, 24
"""Lines that are seen beside the one where a text begins."""
FURTHER = 60
"""Lines around it that may say whose it is."""
_SHAPELESS = bytes(sorted({*DROPPED.encode("ascii", "ignore"), *b"0123456789\x0b"} - {*b"\n"}))


_NARROWEST = 60
"""Columns of a terminal that wraps what is longer."""
_TIME = re.compile(rb"[ \t]{0,80}[0-9]{2,4}[-/:][0-9]{2}[-/:]")


@dataclass(frozen=True)
class Block:
    """Lines of a text: those from ``first`` to before ``last`` are new, the others are seen with them."""

    lines: list[bytes]
    numbers: list[int]
    first: int
    last: int

    @cached_property
    def shapes(self) -> list[bytes]:
        """Each line without blanks, quotes and digits: lines of a log that say the same have the same."""
        return self.joined.translate(None, _SHAPELESS).split(b"\n")

    @cached_property
    def joined(self) -> bytes:
        """All lines, those that are only seen as well."""
        return b"\n".join(self.lines)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each line ends in all of them joined, with its end."""
        return ends_of(self.lines)

    def places(self, letters: Iterable[bytes]) -> list[int]:
        """The new lines in which one of some letters stands."""
        return [place for place in self.all_places(letters) if self.first <= place < self.last]

    def all_places(self, letters: Iterable[bytes]) -> list[int]:
        """The lines in which one of some letters stands, those that are only seen as well."""
        held = [one for one in letters if one in self.joined]
        return places_of(self.joined, self._ends, held) if held else []

    @cached_property
    def squeezed(self) -> str:
        """All lines in one, without what counts for nothing."""
        return "".join(self._squeezed)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in it, and where the last one ends."""
        return [0, *accumulate(map(len, self._squeezed))]

    @cached_property
    def _squeezed(self) -> list[str]:
        """Each of them; a number at the end of one runs on into the next where it was wrapped."""
        found: list[str] = squeezed(self._text, but="\n").split("\n")
        for number in range(1, len(found)):
            if found[number][:1].isdigit() and found[number - 1][-1:].isdigit() and not self._wrapped(number - 1):
                found[number] = f"\x1f{found[number]}"
        return found

    @cached_property
    def _text(self) -> str:
        return self.joined.decode("utf-8", "replace")

    @cached_property
    def _decoded(self) -> list[str]:
        return self._text.split("\n")

    def _wrapped(self, number: int) -> bool:
        """Whether a line is as long as one beside it, or long and longer than the next, which does not begin with a time."""
        line, following = self.lines[number], self.lines[number + 1]
        if _TIME.match(following):
            return False
        as_long = len(line) in (len(following), *map(len, self.lines[max(0, number - 1) : number]))
        return as_long or _NARROWEST <= len(line) > len(following)

    def text(self, first: int, last: int) -> str:
        """Lines as text."""
        return "\n".join(self._decoded[max(0, first) : last])

    def about(self, first: int, last: int) -> tuple[list[str], str, list[str]]:
        """The lines before, as many as ``FURTHER``, the first of them themselves, and as many after."""
        return self._decoded[max(0, first - FURTHER) : first], self._decoded[first], self._decoded[last : last + FURTHER]


def ends_of(lines: Sequence[bytes]) -> list[int]:
    """Where each line ends where all are joined, with its end.

    >>> ends_of([b"a", b"", b"bc"])
    [2, 3, 6]
    """
    return list(accumulate(len(line) + 1 for line in lines))


def places_of(joined: bytes, ends: Sequence[int], letters: Iterable[bytes]) -> list[int]:
    """The lines in which one of some letters stands, in their order; they hold no end of a line.

    >>> places_of(b"ab ab\\nc\\nb", [6, 8, 10], (b"c", b"b"))
    [0, 1, 2]
    """
    found = set[int]()
    for one in letters:
        at = joined.find(one)
        while at >= 0:
            place = bisect_right(ends, at)
            found.add(place)
            at = joined.find(one, ends[place])
    return sorted(found)


def blocks(read: Callable[[int], bytes]) -> Iterator[Block]:
    """The blocks of what ``read`` gives, which is asked for a number of bytes at a time until nothing comes."""
    lines: list[bytes] = []
    numbers: list[int] = []
    known, number = 0, 1
    rest, at_end, size = b"", False, FIRST_BLOCK
    while not at_end:
        chunk = read(size)
        size = min(2 * size, BLOCK)
        at_end = not chunk
        whole, rest = _whole_lines(rest + chunk, at_end)
        ends = not whole or whole.endswith(b"\n")
        whole = cleaned(whole)
        new = whole.split(b"\n")
        if ends:
            new.pop()
        if SOFT in whole or len(max(new, key=len, default=b"")) > LONGEST_LINE:
            for at, line in enumerate(new, number):
                pieces = _pieces(line)
                lines += pieces
                numbers += [at] * len(pieces)
        else:
            lines += new
            numbers += range(number, number + len(new))
        number += len(new) - (0 if ends else 1)  # a line that was cut goes on
        last = len(lines) if at_end else max(known, len(lines) - AFTER)
        yield Block(lines, numbers, known, last)
        keep = max(0, last - FURTHER)
        lines, numbers, known = lines[keep:], numbers[keep:], last - keep


def _whole_lines(data: bytes, at_end: bool) -> tuple[bytes, bytes]:
    """What ends with a line, and what is still to come; a line that does not end is cut."""
    if at_end:
        return data, b""
    cut = data.rfind(b"\n") + 1
    return (data[:cut], data[cut:]) if cut or len(data) < 2 * BLOCK else (data, b"")


def _pieces(line: bytes) -> list[bytes]:
    return [
        part[at : at + LONGEST_LINE] for part in line.split(SOFT) for at in range(0, len(part) or 1, LONGEST_LINE)
    ]  # fmt: skip


def of_text(text: str) -> Callable[[int], bytes]:
    """What reads a text that is here already."""
    data, at = text.encode("utf-8", "replace"), 0

    def read(many: int) -> bytes:
        nonlocal at
        at += many
        return data[at - many : at]

    return read
