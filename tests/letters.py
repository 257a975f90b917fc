"""What a pattern cannot match without: the letters that stand in a match, for each way in which it may be one."""

import re
from collections.abc import Iterable, Sequence
from re import _constants as c
from re import _parser as parser
from typing import Any

Way = tuple[str, ...]
"""Runs of letters, with a gap of which nothing is known between each two."""
_GAP = ("", "")
_MOST_WAYS, _MOST_LETTERS = 3_000, 6


def without(pattern: re.Pattern[Any], letters: Iterable[str | bytes], small: bool = False) -> list[Way]:
    """Ways in which the pattern may match a text that holds none of these letters, the first of them.

    ``small`` where they are looked for in the text in small letters, and so of a pattern to which these are all the same.

    >>> without(re.compile("Lost (?:executor|task) [0-9]+|lost node"), ("Lost ", "executor"))
    [('lost node',)]
    """
    wanted = [one.decode() if isinstance(one, bytes) else one for one in letters]
    small = small or bool(pattern.flags & re.IGNORECASE)
    wanted = [one.lower() for one in wanted] if small else wanted
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    if _holds(tree, wanted, small):
        return []
    return [way for way in _ways(tree, small) if not _in(way, wanted)][:3]


def _in(way: Way, letters: Sequence[str]) -> bool:
    return any(one in run for run in way for one in letters)


def _holds(items: Sequence[Any], letters: Sequence[str], small: bool) -> bool:
    """Whether one of the letters stands in all that a sequence matches: in one of its parts, or over several."""
    for op, arg in items:
        if op is c.SUBPATTERN and _holds(arg[3], letters, small or bool(arg[1] & re.IGNORECASE)):
            return True
        if op is c.BRANCH and all(_holds(branch, letters, small) for branch in arg[1]):
            return True
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT) and arg[0] and _holds(arg[2], letters, small):
            return True
    return all(_in(way, letters) for way in _ways(items, small))


def _ways(items: Sequence[Any], small: bool) -> list[Way]:
    found: list[Way] = [("",)]
    for item in items:
        parts = _of_one(item, small)
        parts = parts if len(found) * len(parts) <= _MOST_WAYS else [_GAP]
        found = list(dict.fromkeys(_joined(before, part) for before in found for part in parts))
    return found


def _joined(one: Way, other: Way) -> Way:
    return (*one[:-1], one[-1] + other[0], *other[1:])


def _of_one(item: tuple[Any, Any], small: bool) -> list[Way]:
    op, arg = item
    if op is c.LITERAL:
        return [(_letter(arg, small),)]
    if op is c.IN:
        letters = [code for what, code in arg if what is c.LITERAL]
        one_of_few = len(letters) == len(arg) <= _MOST_LETTERS
        return list(dict.fromkeys((_letter(code, small),) for code in letters)) if one_of_few else [_GAP]
    if op is c.BRANCH:
        return list(dict.fromkeys(way for branch in arg[1] for way in _ways(branch, small)))
    if op is c.SUBPATTERN:
        return _ways(arg[3], small or bool(arg[1] & re.IGNORECASE))
    if op is c.ATOMIC_GROUP:
        return _ways(arg, small)
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return _of_repeat(*arg, small)
    return [("",)] if op in (c.AT, c.ASSERT, c.ASSERT_NOT) else [_GAP]


def _of_repeat(least: int, most: int, items: Sequence[Any], small: bool) -> list[Way]:
    once = _ways(items, small)
    if most == 1:
        return once if least else [("",), *once]
    return [*once, *(_joined(_joined(way, _GAP), way) for way in once)] if least else [_GAP]


def _letter(code: int, small: bool) -> str:
    return chr(code).lower() if small else chr(code)
