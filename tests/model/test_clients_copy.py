"""A limit of YARN's on an Environment page is a client's copy: an application that runs is not refused by it."""

import pytest

import sparkmem
from sparkmem.configuration.clients_copy import COPIED_MOST
from sparkmem.configuration.formats import read

LIMIT = "yarn.scheduler.maximum-allocation-mb"
COPIES = {
    "rows": f"Name\tValue\nspark.executor.memory\t9g\nspark.master\tyarn\nHadoop Properties\n{LIMIT}\t8192",
    "history server": f'{{"sparkProperties":[["spark.executor.memory","9g"]],"hadoopProperties":[["{LIMIT}","8192"]]}}',
    "event log": '{"Event":"SparkListenerEnvironmentUpdate","Spark Properties":{"spark.executor.memory":"9g"},'
    f'"Hadoop Properties":{{"{LIMIT}":"8192"}}}}',
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_it_is_named_and_is_no_limit(text):
    found = read(text)
    assert found.values == {"spark.executor.memory": "9g"}
    assert found.cluster == {}
    assert found.value_said(COPIED_MOST) == "8192m"


@pytest.mark.parametrize(("memory", "keeps"), [("4g", "within"), ("9g", "above")])
def test_the_verdict_says_that_it_is_a_copy(memory, keeps):
    text = COPIES["event log"].replace("9g", memory).replace('"spark.exec', '"spark.master":"yarn","spark.exec')
    said = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})["verdict"]
    assert f": that is {keeps} the 8,192 MiB of {LIMIT} on line 1, the application's copy" in said


def test_a_copy_that_is_no_number_is_not_said():
    assert not read(COPIES["event log"].replace("8192", "${most}")).value_said(COPIED_MOST)


def test_a_cluster_s_own_file_has_it():
    found = read(f"spark.executor.memory 9g\n{LIMIT} 8192\n")
    assert found.cluster == {LIMIT: "8192"}
