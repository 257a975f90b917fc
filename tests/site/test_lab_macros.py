"""The macros that put measured figures into the prose."""

import json

import pytest

from macros.content import ContentError
from macros.lab import ExperimentGroup, Lab


@pytest.fixture
def lab(tmp_path):
    def row(on, spark, first, java, **figures):
        return {"id": "speed-of-sound", "question": f"How fast on {on}?", "statement": "Fast.",
                "ran": "nothing", "date": "2026-11-25", "on": on, "spark": spark, "java": java,
                "first": first, "figures": figures}

    path = tmp_path / "lab.json"
    path.write_text(json.dumps({"experiments": [
        row("spark-3.5.9", "3.5.9", False, "17.0.9", heap={"bytes": 3 << 20}),
        row("spark-4.3.0", "4.3.0", True, "17.0.9", heap={"bytes": 1536 << 20}, rows={"count": 1000000},
            speed={"ratio": 1.5}, said={"text": "Java heap space"}, so={"yes": True}),
        {**row("java-25", None, True, "25.0.2", heap={"bytes": 1}), "id": "silence"},
    ]}))
    return Lab(path)


@pytest.mark.parametrize(("figure", "text"), [
    ("heap", "1,536\N{NO-BREAK SPACE}MiB"), ("rows", "1,000,000"), ("speed", "1.50"),
    ("said", "Java heap space"), ("so", "yes"),
])
def test_a_figure_is_written_for_people(lab, figure, text):
    assert lab.measured("speed-of-sound", figure) == text


def test_a_subject_asks_for_another_run_than_the_first(lab):
    assert lab.measured("speed-of-sound:spark-3.5.9", "heap") == "3\N{NO-BREAK SPACE}MiB"


def test_what_it_was_measured_on_names_spark_where_there_is_one(lab):
    assert lab.measured_on("speed-of-sound").replace("\N{NO-BREAK SPACE}", " ") == "Spark 4.3.0, Java 17.0.9"
    assert lab.measured_on("silence").replace("\N{NO-BREAK SPACE}", " ") == "Java 25.0.2"


def test_what_was_not_measured_stops_the_build(lab):
    with pytest.raises(KeyError, match="no experiment speed-of-light"):
        lab.measured("speed-of-light", "heap")
    with pytest.raises(KeyError, match="has no figure weight"):
        lab.measured("speed-of-sound", "weight")
    with pytest.raises(KeyError, match="no experiment speed-of-sound:java-11"):
        lab.measured_on("speed-of-sound:java-11")


def test_the_page_has_a_section_for_each_experiment_with_a_column_for_each_run(lab):
    groups = [ExperimentGroup("noise", "Noise", ("speed-of-sound",)), ExperimentGroup("rest", "Rest", ("silence",))]
    contents, *sections = lab.in_groups(groups).split("\n### ")
    assert "- [How fast on spark-4.3.0?](#experiment-speed-of-sound)" in contents
    assert [section.split("{ #")[1].split(" }")[0] for section in sections] == [
        "experiment-speed-of-sound", "experiment-silence",
    ]  # fmt: skip
    assert "| `heap` | 3\N{NO-BREAK SPACE}MiB | 1,536\N{NO-BREAK SPACE}MiB |" in sections[0]
    assert "| `rows` |  | 1,000,000 |" in sections[0]
    assert [lab.count("experiments"), lab.count("runs")] == ["2", "3"]


@pytest.mark.parametrize("listed", [("silence",), ("silence", "speed-of-sound", "silence"),
                                    ("silence", "speed-of-sound", "speed-of-light")])
def test_an_experiment_that_is_not_in_one_group_stops_the_build(lab, listed):
    with pytest.raises(ContentError, match="is to be recorded, and listed once"):
        lab.in_groups([ExperimentGroup("all", "All", listed)])
