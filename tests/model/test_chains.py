"""One chain of exceptions is one event: the innermost that is known is its cause, and what is around it follows."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

FRAME = "\tat a.b.C.d(C.scala:1)\n"
BUILD = "org.apache.spark.SparkException: Not enough memory to build and broadcast the table to all worker nodes.\n"
HEAP = "Caused by: java.lang.OutOfMemoryError: Java heap space\n"
ACQUIRE = "Lost task 1.0 in stage 1.0 (TID 9) (w1 executor 7): a.B: Unable to acquire 262144 bytes of memory, got 0\n"
KRYO = "Caused by: a.B: Kryo serialization failed: Buffer overflow. Available: 0, required: 5242880.\n"
WAITED = "org.apache.spark.SparkException: Could not execute broadcast in 300 secs.\n"
FULL = "Lost task 1.0 in stage 1.0 (TID 9) (w1 executor 7): java.io.IOException: No space left on device\n"
SPILL = "Caused by: a.B: error while calling spill() on a.C@5f : No space left on device\n"
LOGGED = "24/05/06 09:12:44 INFO Executor: Running task 2.0 in stage 1.0\n"


def told(text):
    return [(one.finding.id, one.finding.kind, one.process, one.follows) for one in diagnosed(text).findings]


@pytest.mark.parametrize(("text", "expected"), [
    (ACQUIRE + FRAME + HEAP + FRAME, [
        ("heap-space", "cause", "executor", ""), ("unable-to-acquire-memory", "consequence", "executor", "heap-space"),
    ]),
    (BUILD + FRAME + HEAP, [("broadcast-build-memory", "cause", "driver", "")]),
    (WAITED + FRAME + f"Caused by: {BUILD}" + FRAME + HEAP, [
        ("broadcast-build-memory", "cause", "driver", ""),
        ("broadcast-timeout", "consequence", "driver", "broadcast-build-memory"),
    ]),
    (ACQUIRE + FRAME + KRYO + FRAME + HEAP, [
        ("heap-space", "cause", "executor", ""), ("unable-to-acquire-memory", "consequence", "executor", "heap-space"),
        ("kryo-buffer", "consequence", "executor", "heap-space"),
    ]),
    (FULL + FRAME + SPILL, [("disk-full", "cause", "executor", "")]),
], ids=["inner", "told", "possible", "three", "known"])  # fmt: skip
def test_the_innermost_is_the_cause_unless_another_tells_it_more_exactly(text, expected):
    assert told(text) == expected
    prefixed = "".join(f"24/05/06 09:12:44 INFO LineBufferedStream: {line}\n" for line in text.splitlines())
    assert [one[:2] for one in told(prefixed)] == [one[:2] for one in expected]


def test_what_a_log_says_between_ends_a_chain():
    causes = [kind for _, kind, _, _ in told(ACQUIRE + FRAME + LOGGED + "java.lang.OutOfMemoryError: Java heap space\n")]
    assert causes == ["cause", "cause"]
    assert [kind for _, kind, _, _ in told(ACQUIRE + FRAME + LOGGED + "a.B: x\n" + FRAME + HEAP)] == ["cause", "cause"]
