"""The same settings come out of every notation, and out of each wrapping around it; what is not taken is said."""

import random

import pytest

from sparkmem.configuration import ConfigurationError, read
from tests.notations import NOTATIONS, WRAPPINGS

SIZES = {
    "spark.executor.memory": "6g",
    "spark.executor.memoryOverhead": "1g",
    "spark.driver.memory": "2g",
    "spark.executor.cores": "4",
    "spark.executor.instances": "10",
    "spark.memory.fraction": "0.7",
    "spark.memory.offHeap.enabled": "true",
    "spark.memory.offHeap.size": "2g",
}
FLAGS = {
    "spark.executor.memory": "11g",
    "spark.executor.extraJavaOptions": "-XX:MaxDirectMemorySize=512m -Xss2m",
    "spark.driver.memoryOverheadFactor": "0.2",
    "spark.driver.memory": "5g",
    "spark.executor.pyspark.memory": "1500m",
}
ALONE = {"spark.driver.memory": "3072m"}
SELDOM = ("commas", "hcl join", "env export conf", "fish", "fish setx", "az synapse", "a table with settings for titles")
"""Where a blank parts settings, or a variable may hold others: flags do not stand there as they are."""


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_same_settings_come_out_of_each_notation(notation):
    for settings in (SIZES, FLAGS, ALONE):
        if (notation in SELDOM and settings is not SIZES) or (settings is ALONE and "list of keys" in notation):
            continue
        found = read(NOTATIONS[notation](settings))
        assert found.values == settings
        assert not found.lost


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_wrapping_changes_nothing_or_says_so(wrapping):
    """Of a hundred 95 at least come out the same in each, and nothing comes out that was not written.

    Each second notation goes into a wrapping, and into the next one the others.
    """
    right, notations = 0, list(NOTATIONS.items())[list(WRAPPINGS).index(wrapping) % 2 :: 2]
    for notation, write in notations:
        text = WRAPPINGS[wrapping](write(SIZES))
        try:
            found = read(text)
        except ConfigurationError:  # said to be unread
            continue
        right += found.values == SIZES
        assert found.values.items() <= SIZES.items(), notation
    assert right >= 0.95 * len(notations)


SIGNS = (" = ", ": ", " := ", " => ", " -> ", " → ", "\t", " | ", "…", " ⇒ ", " is ", " set to ", "::", "=")
AROUND = (("", ""), ('"', '"'), ("'", "'"), ("`", "`"), ("**", "**"), ("[", "]"), ("<b>", "</b>"))
BEGINNINGS = ("", "- ", "* ", "• ", "(", "  ", "conf.", "-D", "let ", "@")


def test_a_notation_that_nobody_named_is_read_where_signs_and_words_say_that_a_value_follows():
    draw = random.Random(15)
    for _ in range(300):
        sign, begun, ended = draw.choice(SIGNS), draw.choice(BEGINNINGS), draw.choice(["", ";", ")", " ", " and"])
        opened, closed = draw.choice(AROUND)
        lines = [f"{begun}{opened}{key}{closed}{sign}{opened}{value}{closed}{ended}" for key, value in SIZES.items()]
        found = read("\n".join(lines))
        assert found.values.items() <= SIZES.items(), lines[0]
        assert len(found.values) + len(found.lost) >= len(SIZES), lines[0]
