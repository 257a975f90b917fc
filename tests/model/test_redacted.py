"""Names of hosts and people are hidden wherever a text has them, and nothing else is."""

import re

import pytest

from sparkmem.diagnosis.redacted import Redaction


def test_short_names_of_hosts_are_hidden_and_ids_and_labels_are_not():
    text = (
        "ERROR YarnScheduler: Lost executor 2 on w2: Container from a bad node: container_1_0003_01_000003 on host: w2."
        " Exit status: 134. 0/9 nodes are available: 3 node(s) had untolerated taint"
        " {node-role.kubernetes.io/control-plane: }, Node w2 status is now: NodeHasInsufficientMemory, files.acme.com"
    )
    told = Redaction()(text)
    assert not re.search(r"\bw2\b|acme", told)
    assert told.count("HOST-1") == 3
    assert "container_1_0003_01_000003" in told
    assert "node-role.kubernetes.io/control-plane" in told


@pytest.mark.parametrize("line", [
    "java.io.IOException: Failed to connect to {}/10.1.2.3:7337",
    "Failed to send RPC 12 to {}/<unresolved>:41111",
    "FetchFailed(BlockManagerId(12, {}, 7337, None), shuffleId=0)",
    "Added broadcast_0_piece0 in memory on {}:38124 (size: 1 KiB)",
    "Registering block manager {}:41211 with 366.3 MiB RAM",
    "Your hostname, {} resolves to a loopback address",
    "Executor 12 on {} killed by driver.",
    "Lost task 1.0 in stage 2.0 (TID 3) on {}, executor 4: java.lang.OutOfMemoryError",
    "Connecting to {}:41111 failed in the last 4750 ms",
    "Host: {}",
    "nodeId: {}:45454",
    "Asked to launch executor app-1/0 on worker {}",
    "worker-20240101120000-{}-33333",
    "ssh ada@{}",
])  # fmt: skip
@pytest.mark.parametrize("host", ["wn-14.hadoop.prod", "dn22", "node-3"])
def test_a_host_is_hidden_wherever_spark_and_its_clusters_write_one_and_where_it_stands_again(line, host):
    told = Redaction()(f"{line.format(host)}\nthen {host} was gone")
    assert host not in told
    assert "then HOST-1 was gone" in told


@pytest.mark.parametrize("line", [
    "\tat com.acme.Pipeline.run(Pipeline.scala:1234)", "INFO Driver.java:1234 failed at main.py:8080 to Load.scala:1200",
    "hadoop-aws-3.3.4.jar spark-3.5.0-bin-hadoop3 org.apache.spark.sql", "Starting at 12:3456 on node labels",
])  # fmt: skip
def test_what_only_looks_like_a_host_stays(line):
    assert Redaction()(line) == line


def test_the_host_of_a_system_log_is_hidden_and_the_times_of_a_collection_are_not():
    lines = ("Nov  3 04:12:55 w3 kernel: [1.2] x", "2024-11-03T04:12:55.123+00:00 w4 systemd[1]: y")
    told = Redaction()("\n".join([*lines, "[Times: user=24.10 sys=0.04]"]))
    assert not re.search(r"\bw[34]\b", told)
    assert "user=24.10" in told
    assert "USER-1" in Redaction()("user=24.10x")
