"""Texts of failures: each of Spark's own was found in the jars of every release of its range; others name a document."""

import json
import zipfile

import pytest

from sparkmem.diagnosis.families import findings
from sparkmem.release import RELEASES
from tools.oracle.packages import unpacked
from tools.oracle.releases import JAVA
from tools.oracle.texts import RECORD, constants, sparks_own, within

LIVE = "4.3.0"


@pytest.fixture(scope="module")
def recorded():
    return json.loads(RECORD.read_text())


def test_every_text_of_spark_was_looked_for(recorded):
    assert set(recorded) == set(sparks_own()), "run python -m tools.oracle.texts"


def test_every_text_was_found_in_each_release_of_its_range(recorded):
    lacking = [
        f"{release}: {name}" for name, text in sparks_own().items() for release in JAVA
        if within(release, text.releases) and not recorded[name].get(release)
    ]  # fmt: skip
    assert lacking == []


def test_ranges_are_of_releases_that_there_are():
    named = {release for text in sparks_own().values() for release in text.releases}
    assert named <= set(RELEASES)
    assert all(text.releases for text in sparks_own().values()), "a text of Spark's names its releases"


def test_every_other_text_names_where_it_stands():
    for one in findings().values():
        for text in one.text:
            source = text.source
            if "document" in source:
                assert source["document"].startswith("https://"), one.id
            else:
                assert {"project", "tag", "path", "symbol"} <= set(source), one.id
                assert source["project"] in ("Spark", "OpenJDK", "Hadoop"), one.id


def test_a_class_says_what_was_recorded_of_it():
    """One class of the release that the tests have anyway, read again."""
    (jar,) = unpacked(f"spark-{LIVE}").glob("spark-core_*.jar")
    with zipfile.ZipFile(jar) as opened:
        said = constants(opened.read("org/apache/spark/memory/TaskMemoryManager.class"))
    assert "Failed to allocate a page ({} bytes), try spilling task memory." in said
