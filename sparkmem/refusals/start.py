"""What ends a start though it sizes no memory: pairs that ``SparkConf.validateSettings`` holds against each other."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.errors import Refused
from sparkmem.javalang import java_integer, wrap
from sparkmem.release import since
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.time_string import MICROSECONDS, in_units, time_parts

SEE = "reference/configuration-keys/#configuration-keys"
TIMEOUT, INTERVAL = "spark.network.timeout", "spark.executor.heartbeatInterval"
CRYPTO, SASL, AUTHENTICATE = "spark.network.crypto.enabled", "spark.authenticate.enableSaslEncryption", "spark.authenticate"
KEYS = (CRYPTO, SASL, AUTHENTICATE, TIMEOUT, INTERVAL)

_FORMS = (
    "Time must be specified as seconds (s), milliseconds (ms), microseconds (us), minutes (m or min), hour (h), or day (d). "
    "E.g. 50s, 100ms, or 250us."
)


def check(settings: Mapping[str, str], release: str) -> None:
    """Refuse what is encrypted and not authenticated, and executors that are given up before they say that they live.

    >>> check({TIMEOUT: "60s", INTERVAL: "2m"}, "3.5")
    Traceback (most recent call last):
    sparkmem.errors.Refused: requirement failed: The value of spark.network.timeout=60000ms must be greater than \
the value of spark.executor.heartbeatInterval=120000ms.
    """
    encrypted = _switch(CRYPTO, settings, release) or _switch(SASL, settings, release)
    if encrypted and not _switch(AUTHENTICATE, settings, release):
        rule = f"{AUTHENTICATE} must be enabled when enabling encryption."
        raise _refused(AUTHENTICATE, "NETWORK_AUTH_MUST_BE_ENABLED", rule, release, f"write {AUTHENTICATE} true")
    timeout = wrap(_time(TIMEOUT, settings.get(TIMEOUT, "120s"), "s", release) * 1000, 64)
    interval = _time(INTERVAL, settings.get(INTERVAL, "10s"), "ms", release)
    if timeout <= interval:
        must = "be greater" if since(release, "3.0") else "be no less"
        rule = f"The value of {TIMEOUT}={timeout}ms must {must} than the value of {INTERVAL}={interval}ms."
        change = f"raise {TIMEOUT}, or lower {INTERVAL}"
        raise _refused(INTERVAL, "INVALID_EXECUTOR_HEARTBEAT_INTERVAL", rule, release, change)


def _refused(key: str, condition: str, rule: str, release: str, change: str) -> Refused:
    named = f"[INVALID_SPARK_CONFIG.{condition}] Invalid Spark config: {rule} SQLSTATE: 42616"
    return Refused(key, named if since(release, "4.0") else f"requirement failed: {rule}", SEE, change=change)


def _switch(key: str, settings: Mapping[str, str], release: str) -> bool:
    return bool(Entry(key, "", "boolean", "false").read(settings.get(key, "false"), release))


def _time(key: str, text: str, unit: str, release: str) -> int:
    """The time in whole units, cut towards zero, within a long; Spark's words where it is none."""
    parts = time_parts(text)
    fault = f"Failed to parse time string: {text}"
    if parts:
        digits, given = parts[0], parts[1] or unit
        if given not in MICROSECONDS:
            fault = f'Invalid suffix: "{given}"'
        else:
            try:
                return in_units(java_integer(digits), given, unit)
            except ValueError:
                fault = f'For input string: "{digits}"'
    change = "write digits and a unit, as in 10s"
    if since(release, "4.1"):
        name = "SECONDS" if unit == "s" else "MILLISECONDS"
        raise Entry(key, "", "ms", None).mismatch(text, release, f"time in {name}")
    plain = "" if since(release, "3.0") or key != TIMEOUT else f"Illegal value for config key {key}: "
    raise Refused(key, f"{plain}{_FORMS}\n{fault}", SEE, change=change)
