"""No verdict praises a default that it does not name: a setting that is deleted, or that was never there, is said."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem import evaluate
from sparkmem.configuration import ConfigurationError, configuration, read, write
from sparkmem.configuration.submit_options import OPTIONS

READINGS = sorted((Path(__file__).parents[1] / "cases" / "readings").glob("*.toml"))
CASES = [case for path in READINGS for case in tomllib.loads(path.read_text())["case"] if case.get("want")]
"""Texts with the settings that are read of them: test_configuration_forms holds them to that."""

HEAPS = ("spark.executor.memory", "spark.driver.memory")
NAMES = {key: name for name, key in OPTIONS.items()}


def explained(text, **inputs):
    return evaluate({"calculator": "explain", "inputs": {"text": text, **inputs}})


def is_said(key, answer):
    """Whether the answer says that nothing is set under a key: a heap in the verdict, another in its list of inputs."""
    inputs = {item["name"]: item for item in answer["inputs"]}
    if inputs["cluster-manager"]["value"] == "local" and key.startswith("spark.executor."):
        return True  # there is none
    if key in HEAPS:
        return f"Not set, so Spark's default holds: {key} " in answer["verdict"] or f", {key} 1g" in answer["verdict"]
    return key not in inputs or inputs[key]["provenance"] == "default"


def without(text, setting, given):
    """The text without one setting, in the notations of commands, files, objects and programs; None in any other."""
    key, value = re.escape(setting), re.escape(given)
    name = re.escape(NAMES.get(setting, setting))
    notations = (
        rf"(?:--conf|-c)[ =][\"']?{key}={value}[\"']?(?=\s|$|\\)",
        rf"{name}[ =][\"']?{value}[\"']?(?=\s|$|\\)",
        rf"(?m:^[ \t]*[\"']?{key}[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+)[\"']?{value}[\"']?,?[ \t]*$\n?)",
        rf"[\"']{key}[\"']\s*:\s*[\"']{value}[\"'],?",
        rf"\.(?:config|set)\([\"']{key}[\"'], *[\"']{value}[\"']\)",
    )
    found = [match for notation in notations for match in re.finditer(notation, text)]
    return text[: found[0].start()] + text[found[0].end() :] if len(found) == 1 else None


def deletions():
    """Each heap taken out of each text, and every second of the other settings."""
    for number, case in enumerate(CASES):
        for place, (key, value) in enumerate(case["want"].items()):
            if key in HEAPS or (number + place) % 2 == 0:
                shorter = without(case["text"], key, value)
                if shorter is not None:
                    yield key, shorter


def test_a_setting_that_is_deleted_leaves_no_fits_with_its_default_unsaid():
    tried = 0
    for key, text in deletions():
        answer = explained(text)
        if "errors" in answer or not answer["verdict"].startswith("Fits"):
            continue
        if key in read(text).values:
            continue  # it stands there twice
        assert is_said(key, answer), (key, text, answer["verdict"])
        tried += 1
    assert tried >= 100


SIZES = st.sampled_from(["1g", "2g", "4096m", "8g", "20g"])
JOBS = st.fixed_dictionaries({}, optional={
    "spark.executor.memory": SIZES,
    "spark.driver.memory": SIZES,
    "spark.executor.memoryOverhead": SIZES,
    "spark.driver.memoryOverhead": SIZES,
    "spark.executor.cores": st.sampled_from(["1", "4"]),
    "spark.memory.fraction": st.sampled_from(["0.5", "0.8"]),
    "spark.executor.pyspark.memory": SIZES,
})  # fmt: skip


@pytest.mark.parametrize("format", ["spark-submit", "spark-defaults", "session-builder", "emr-json", "spark-application"])
@settings(max_examples=12)
@given(job=JOBS, manager=st.sampled_from(["", "yarn", "kubernetes", "standalone", "local"]))
def test_a_written_job_fits_only_with_what_it_sets_or_says(format, job, manager):
    try:
        text = write(configuration(job, **({"cluster_manager": manager} if manager else {})), format)
        answer = explained(text)
    except ConfigurationError:
        return  # the form holds no such job
    if "errors" in answer or not answer["verdict"].startswith("Fits"):
        return
    assert all(is_said(key, answer) for key in HEAPS if key not in job), answer["verdict"]
    assert format != "emr-json" or "spark.executor.memory" in job, "EMR writes it itself"
