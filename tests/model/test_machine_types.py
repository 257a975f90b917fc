"""Machine types of workers in a text: which of several they are, and what a node of the type holds."""

import pytest

from sparkmem import evaluate
from sparkmem.configuration.machine_types import of_machines

EMR = "aws emr create-cluster --release-label emr-6.10.0 --instance-type {}\nspark-submit --executor-memory {} a.py"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("--instance-groups InstanceGroupType=MASTER,InstanceType=m5.xlarge InstanceGroupType=CORE,InstanceType=r5.2xlarge",
         ["r5.2xlarge"]),
        ('"Groups": [{"InstanceRole": "MASTER", "InstanceType": "m5.xlarge"},\n'
         '{"InstanceType": "r5.2xlarge", "InstanceRole": "CORE"}]', ["r5.2xlarge"]),
        ('MasterInstanceType="m4.large",SlaveInstanceType="m4.2xlarge"', ["m4.2xlarge"]),
        ('master_instance_group {\n instance_type = "m5.xlarge"\n}\ncore_instance_group {\n type = "c5.4xlarge"\n}',
         ["c5.4xlarge"]),
        ("--master-machine-type=n1-standard-4 --worker-machine-type=n1-highmem-8", ["n1-highmem-8"]),
        ('"worker_config": {\n"num_instances": 2,\n"machine_type_uri": "projects/p/zones/z/machineTypes/n2-highmem-8"}',
         ["n2-highmem-8"]),
        ('{"driver_node_type_id": "Standard_E8s_v3", "node_type_id": "Standard_DS13_v2"}', ["Standard_DS13_v2"]),
        ("1 x m4.large (master), 10 x r4.2xlarge (core)", ["r4.2xlarge"]),
        ("CORE: r5.2xlarge, TASK: r5.4xlarge", ["r5.2xlarge", "r5.4xlarge"]),
        ("five nodes, r5.2xlarge, spark-submit --master yarn", ["r5.2xlarge"]),
        ("we moved from r5.2xlarge to r5.4xlarge", []),
        ("# instance_type: r5.2xlarge", []),
        ("the master is an m5.xlarge", []),
        ("s3://b/r5.2xlarge/x, f5.xlarger, backup-r5.2xlarge-old", []),
    ],
)  # fmt: skip
def test_types_of_workers(text, types):
    assert [one.value for one in of_machines(text)] == types


def explained(text):
    answer = evaluate({"calculator": "explain", "inputs": {"text": text}})
    return answer["verdict"], {note["id"]: note["text"] for note in answer["notes"]}


def test_emr_lends_what_its_table_says():
    verdict, notes = explained(EMR.format("r5.2xlarge", "20g"))
    assert verdict.startswith("Fits. ")
    assert "57,344 MiB" in notes["machine-type"]
    assert "it holds 2 executors of 22,528 MiB" in notes["machine-type"]
    assert explained(EMR.format("m5.xlarge", "20g"))[0].startswith("Refused by Spark 3.3: Required executor memory (20480")


def test_a_size_of_the_cluster_goes_before_the_type():
    verdict, notes = explained(EMR.format("r5.2xlarge", "20g") + "\nyarn.nodemanager.resource.memory-mb=16384")
    assert verdict.startswith("Refused by Spark 3.3: ")
    assert "machine-type" not in notes


def test_elsewhere_the_machine_is_an_upper_bound():
    text = "node group: {} workers on EKS\nspark-submit --master k8s://https://api --executor-memory {} local:///a.jar"
    verdict, notes = explained(text.format("r5.2xlarge", "20g"))
    assert verdict.startswith("Fits if a node has ")
    assert "2 executors of 22,528 MiB at most" in notes["machine-type"]
    assert "r5.2xlarge (line 1), has 65,536 MiB" in explained(text.format("r5.2xlarge", "64g"))[0]


def test_of_several_types_the_largest_has_to_hold_an_executor():
    text = EMR.format("", "40g").replace("--instance-type ", "CORE=r5.xlarge TASK=r5.2xlarge")
    assert "It fits if a node has 45,056 MiB" in explained(text)[0]
    assert explained(text.replace("40g", "60g"))[0].startswith("Refused by Spark 3.3: ")
    assert explained(text.replace("40g", "60g").replace("r5.xlarge", "x9.xlarge"))[0].startswith("Fits if a node has 67,584")
