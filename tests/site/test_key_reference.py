"""The reference of configuration keys: each key has a meaning, stands in one group, and has its id in the page."""

import re

from macros.prose import key_default
from macros.reference import key_groups, key_meanings, keys_reference
from sparkmem.spark.settings.keys import KEYS

SHOWN = {key.name for key in KEYS.values() if key.memory}


def test_every_key_that_is_shown_has_a_meaning():
    short = [name for name in SHOWN if len(key_meanings().get(name, "").split()) < 5]
    assert short == []
    assert set(key_meanings()) == SHOWN


def test_every_key_stands_in_one_group():
    names = [name for group in key_groups() for name in group.keys]
    assert sorted(names) == sorted(SHOWN)


def test_each_key_is_an_address_and_its_default_stands_under_it():
    sections = {
        section.partition("` { #")[0]: section for section in keys_reference().split("\n### `")[1:]
    }  # fmt: skip
    assert set(sections) == SHOWN
    assert all(f"{{ #{name} }}" in section for name, section in sections.items())
    assert key_default("spark.memory.fraction") in sections["spark.memory.fraction"]


def test_meanings_end_as_sentences_and_name_only_keys_that_exist():
    for name, text in key_meanings().items():
        assert text.endswith("."), name
        named = re.findall(r"`(spark\.[\w.]+)`", text)
        assert [n for n in named if n not in KEYS and n != "spark.testing"] == [], name


def test_meanings_hold_no_sizes():
    """A size belongs to the model, where a test holds it against Spark."""
    assert [name for name, text in key_meanings().items() if re.search(r"\d+ ?(B|[KMGT]i?B|bytes|%)\b|\b0\.\d", text)] == []
