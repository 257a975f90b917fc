"""The managers that a replay starts with, against real ones: pools, page size, and the first refusal."""

import json
from pathlib import Path

import pytest

from sparkmem.errors import InputError, Refused
from sparkmem.spark.managers.sizes import initial, static_manager, unified_manager
from sparkmem.spark.settings.spark_conf import SparkConf

FILES = sorted(Path(__file__).parent.glob("spark-*.json"))
PROCESSORS = 4  # what a real manager takes where it is told of no cores


def said(case, release):
    conf = SparkConf(case["conf"], release)
    try:
        if case["kind"] == "umm":
            manager = unified_manager(conf, "driver" if case.get("driver", True) else "executor")
        else:
            manager = static_manager(conf)
        return initial(manager, conf, case["cores"] if case["cores"] > 0 else PROCESSORS, case.get("gc", "g1"))
    except Refused as refusal:
        return refusal.message


def recorded(case):
    if "error" in case:
        return case["error"]["message"]
    return {name: value for name, value in case["answer"].items() if name != "maxUnrollMemory"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_manager_differs_from_real_spark(file):
    recording = json.loads(file.read_text())
    release = recording["release"].rsplit(".", 1)[0]
    # The recording JVM reports its own heap where a case does not give one, and reads the polling interval last.
    cases = [c for c in recording["cases"] if c["kind"] in ("umm", "static") and "spark.testing.memory" in c["conf"]]
    cases = [c for c in cases if "spark.memory.unmanagedMemoryPollingInterval" not in c["conf"]]
    differences = [f"{c['id']} {c['conf']}: {said(c, release)}" for c in cases if said(c, release) != recorded(c)]
    assert not differences, f"{len(differences)} of {len(cases)} differ:\n" + "\n".join(differences[:10])
    assert len(cases) >= 300


def test_a_release_without_the_static_manager_says_so():
    with pytest.raises(InputError, match="went with 3"):
        static_manager(SparkConf({"spark.testing.memory": "1073741824"}, "3.0"))
