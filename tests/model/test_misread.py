"""A text that was read from a picture is known with its letters put right, and says so."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.misread import SAID


@pytest.mark.parametrize(("text", "id"), [
    ("java.lang.0utOfMemoryError: Java heap space", "heap-space"),
    ("Container ki1led by YARN for exceeding physica1 mem0ry limits. 9.1 GB of 9 GB physica1 memory used",
     "yarn-physical-limit"),
    ("24/05/06 ERROR Executor: Exception in task 1.0\njava.Iang.OutOfMem0ryError: Metaspace", "metaspace"),
    ("WARN TaskSetManager: Lost task 0.0: executor 3 exited: Command exited with c0de 137", "exit-137"),
])  # fmt: skip
def test_letters_that_a_picture_had_as_digits_are_put_right(text, id):
    first = diagnosed(text).first
    assert first.finding.id == id
    assert first.says.startswith(SAID)


@pytest.mark.parametrize("text", ["n0thing t0 see here", "10 f1les, 0x1f", "java.lang.OutOfMemoryError: Java heap space"])
def test_nothing_is_said_of_letters_where_none_were_put_right_or_nothing_is_known(text):
    assert not any(SAID in one.says for one in diagnosed(text).findings)
