"""What a text lost, as an address carries it on: ids and keys of ours, and no word of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sparkmem.configuration.carried import carried
from sparkmem.configuration.configuration import Configuration, Lost, Said
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.errors import BadInputs, InputError
from sparkmem.subjects.job.example import LOST_SETTINGS, PAGE

NOT_COMPUTED = {
    "mesos": "Mesos",
    "local-cluster": "local-cluster, Spark's own way to test with a JVM for each executor on one machine",
    "connect": "Spark Connect, where the driver and its executors belong to a server that was started elsewhere",
    "databricks": "Databricks, which sizes containers in its own way",
    "glue": "AWS Glue, which sizes containers by its types of workers",
    "emr-serverless": "EMR Serverless, which sizes workers in its own way",
}
"""What runs jobs in a way that is not computed here, by what a text says of its master or its vendor."""
_WHO = "runs-on"
_ANY = "spark"  # in the place of a key that is not known


def meant(lost: Lost) -> str:
    """The key of Spark's that a lost setting means; empty where that is not known.

    >>> meant(Lost("key-misspelt", 1, "spark.excutor.memory", "…", "write spark.executor.memory"))
    'spark.executor.memory'
    """
    return next((key for key in (lost.key, lost.write.removeprefix("write ")) if carried(key)), "")


def carried_on(lost: Iterable[Lost], unknown: Iterable[str], kind: str) -> str:
    """The value of the input ``lost``.

    >>> carried_on([Lost("key-misspelt", 3, "spark.executor.memory", "…")], ["spark.driver.memory"], "mesos")
    'key-misspelt:spark.executor.memory,value-not-in-text:spark.driver.memory,runs-on:mesos'
    """
    words = [f"{one.id}:{meant(one) or _ANY}" for one in lost]
    words += [f"{NOT_IN_TEXT}:{key}" for key in unknown]
    words += [f"{_WHO}:{kind}"] if kind else []
    return ",".join(dict.fromkeys(words))


def pairs(text: str) -> list[tuple[str, str]]:
    """Such a value as pairs of id and key.

    >>> pairs("key-misspelt:spark.executor.memory,runs-on:mesos")
    [('key-misspelt', 'spark.executor.memory'), ('runs-on', 'mesos')]
    """
    found = [word.partition(":") for word in filter(None, text.split(","))]
    return [(id, key) for id, _, key in found]


def from_address(text: str) -> tuple[tuple[Lost, ...], tuple[Said, ...]]:
    """What such a value says; ``BadInputs`` where it is none."""
    lost: list[Lost] = []
    said: list[Said] = []
    for id, key in pairs(text):
        if id == _WHO and key in NOT_COMPUTED:
            said.append(Said("master", key))
        elif id in LOST and (carried(key) or key == _ANY):
            told, see = LOST[id]
            given = "only what was pasted could say" if id == NOT_IN_TEXT else "a name like this"
            lost.append(Lost(id, 0, key, told.format(given=given), "", see))
        else:
            message = f"lost is a list of ID:KEY, as in key-misspelt:spark.executor.memory, and {id[:40]!r} begins none"
            raise BadInputs([InputError(LOST_SETTINGS, message, PAGE + "#lost", change="take it out of the address")])
    return tuple(lost), tuple(said)


def with_earlier(found: Configuration, text: str) -> Configuration:
    """What was read, with what an address says of the text that its settings are from."""
    lost, said = from_address(text)
    known = {(one.id, meant(one)) for one in found.lost}
    return replace(
        found,
        lost=(*found.lost, *(one for one in lost if (one.id, meant(one)) not in known)),
        said=(*found.said, *said),
    )
