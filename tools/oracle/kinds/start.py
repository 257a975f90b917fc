"""SparkConf.validateSettings once more: what it holds against each other that sizes no memory, and ends a start as well.

Executors have to say that they live before they are given up, and what is encrypted has to be authenticated.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from . import spark_conf

KIND = "start"

TIMEOUT, INTERVAL = "spark.network.timeout", "spark.executor.heartbeatInterval"
INTERVALS: list[tuple[str | None, str | None]] = [
    ("120s", "10s"), ("60s", "120s"), ("10s", "10s"), ("11s", "10s"), ("10s", "9999ms"), ("10s", "10001ms"), ("10s", "9000"),
    (None, "120s"), (None, "119s"), (None, "119999"), (None, "120"), (None, "2m"), ("5s", None), ("10s", None), ("11", None),
    ("0", None), ("-1s", None), ("9999ms", None), ("10500ms", "10400ms"), ("1h", "30m"), ("100d", "1d"),
    ("abc", "10s"), ("10s", "abc"), ("1.5s", "1s"), ("", "1s"), (" 20s ", "1s"), ("20S", "1s"), ("20 s", "1s"),
    ("20sec", "1s"),
    ("99999999999999999999d", "1s"), ("9223372036854775807", "1s"), ("1s", "9223372036854775807"), ("300000d", "10s"),
]  # fmt: skip
CRYPTO, SASL, AUTHENTICATE = "spark.network.crypto.enabled", "spark.authenticate.enableSaslEncryption", "spark.authenticate"
SWITCHES = [
    {CRYPTO: "true"}, {SASL: "true"}, {CRYPTO: "true", AUTHENTICATE: "true"}, {SASL: "true", AUTHENTICATE: "true"},
    {CRYPTO: "true", AUTHENTICATE: "false"}, {CRYPTO: "TRUE", SASL: "false"}, {CRYPTO: "false", SASL: "false"},
    {CRYPTO: " true "}, {CRYPTO: "yes"}, {SASL: ""}, {CRYPTO: "true", AUTHENTICATE: "yes"},
    {CRYPTO: "true", INTERVAL: "120s"},
]  # fmt: skip


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for texts in INTERVALS:
        yield {"conf": {key: text for key, text in zip((TIMEOUT, INTERVAL), texts, strict=True) if text is not None}}
    yield from ({"conf": conf} for conf in SWITCHES)


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`; a refusal comes out as Java threw it."""
    spark_conf(jvm, case["conf"]).validateSettings()
    return {"value": "ok"}
