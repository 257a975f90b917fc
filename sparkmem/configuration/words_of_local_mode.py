"""Words that tell that a job runs on its writer's own machine, where nothing surer says what runs it.

``spark-submit`` without a master takes ``local[*]`` (``SparkSubmitArguments.loadEnvironmentArguments``), as a session that
a program makes by itself through it does; a file of defaults may say another, so that a text has to tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sparkmem.configuration.clue import clue
from sparkmem.configuration.setting import Said

_TOLD = clue(
    ("localhost", "local machine", "local computer", "laptop", "locally", "method:", "local development",
     "own machine", "own computer", "jupyter/"),
    r"\b(?:for|in|on) localhost\b|\blocalhost development\b|\blocal development\b"
    r"|\b(?:my|our|a|your|the) (?:(?:own |local |personal )?laptop|local machine|local computer)\b"
    r"|\b(?:my|our) own (?:machine|computer)\b"
    r"|\b(?:[rR]uns?|[rR]unning|ran|executed?)(?: (?:it|this|[sS]park))? locally\b"
    r"|\bjupyter/(?:pyspark|all-spark)-notebook\b"
    r"|(?m:^[ \t]{2,20}(?P<dbt>method:[ \t]{0,3}session)\b)",
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"\b(?:cluster|workers?|services|production|yarn|kubernetes|k8s|emr|databricks|dataproc|standalone)\b|spark://",
    re.IGNORECASE,
)
"""Beside which such words may be of another run than the one that is set up."""


def told(text: str, keys: Collection[str] = ()) -> Said | None:
    """Local mode with the words that say so; beside ``keys`` of executors a session of dbt's has another master.

    >>> told("what I run on my local machine").words, told("it works on my laptop, and not on the cluster")
    ('my local machine', None)
    """
    found = _TOLD.search(text)
    if found is None or _ELSEWHERE.search(text):
        return None
    if found["dbt"] and any(key.startswith("spark.executor.") for key in keys):
        return None
    return Said("cluster-manager", "local", text.count("\n", 0, found.start()) + 1, " ".join(found[0].split()))
