"""Letters that are looked for before a pattern is tried stand in each of its matches: no alternative is without them."""

import pkgutil
import re
from importlib import import_module

import pytest

import sparkmem
from sparkmem.configuration import not_sparks, standalone_workers, stated_limits, talk
from sparkmem.configuration.clue import Clue
from sparkmem.configuration.forms import Format
from sparkmem.diagnosis import ended, named, signs
from sparkmem.diagnosis.literals import Literals
from tests.letters import without


def clues(value, depth=4):
    """The clues in a value of a module, and in what it holds."""
    if isinstance(value, Clue):
        yield value, value.words
    elif isinstance(value, Literals):
        yield value, value.letters
    elif isinstance(value, Format):
        yield value.telling, value.telling.words
    elif isinstance(value, dict | tuple | list) and depth:
        for item in value.values() if isinstance(value, dict) else value:
            yield from clues(item, depth - 1)


@pytest.mark.parametrize(
    ("pattern", "letters", "found"),
    [
        ("Lost (?:executor|task) [0-9]+|lost node", ("Lost ",), [("lost node",)]),
        ("%{1,2}spark(?: x)?", ("%spark",), []),
        ("(?:a|b)c?d", ("ad", "acd"), [("bd",), ("bcd",)]),
        ("(?i)Exit [cs]ode", ("exit code",), [("exit sode",)]),
        (b"x[0-9]y", (b"xy",), [("x", "y")]),
    ],
)
def test_a_way_without_the_letters_is_told(pattern, letters, found):
    assert without(re.compile(pattern), letters) == found


def test_one_of_the_letters_stands_in_each_match():
    found = {}
    for package in (sparkmem.configuration, sparkmem.diagnosis):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(module.name)).values():
                found |= {id(clue): (module.name, clue.pattern, letters) for clue, letters in clues(value)}
    assert len(found) > 150
    assert [(name, ways, letters) for name, pattern, letters in found.values() if (ways := without(pattern, letters))] == []


@pytest.mark.parametrize(
    ("pattern", "letters", "small"),
    [
        (ended._EXIT, ended._OF_EXITS, True),
        *((pattern, letters, True) for pattern, letters, _ in ended._WAYS),
        (named._NAME, named._TELLING, False),
        (named._ENDED_FOR, named._TELLING, False),
        *((pattern, signs._LETTERS, False) for pattern in signs._OF_A_LINE.values()),
        *((pattern, not_sparks._SIGNS, False) for pattern, _ in not_sparks._KINDS),
        *((pattern, stated_limits._SIGNS, False) for pattern in stated_limits._YARNS.values()),
        *((pattern, letters, True) for _, letters, pattern in talk._KINDS),
        (standalone_workers._REGISTERED, standalone_workers._OF_WORKERS, False),
    ],
)
def test_one_of_the_letters_of_a_list_stands_in_each_match(pattern, letters, small):
    assert without(pattern, letters, small) == []


def test_each_word_around_a_failure_holds_letters_that_are_looked_for():
    words = [word for several in signs._WORDS.values() for word in several]
    assert [word for word in words if not any(letters in word for letters in signs._LETTERS)] == []
