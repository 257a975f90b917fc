"""Keys of Spark's that are written as options, ``--spark.executor.memory=6g``, where nothing else is read: they are none."""

from __future__ import annotations

from itertools import islice

from sparkmem.configuration.carried import carried
from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST

FORMAT = "spark-submit"

_WRITTEN = clue(("--spark.",), r"(?<![\w-])--(?P<key>spark\.[\w.]{3,80})(?:=|[ \t]{1,3})[\"']?[\w$<{]")
_MOST = 40


def told(text: str) -> Configuration | None:
    """Each of them as lost; None where there is none.

    >>> [one.key for one in told("-e SPARK_OPTS '--spark.executor.memory=6g'").lost]
    ['spark.executor.memory']
    """
    found, line, counted = Found(FORMAT), 1, 0
    for one in islice(_WRITTEN.finditer(text), _MOST):
        line += text.count("\n", counted, one.start())
        counted = one.start()
        if carried(key := one["key"]):
            found.ignore(line, f"--{key}", LOST["option-misspelt"][0].format(given=f"--{key}"))
            found.lose("option-misspelt", line, key, f"write --conf {key}=VALUE", f"--{key}")
    return found.configuration() if found.losses else None
