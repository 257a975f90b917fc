"""Chains of exceptions: one that is caused by another is one event with it, and the innermost that is known comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sparkmem.diagnosis.finding import CAUSE, CONSEQUENCE, NOT_TOLD, POSSIBLE
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.lines import Block

_CAUSED = b"Caused by: "
_FRAME = re.compile(rb"(?:^|[\t ]|: )(?:at [\w$./<>]{1,400}\(|\.\.\. [0-9]{1,4} (?:more|common))|^[ \t\r]{0,80}$")
_LOGGED = re.compile(rb"\b(?:DEBUG|INFO|WARN|ERROR|FATAL)\b {1,4}(?:\[[^\]]{0,80}\] )?[\w.$]{1,120}(?:: | - )")
_MOST_APART, _MOST_WORDS, _MOST, _LONGEST = 400, 12, 10_000, 2000
_Number = int


@dataclass
class Chains:
    """The chain of each line [number, from 1] that is in one: its head, and each line that says by what it was caused."""

    of: dict[_Number, _Number] = field(default_factory=dict)
    _head: int = 0
    _chain: int = 0
    """The head of the chain that is open; 0 where none is."""
    _words: int = 0

    def see(self, block: Block) -> None:
        """Takes the new lines of a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Chains()
        >>> text = "a.B: x\\n\\tat a.B.c(B.scala:1)\\nCaused by: d.E: y\\nINFO F: g\\nh.I: z\\nCaused by: j.K"
        >>> for block in blocks(of_text(text)):
        ...     seen.see(block)
        >>> seen.of
        {1: 1, 3: 1, 5: 5, 6: 5}
        """
        if _CAUSED not in block.joined:
            return
        first = block.first
        for place in (*block.places((_CAUSED,)), block.last):
            self._between(block, first, place)
            if place < block.last:
                if _CAUSED in block.lines[place][:_LONGEST]:
                    self._member(block.numbers[place])
                else:
                    self._between(block, place, place + 1)
            first = place + 1

    def _between(self, block: Block, first: int, last: int) -> None:
        """Takes lines that name no cause: where no chain is open, the last that is no frame is the head of the next."""
        at = first
        while self._chain and at < last:
            line = block.lines[at][:_LONGEST]
            if not _FRAME.search(line):
                self._words += 1
                if self._words > _MOST_WORDS or _LOGGED.search(line):
                    self._chain, self._head = 0, block.numbers[at]
            at += 1
        for place in range(last - 1, at - 1, -1):
            if not _FRAME.search(block.lines[place][:_LONGEST]):
                self._head = block.numbers[place]
                break

    def _member(self, number: int) -> None:
        if not self._chain:
            self._chain = self._head if self._head and number - self._head <= _MOST_APART else number
        self._words = 0
        if len(self.of) < _MOST:
            self.of[self._chain] = self.of[number] = self._chain

    def one_event(self, found: Mapping[str, Found]) -> dict[str, Found]:
        """The findings, where of each chain one cause is the first: the others follow from it, or say the same of it.

        What names the innermost more exactly (``tells``) is first in its place.  Of one chain all is one process's.
        """
        told = dict(found)
        together: dict[int, list[str]] = {}
        for id, one in found.items():
            if one.finding.kind == CAUSE and one.line in self.of:
                together.setdefault(self.of[one.line], []).append(id)
        for ids in together.values():
            if len(ids) > 1:
                self._join(ids, told)
        return told

    def _join(self, ids: list[str], told: dict[str, Found]) -> None:
        sure = [id for id in ids if told[id].certainty != POSSIBLE] or ids
        follow = {other for id in sure for other in told[id].finding.explains}
        apart = [id for id in sure if id not in follow and not told[id].finding.generic]
        inner = (apart or sure)[-1]
        first = next((id for id in sure if inner in told[id].finding.tells), inner)
        process = next((told[id].process for id in reversed(sure) if told[id].process != NOT_TOLD), NOT_TOLD)
        for id in ids:
            one = told[id]
            if id == first:
                told[id] = replace(one, process=process) if one.process == NOT_TOLD else one
            elif id in told[first].finding.tells:
                del told[id]
            else:
                told[id] = replace(one, finding=replace(one.finding, kind=CONSEQUENCE), follows=first)
