"""The Executors tab of the web UI, as browsers copy it, and its REST interface: evidence, and no failure by itself."""

import json

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.moment.executors_table import read
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import diagnosis_dict

HEAD = "Executor ID\tAddress\tStatus\tRDD Blocks\tStorage Memory\tDisk Used\tCores\tActive Tasks\tFailed Tasks"
HEAD += "\tComplete Tasks\tTotal Tasks\tTask Time (GC Time)\tInput\tShuffle Read\tShuffle Write\tLogs\tThread Dump"
DRIVER = "driver\t10.0.0.4:40021\tActive\t0\t0.0 B / 2.2 GiB\t0.0 B\t0\t0\t0\t0\t0\t0.0 ms (0.0 ms)\t0.0 B\t0.0 B\t0.0 B\t"
ONE = "1\t10.0.0.7:43121\tActive\t12\t1.2 GiB / 9.4 GiB\t0.0 B\t4\t4\t0\t212\t216\t1.1 h (3.3 min)\t2.1 GiB\t0.0 B\tstdout"
TWO = "2\t10.0.0.8:35721\tDead\t12\t1.3 GiB / 9.4 GiB\t0.0 B\t4\t0\t3\t190\t193\t1.0 h (14 min)\t1.9 GiB\t0.0 B\tstdout"
WITH_RESOURCES = "Executor ID\tAddress\tStatus\tCores\tResources\tResource Profile Id\tActive Tasks\tFailed Tasks"
WITH_RESOURCES += "\tComplete Tasks\tTotal Tasks\n1\th:1\tActive\t4\t{}\t0\t1\t2\t3\t6"
OLD = "Executor ID Address RDD Blocks Storage Memory\n1 h:1 0 0.0 B / "
WHOLE = "\n".join((HEAD, DRIVER, ONE, TWO))


def said(text):
    (moment,) = diagnosed(text).moments
    return list(moment.says)


@pytest.mark.parametrize("between", ["\t", " ", "   "])
def test_the_table_tells_the_dead_the_failed_the_collections_and_the_storage(between):
    dead, failed, collections, storage, heap = said(WHOLE.replace("\t", between))
    assert dead.startswith("1 of 2 executors is dead: 2.")
    assert failed == "Tasks failed on executor 2: 3 of 193."
    assert "marks red: executor 2 23 %." in collections
    assert storage.startswith("Storage holds 2,560.0 MiB of 19,251.2 MiB, 13 %; ")
    assert heap.startswith("9.4 GiB is what a heap of 16g has under G1")


def test_a_table_in_which_nothing_failed_says_so_and_no_cause():
    text = "\n".join((HEAD, DRIVER, ONE))
    assert said(text)[:2] == [
        "Nothing failed here: no executor is dead, and no task failed.",
        "Collections took at most 5 % of task time; above a tenth the web UI marks it red.",
    ]
    found = diagnosed(text)
    assert found.findings == ()
    assert headline(diagnosis_dict(found)).startswith("Executors, as the web UI lists them. Nothing failed here")


@pytest.mark.parametrize(("text", "first"), [
    ("\n".join((ONE, TWO)), "1 of 2 executors is dead: 2."),
    ("\n".join(one.split("\t4\t")[0] for one in (HEAD, ONE, TWO)), "1 of 2 executors is dead: 2."),
    (f"Executor ID\tAddress\tStatus\n\tRDD Blocks\tStorage Memory\n{TWO}", "1 of 1 executor is dead: 2."),
    ("Executor ID Address Status Total Tasks Task Time (GC Time)\n7 h:1 Excluded 40 2.0 min (30 s)", "Collections"),
    (f"{OLD}956.6 MB", "Storage holds 0 MiB of 912.3 MiB, 0 %"),
    ("Executor ID\tAddress\tStatus\tRDD Blocks\tStorage Memory\tOn Heap Storage Memory\tOff Heap Storage Memory\tDisk Used\n"
     "1\th:1\tActive\t0\t0.0 B / 11.4 GiB\t0.0 B / 9.4 GiB\t0.0 B / 2 GiB\t0.0 B", "Storage holds 0 MiB of 11,673.6 MiB"),
    (WITH_RESOURCES.format("gpu: [0, 1]"), "Tasks failed on executor 1: 2 of 6."),
    (WITH_RESOURCES.format(""), "Tasks failed on executor 1: 2 of 6."),
])  # fmt: skip
def test_columns_may_be_other_ones_or_cut(text, first):
    assert said(text)[0].startswith(first)


def test_the_old_web_ui_counts_in_thousands():
    assert said(f"{OLD}2.4 GB")[-1].startswith("2.4 GB is what a heap of 4g has under G1")
    assert said(f"{OLD}956.6 MB")[-1] == "Which heaps have 956.6 MB in all, sparkmem ui-number works out."


def test_on_a_page_the_command_is_a_link_to_its_calculator():
    html = diagnosis_html(diagnosis_dict(diagnosed(f"{OLD}956.6 MB")), "what-happened/")
    assert '<a href="../calculators/ui-number/#number">sparkmem ui-number</a> works out.' in html


@pytest.mark.parametrize("text", ["Executor ID", "the Executor ID is 7\n7 apples", "a\tActive\tb", f"{HEAD}\n1 x", ""])
def test_what_is_no_table_is_none(text):
    assert diagnosed(text).moments == ()


def test_a_loss_s_reason_in_its_column_is_told_as_ever():
    found = diagnosed(f"{HEAD}\tExec Loss Reason\n{TWO}\tContainer killed by YARN for exceeding memory limits."
                      " 9.1 GB of 9 GB physical memory used.")  # fmt: skip
    assert found.first.finding.id == "yarn-physical-limit"


def test_the_rest_interface_says_the_same():
    same = {"hostPort": "h:1", "memoryUsed": 9, "totalDuration": 1000, "failedTasks": 0, "totalTasks": 5, "maxMemory": 2**30}
    rows = [{"id": str(n), "isActive": n > 1, "totalGCTime": 300 * n, **same} for n in (1, 2)]
    told = said(json.dumps(rows, indent=1))
    assert any(one.startswith("1 of 2 executors is dead: 1.") for one in told)
    assert any("executor 2 60 %, executor 1 30 %" in one for one in told)


def test_a_long_table_is_read_in_time_with_its_length():
    moment = read([HEAD, *(ONE.replace("1\t", f"{n}\t", 1) for n in range(380))], 1)
    assert len(moment.held) == 40
