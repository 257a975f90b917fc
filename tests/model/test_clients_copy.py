"""A limit of YARN's on an Environment page is a client's copy: an application that runs is not refused by it."""

import pytest

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


def test_a_cluster_s_own_file_has_it():
    found = read(f"spark.executor.memory 9g\n{LIMIT} 8192\n")
    assert found.cluster == {LIMIT: "8192"}
