"""An exception whose class and message a log keeps apart is the same failure."""

import json

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.thrown import together

WAYS = {
    "Spark's own": lambda kind, says: {"level": "ERROR", "exception": {"class": kind, "msg": says, "stacktrace": []}},
    "log4j's": lambda kind, says: {"thrown": {"localizedMessage": says, "message": says, "name": kind, "cause": None}},
    "an event log's": lambda kind, says: {"Reason": "ExceptionFailure", "Class Name": kind, "Description": says},
    "elastic's": lambda kind, says: {"error.type": kind, "error.message": says},
}
KINDS = {
    ("java.lang.OutOfMemoryError", "GC overhead limit exceeded"): "gc-overhead",
    ("java.lang.OutOfMemoryError", "Direct buffer memory"): "direct-buffer-memory",
    ("java.lang.OutOfMemoryError", "Java heap space"): "heap-space",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("within", [False, True], ids=["as it is", "in a text"])
def test_fields_of_a_log_are_read_as_java_prints_them(way, indent, within):
    for (kind, says), id in KINDS.items():
        text = json.dumps(WAYS[way](kind, says), indent=indent)
        text = json.dumps({"log": text}) if within else text
        assert diagnosed(text + "\n{}\n").first.finding.id == id


def test_no_line_is_lost_and_what_is_no_exception_stays():
    block = b'{"name": "x.FooError",\n "level": "INFO",\n "message": "y"}\n{"class": "Sorter", "msg": "OutOfMemoryError"}'
    assert together(block) == block
    block = b'"class" : "a.BError" ,\n  "message" : "c"'
    assert together(block).count(b"\n") == 1
