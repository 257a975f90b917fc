"""Buffers and messages whose sizes Spark checks where it makes what holds them, in every driver and executor."""

from __future__ import annotations

from sparkmem.errors import Refused
from sparkmem.javalang import wrap
from sparkmem.refusals.job import Job
from sparkmem.release import since
from sparkmem.size import KIB, MIB

SEE = "reference/configuration-keys/#configuration-keys"
KRYO, KRYO_MAX = "spark.kryoserializer.buffer", "spark.kryoserializer.buffer.max"
MESSAGE, BROADCAST = "spark.rpc.message.maxSize", "spark.shuffle.mapOutput.minSizeForBroadcast"
_OLD = {KRYO: f"{KRYO}.mb", KRYO_MAX: f"{KRYO_MAX}.mb", MESSAGE: "spark.akka.frameSize"}
OLD_KRYO, OLD_MESSAGE = (_OLD[KRYO], _OLD[KRYO_MAX]), _OLD[MESSAGE]
_MOST_KRYO_MIB = 2048
_MOST_MESSAGE_MIB = 2047


def check_kryo(job: Job) -> None:
    """Refuse buffers that no array holds (``KryoSerializer``, which each process makes).

    >>> check_kryo(Job({KRYO_MAX: "2g"}, "3.5"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: spark.kryoserializer.buffer.max must be less than 2048 MiB, got: 2048 MiB.
    """
    kib = _value(job, KRYO, 64)
    if kib * KIB >= _MOST_KRYO_MIB * MIB:
        raise _too_large(KRYO, kib * KIB // MIB, "+ ", job)
    if kib < 0:
        raise Refused(KRYO, f"Negative size value. Size must be positive: {kib}", SEE, change="write 64k or more")
    mib = _value(job, KRYO_MAX, 64)
    if mib >= _MOST_KRYO_MIB:
        raise _too_large(KRYO_MAX, mib, "" if since(job.release, "3.0") else "+ ", job)
    if mib < 0:
        raise Refused(KRYO_MAX, f"Negative size value. Size must be positive: {mib}", SEE, change="write 64m or more")


def _too_large(key: str, mib: int, plus: str, job: Job) -> Refused:
    if since(job.release, "4.0"):
        text = f'[INVALID_KRYO_SERIALIZER_BUFFER_SIZE] The value of the config "{key}" must be less than 2048 MiB, but got'
        text += f" {mib} MiB. SQLSTATE: F0000"
    else:
        unit = "MiB" if since(job.release, "3.0") else "mb"
        text = f"{key} must be less than {_MOST_KRYO_MIB} {unit}, got: {plus}{mib} {unit}."
    return Refused(key, text, SEE, change="write 2047m or less")


def largest_message(job: Job) -> int:
    """The most bytes of a message between driver and executors (``RpcUtils.maxMessageSizeBytes``)."""
    mib = _value(job, MESSAGE, 128)
    if mib > _MOST_MESSAGE_MIB:
        text = f"{MESSAGE} should not be greater than {_MOST_MESSAGE_MIB} MB"
        raise Refused(MESSAGE, text, SEE, change="write a number of MiB from 1 to 2047")
    return int(mib * MIB)


def check_outputs(job: Job) -> None:
    """Refuse map outputs that a message would not hold (``MapOutputTrackerMaster``)."""
    least, most = wrap(job.value(BROADCAST, 512 * KIB), 32), largest_message(job)  # cut to an Int, unseen
    if least > most:
        text = f"{BROADCAST} ({least} bytes) must be <= {MESSAGE} ({most} bytes)"
        text += " to prevent sending an rpc message that is too large."
        raise Refused(
            BROADCAST if job.given(BROADCAST) else MESSAGE, text, SEE, change=f"lower {BROADCAST}, or raise {MESSAGE}"
        )


def _value(job: Job, key: str, default: int) -> int:
    """The value, under the old name where the key itself is not given."""
    old = _OLD[key]
    gone = old == _OLD[MESSAGE] and since(job.release, "3.4")
    return int(job.value(key) if job.given(key) else default if gone else job.value(old, default))
