"""What a text lost, in one word each: as an address and a table carry it on, with ids and keys of ours and no word of it."""

from __future__ import annotations

from collections.abc import Iterable

from sparkmem.configuration.carried import CLUSTER_KEYS, carried
from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT, OF_A_WORKER, REPORTED
from sparkmem.configuration.reported import REPORTS
from sparkmem.configuration.setting import Lost, Said

ROW = "lost"  # as the input of the job's explanation is called
NOT_COMPUTED = {
    "mesos": "Mesos",
    "local-cluster": "local-cluster, Spark's own way to test with a JVM for each executor on one machine",
    "connect": "Spark Connect, where the driver and its executors belong to a server that was started elsewhere",
    "databricks": "Databricks, which sizes containers in its own way",
    "glue": "AWS Glue, which sizes containers by its types of workers",
    "emr-serverless": "EMR Serverless, which sizes workers in its own way",
    "dataproc-serverless": "Serverless for Apache Spark (Dataproc), which sizes containers in its own way",
}
"""What runs jobs in a way that is not computed here, by what a text says of its master or its vendor."""
OF_PLATFORMS = ("databricks", "glue", "emr-serverless", "dataproc-serverless")
"""Those of them that have no cluster manager and no deploy mode of Spark's to be assumed."""
RUNS_ON = "runs-on"
SIZED_BY, MAXIMIZED = "sized-by", "maximizeResourceAllocation"
"""What writes the sizes that a job leaves out, and is no setting of Spark's."""
ANY = "spark"  # in the place of a key that is not known


def meant(lost: Lost) -> str:
    """The key of Spark's that a lost setting means; empty where that is not known.

    >>> meant(Lost("key-misspelt", 1, "spark.excutor.memory", "…", "write spark.executor.memory"))
    'spark.executor.memory'
    """
    return next((key for key in (lost.key, lost.write.removeprefix("write ").partition(":")[0]) if _known(key)), "")


def _known(key: str) -> bool:
    return carried(key) or key in CLUSTER_KEYS or key in OF_A_WORKER or key == "spark.master"


def in_words(lost: Iterable[Lost], unknown: Iterable[str], kind: str, sized_by: str = "") -> str:
    """All of it, with commas between; ``kind`` runs the job, ``sized_by`` writes sizes that it leaves out.

    >>> in_words([Lost("key-misspelt", 3, "spark.executor.memory", "…")], ["spark.driver.memory"], "mesos")
    'key-misspelt:spark.executor.memory,value-not-in-text:spark.driver.memory,runs-on:mesos'
    """
    words = [f"{one.id}:{one.key if one.id == REPORTED else meant(one) or ANY}" for one in lost]
    words += [f"{NOT_IN_TEXT}:{key}" for key in unknown]
    words += [f"{RUNS_ON}:{kind}"] if kind else []
    words += [f"{SIZED_BY}:{sized_by}"] if sized_by else []
    return ",".join(dict.fromkeys(words))


def pairs(words: str) -> list[tuple[str, str]]:
    """The same as pairs of id and key.

    >>> pairs("key-misspelt:spark.executor.memory,runs-on:mesos")
    [('key-misspelt', 'spark.executor.memory'), ('runs-on', 'mesos')]
    """
    found = [word.partition(":") for word in filter(None, words.split(","))]
    return [(id, key) for id, _, key in found]


def without_holes(words: str, keys: Iterable[str]) -> str:
    """The same without the word that the value of any of these keys is not in the text.

    >>> without_holes("value-not-in-text:spark.executor.cores,runs-on:mesos", ["spark.executor.cores"])
    'runs-on:mesos'
    """
    filled = {(NOT_IN_TEXT, key) for key in keys}
    return ",".join(f"{id}:{key}" for id, key in pairs(words) if (id, key) not in filled)


def told_again(words: str, line: int = 0) -> tuple[tuple[Lost, ...], tuple[Said, ...]]:
    """What such words say; ``ConfigurationError`` where they say nothing of that kind."""
    lost: list[Lost] = []
    said: list[Said] = []
    for id, key in pairs(words):
        if id == RUNS_ON and key in NOT_COMPUTED:
            said.append(Said("master", key, line))
        elif (id, key) == (SIZED_BY, MAXIMIZED):
            said.append(Said(SIZED_BY, key, line))
        elif id == REPORTED and key in REPORTS:
            told, see = LOST[id]
            lost.append(Lost(id, line, key, told.format(given=REPORTS[key][0]), "", see))
        elif id in LOST and id != REPORTED and (_known(key) or key == ANY):
            told, see = LOST[id]
            given = "only what was pasted could say" if id == NOT_IN_TEXT else "a name like this"
            lost.append(Lost(id, line, key, told.format(given=given), "", see))
        else:
            raise ConfigurationError(
                f"lost is a list of ID:KEY, as in key-misspelt:spark.executor.memory, and {id[:40]!r} begins none"
            )
    return tuple(lost), tuple(said)
