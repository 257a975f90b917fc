"""Every place of a text where something known is said: one way through, each literal looked for once a block.

Lines that differ only in their numbers have one shape.  A shape in which nothing was found is not looked at again, and
one that says the same again and again is only counted: so a log of gigabytes takes little more than being read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.finding import Finding, Text
from sparkmem.diagnosis.lines import AFTER, BEFORE, Block, blocks
from sparkmem.diagnosis.template import Match

_TELLING = re.compile(rb"[A-Za-z]")
"""A shape without a letter, as the marks below a line of Python, may be the first half of a text, and is never dull."""
_MOST_SHAPES = 100_000
_ENOUGH = 12
"""Times after which a shape is only counted, or no longer tried."""


@dataclass(frozen=True)
class Rule:
    """A text of a finding."""

    finding: Finding
    text: Text


@dataclass(frozen=True)
class Place:
    """A text that was found: where its match begins and ends among the lines of a block."""

    rule: Rule
    match: Match
    block: Block
    first: int
    last: int

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.block.numbers[self.first]


Anchors = Mapping[bytes, Sequence[Rule]]
"""The rules by the literal that a text of theirs has."""


def anchored(findings: Iterable[Finding]) -> Anchors:
    """The rules of findings."""
    rules = defaultdict(list)
    for finding in findings:
        for text in finding.text:
            rules[text.template.anchor.encode()].append(Rule(finding, text))
    return dict(rules)


class Scan:
    """The rules, and what has been learnt of a text's shapes."""

    def __init__(self, anchors: Anchors, see: Sequence[Callable[[Block], None]] = ()) -> None:
        """Those of ``see`` are shown each block as it passes."""
        self.anchors = anchors
        self.counted: dict[str, int] = defaultdict(int)
        """How often a finding was said besides, by its id."""
        self.lines = self.bytes = 0
        self._see = see
        self._dull: set[bytes] = {b""}
        self._often: dict[bytes, list[str]] = {}
        self._tried: dict[bytes, int] = defaultdict(int)

    def places(self, read: Callable[[int], bytes]) -> Iterator[Place]:
        """The places of a text in its order, block by block."""
        for block in blocks(read):
            for see in self._see if block.first < block.last else ():
                see(block)
            yield from self._in_block(block)
            if block.numbers:
                self.lines = block.numbers[-1]
            self.bytes += sum(map(len, block.lines[block.first : block.last])) + block.last - block.first

    def _in_block(self, block: Block) -> Iterator[Place]:
        if block.first == block.last:
            return  # more is to come, and what goes on there is not known yet
        shapes = block.shapes
        dull = self._dull
        fresh = [number for number, shape in enumerate(shapes) if shape not in dull]
        if self._often:
            self._count(shapes[block.first : block.last])
        telling = [shapes[number] for number in fresh]
        ends = list(accumulate(map(len, telling)))
        blob = b"".join(telling)
        hits: dict[int, list[Rule]] = defaultdict(list)
        wrapped: set[int] = set()  # each place in `fresh` that a literal goes on from
        for anchor, rules in self.anchors.items():
            at = blob.find(anchor)
            while at >= 0:
                place = bisect_right(ends, at)
                hits[fresh[place]] += rules
                wrapped.update(range(place, bisect_right(ends, at + len(anchor) - 1)))
                at = blob.find(anchor, max(ends[place], at + 1))
        begun = {fresh[place] for place in wrapped}
        whole = bisect_left(fresh, block.last)
        apart = set(telling[:whole])
        apart.difference_update([shapes[number] for number in hits], [telling[place + 1] for place in wrapped])
        dull.update(filter(_TELLING.search, apart))
        if len(dull) > _MOST_SHAPES:
            dull.clear()
        for line in sorted(hits):
            if block.first <= line < block.last:
                yield from self._at(block, line, hits[line], line not in begun)

    def _count(self, shapes: list[bytes]) -> None:
        many = Counter(shapes)
        for shape, ids in self._often.items():
            for id in ids if shape in many else ():
                self.counted[id] += many[shape]

    def _at(self, block: Block, line: int, rules: Iterable[Rule], inside: bool) -> Iterator[Place]:
        """What is said by the texts whose literal stands in a line: of each finding, the text that says most."""
        shape = block.shapes[line]
        if shape in self._dull:
            for id in self._often.get(shape, ()):
                self.counted[id] += 1
            return
        self._tried[shape] += 1
        seen = _Window(block, line)
        longest: dict[str, Place] = {}
        for rule in rules:
            place, id = seen.place(rule), rule.finding.id
            if place and (id not in longest or len(place.match) > len(longest[id].match)):
                longest[id] = place
        found = list(longest.values())
        if inside and self._tried[shape] >= _ENOUGH:
            self._dull.add(shape)
            del self._tried[shape]
            if found:
                self._often[shape] = [place.rule.finding.id for place in found]
        yield from found


class _Window:
    """The lines around one, squeezed, in which a template is tried."""

    def __init__(self, block: Block, line: int) -> None:
        self.block = block
        starts = block.starts
        self.begin = starts[max(0, line - BEFORE)]
        self.text = block.squeezed[self.begin : starts[min(line + AFTER, len(block.lines))]]
        self.at = starts[line] - self.begin
        self.end = starts[line + 1] - self.begin

    def place(self, rule: Rule) -> Place | None:
        """Where a rule's text stands, with its literal in the line; a line that says it twice says it once."""
        template = rule.text.template
        literal = template.literals[template.key]
        at = self.text.find(literal, self.at, self.end + len(literal))
        for _ in range(_ENOUGH):
            if not 0 <= at < self.end:
                break
            match = template.match(self.text, at)
            if match and (not rule.text.when or condition(rule.text.when, match.numbers())):
                first = bisect_right(self.block.starts, self.begin + match.start) - 1
                last = bisect_right(self.block.starts, self.begin + match.end - 1)
                return Place(rule, match, self.block, first, last)
            at = self.text.find(literal, at + 1, self.end + len(literal))
        return None
