"""What was tried in vain, and what is proposed: whether it could change anything about the memory that ran out."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.prose import proposals, trial

HEAP = "24/04/18 11:21:40 ERROR Executor: Exception in task 3.3 in stage 17.0 (TID 933)\n"
HEAP += "java.lang.OutOfMemoryError: Java heap space\n"
YARN = "24/04/18 11:21:40 WARN YarnAllocator: Container killed by YARN for exceeding physical memory limits."
YARN += " 11.2 GB of 11 GB physical memory used. Consider boosting spark.executor.memoryOverhead.\n"
DRIVER = 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n'
DISK = "java.io.IOException: No space left on device\n"


def shown(text):
    return [(row.shows, row.says) for row in diagnosed(text).first.shown if row.shows in ("tried", "proposed")]


@pytest.mark.parametrize(("text", "shows", "words"), [
    (f"{HEAP}my colleague says memoryOverhead 4g", "proposed", "The overhead is beside the heap"),
    (f"{HEAP}should we set spark.network.timeout=800s?", "proposed", "A longer timeout waits longer"),
    (f"{DRIVER}Would E16 workers help?", "proposed", "The driver is one process on one machine"),
    (f"{YARN}plan: executor.memory=12g. ok?", "proposed", "leaves what is beside the heap no more room"),
    (f"{YARN}raised executor memory 8g -> 12g", "tried", "leaves what is beside the heap no more room"),
    (f"{DISK}i gave the executors 24g instead of 16g, today again", "tried", "A disk is full"),
    (f"{YARN}tried spark.python.worker.memory=4g, no change", "tried", "limits no worker"),
])  # fmt: skip
def test_what_changes_nothing_is_told_with_its_reason(text, shows, words):
    ((shows_it, says),) = shown(text)
    assert (shows_it, words in says) == (shows, True)


@pytest.mark.parametrize("text", [
    f"{HEAP}my colleague says executor memory 16g",
    f"{YARN}should we set memoryOverhead to 4g?",
    f"{HEAP}the log says memoryOverhead is 4g",
    f"{HEAP}24/04/18 11:21:41 INFO A: should I set memoryOverhead 4g",
])  # fmt: skip
def test_what_may_help_and_what_nobody_proposes_is_not_answered(text):
    assert shown(text) == []


@pytest.mark.parametrize(("line", "told"), [
    ("It ran with 8 GB. raised executor.memory 8->12, overhead 2->4.", True),
    ("Somebody already raised spark.executor.memory from 10g to 12g.", True),
    ("Since we went from 8g to 32g executors it fails.", False),
    ("Reading moved from 8 to 9 files.", False),
])  # fmt: skip
def test_a_size_that_was_moved_was_tried(line, told):
    assert bool(trial(line)) is told


def test_a_sentence_is_quoted_alone():
    line = "Limits are 9Gi. We are thinking of executor.memory=12g. Thanks!"
    assert proposals(line) == ["We are thinking of executor.memory=12g."]
