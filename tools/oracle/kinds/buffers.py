"""Buffers whose sizes Spark checks when it makes what holds them: Kryo's, messages, and broadcasts of map outputs."""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from . import companion, made, spark_conf

KIND = "buffers"

KRYO, KRYO_MAX = "spark.kryoserializer.buffer", "spark.kryoserializer.buffer.max"
MESSAGE, BROADCAST = "spark.rpc.message.maxSize", "spark.shuffle.mapOutput.minSizeForBroadcast"
CHECKS: dict[str, list[dict[str, str]]] = {
    "kryo": [
        *({KRYO_MAX: text} for text in ("2047m", "2048m", "2g", "2047", "2048", "4g", "0", "-1", "abc", "", "1.5g", "32k")),
        *({KRYO: text} for text in ("2047m", "2048m", "2097151k", "2097152k", "4g", "0", "-1", "abc", "", "64m", "65m")),
        {KRYO: "128m", KRYO_MAX: "64m"}, {KRYO: "3g", KRYO_MAX: "4g"}, {KRYO: "bad-buffer", KRYO_MAX: "bad-max"},
        {"spark.kryoserializer.buffer.mb": "abc"}, {"spark.kryoserializer.buffer.mb": "0.064"},
        {"spark.kryoserializer.buffer.mb": "4096"}, {"spark.kryoserializer.buffer.max.mb": "4096"},
        {"spark.kryoserializer.buffer.max.mb": "64"}, {"spark.kryoserializer.buffer.max.mb": "abc"},
    ],
    "message": [{MESSAGE: text} for text in (
        "2047", "2048", "128", "0", "-1", "abc", "", "1.5", "128m", " 4 ", "2147483648", "2147483647")],
    "outputs": [
        *({BROADCAST: text} for text in ("128m", "134217728", "134217729", "129m", "0", "-1", "abc", "", "1.5m", "4g")),
        {MESSAGE: "1", BROADCAST: "1m"}, {MESSAGE: "1", BROADCAST: "1048577"}, {MESSAGE: "2048", BROADCAST: "1m"},
        {MESSAGE: "0"}, {MESSAGE: "-1"},
    ],
}
"""Settings by what is made of them: a KryoSerializer, the largest message, a MapOutputTrackerMaster."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for check, settings in CHECKS.items():
        yield from ({"check": check, "conf": conf} for conf in settings)


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`, or the bytes of the largest message; a refusal comes out as Java threw it."""
    conf = spark_conf(jvm, case["conf"])
    if case["check"] == "message":
        return {"value": companion(jvm, "org.apache.spark.util.RpcUtils").maxMessageSizeBytes(conf)}
    made(jvm, {"kryo": "org.apache.spark.serializer.KryoSerializer", "outputs": "org.apache.spark.MapOutputTrackerMaster"}[
        case["check"]], conf)
    return {"value": "ok"}
