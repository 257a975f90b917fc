"""What is advised: the setting of the process and the side that failed, and no size below what the text says."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.requests.diagnosis import diagnosis_dict
from tests.model.failures import values


def test_no_advice_is_below_what_the_text_says_was_asked_for():
    array = "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 11.2 GiB for an array with shape (75000, 20000)"
    assert values(array)["spark.executor.pyspark.memory"] == "13763m"
    direct = "OutOfMemoryError: Cannot reserve {} bytes of direct buffer memory (allocated: {}, limit: {})"
    assert values(direct.format(2**20, 2**30, 2**30))["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=2g"
    larger = direct.format(2**20, 4 * 2**30, 4 * 2**30)
    assert values(larger)["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=8192m"
    kryo = "Kryo serialization failed: Buffer overflow. Available: 0, required: {}"
    assert values(kryo.format(2**20))["spark.kryoserializer.buffer.max"] == "512m"
    assert values(kryo.format(2**30))["spark.kryoserializer.buffer.max"] == ""
    rpc = "Serialized task 1:0 was {} bytes, which exceeds max allowed: spark.rpc.message.maxSize (134217728 bytes)"
    assert values(rpc.format(200 * 2**20))["spark.rpc.message.maxSize"] == "512"
    assert values(rpc.format(700 * 2**20))["spark.rpc.message.maxSize"] == ""
    asked = "Required executor memory (12288 MB), offHeap memory (2048) MB, overhead (1228 MB), and PySpark memory (512 MB)"
    assert values(f"{asked} is above the max threshold (14336 MB) of this cluster")["spark.executor.memory"] == "10548m"


LOWER = {"spark.reducer.maxSizeInFlight", "spark.network.maxRemoteBlockSizeFetchToMem", "spark.rapids.sql.batchSizeBytes"}


def test_a_size_that_is_advised_as_it_stands_says_what_it_has_to_exceed():
    sizes = ("bytes", "size", "mib", "quantity")
    for one in findings().values():
        told = {name for text in one.text for name, kind in text.template.places if kind in sizes}
        for change in one.change:
            if told and change.value.startswith('"') and change.value[-2].lower() in "kmg" and change.key not in LOWER:
                assert set(change.above) & told, f"{one.id}: {change.key}"


def test_what_is_advised_for_a_full_heap_of_a_driver_is_the_drivers():
    line = "(TID 42) (worker-1 executor {}): java.lang.OutOfMemoryError: Java heap space"
    assert set(values(line.format("5"))) == {"spark.executor.memory", "spark.executor.cores"}
    assert set(values(line.format("driver"))) == {"spark.driver.memory"}


@pytest.mark.parametrize(("text", "key"), [
    ('details = "CLIENT: Received message larger than max (181403776 vs. 134217728)"', "grpc.max_receive_message_length"),
    ('details = "Received message larger than max (140226811 vs. 134217728)"', "spark.connect.grpc.maxInboundMessageSize"),
])  # fmt: skip
def test_a_message_that_is_too_large_has_the_option_of_the_side_that_refused_it(text, key):
    assert [one["key"] for one in diagnosis_dict(diagnosed(text))["findings"][0]["changes"]] == [key]


def test_an_overhead_is_never_advised_below_what_it_is():
    text = (
        "--conf spark.executor.memoryOverhead=2g --executor-memory 4g\n"
        "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory"
        " (used: 1073741824, max: 1073741824)\n"
    )
    changes = [change for one in diagnosis_dict(diagnosed(text))["findings"] for change in one["changes"]]
    values = {change["value"] for change in changes if change["key"] == "spark.executor.memoryOverhead"}
    assert values == {""}
