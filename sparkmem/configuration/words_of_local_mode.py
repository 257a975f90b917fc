"""Words that tell that a job runs on its writer's own machine, where nothing surer says what runs it.

``spark-submit`` without a master takes ``local[*]`` (``SparkSubmitArguments.loadEnvironmentArguments``), as a session that
a program makes by itself through it does; a file of defaults may say another, so that a text has to tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sparkmem.configuration.clue import clue
from sparkmem.configuration.setting import Said

NO_MASTER = "and no master"
"""How the words end of a start that names none: a file of defaults may, so that local mode is assumed and not told."""
_TOLD = clue(
    ("localhost", "local machine", "local computer", "laptop", "locally", "method:", "local development",
     "own machine", "own computer", "jupyter/", "local mode"),
    r"\b(?:for|in|on) localhost\b|\blocalhost development\b|\blocal development\b"
    r"|\b(?:my|our|a|your|the) (?:(?:own |local |personal )?laptop|local machine|local computer)\b"
    r"|\b(?:my|our) own (?:machine|computer)\b|(?<!not )(?<!n't )\b[iI]n local mode\b"
    r"|\b(?:[rR]uns?|[rR]unning|ran|executed?)(?: (?:it|this|[sS]park))? locally\b"
    r"|\bjupyter/(?:pyspark|all-spark)-notebook\b"
    r"|(?m:^[ \t]{2,20}(?P<dbt>method:[ \t]{0,3}session)\b)",
)  # fmt: skip
_STARTED = clue(
    ("pytest", "python", ".py", "spark-shell", "pyspark", "sparkR", "spark-sql"),
    r"(?m:^[ \t]{0,12}(?:- )?(?:run:[ \t]{0,3}|[$>%][ \t]{1,3})?(?:(?:poetry|uv|pipenv) run |python3? -m )?"
    r"(?:(?:python3? -m )?(?P<test>pytest)\b(?![:.=(])|python3?[ \t]{1,3}(?P<program>[\w./-]{1,80}\.py)\b"
    r"|(?:[\w./${}-]{1,60}/)?(?P<shell>spark-shell|pyspark|sparkR|spark-sql)(?=[ \t]+--?\w|[ \t]*$)))"
    r"|@(?P<fixture>pytest\.fixture)\b",
)
"""What starts a driver without a master of its own: a test, a program that Python runs, a shell."""
_ANOTHER_MASTER = re.compile(
    r"--master|\bspark\d?-submit\b|\b[mM]aster\(|\bMASTER\b|\bspark-defaults\b|\blivy\b"
    r"|\bspark\.master\b|\bnum[-_ ]?[eE]xecutors\b|\bexecutor\.instances\b|\bdynamicAllocation\b"
    r"|\bremote\(|\bPYSPARK_SUBMIT_ARGS\b|\bmaster[\"']?\s{0,3}[:=]"
)
"""Beside which that is not all that says where the job runs."""
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
    if found is None:
        return _started(text, keys)
    if _ELSEWHERE.search(text):
        return None
    if found["dbt"] and any(key.startswith("spark.executor.") for key in keys):
        return None
    return Said("cluster-manager", "local", text.count("\n", 0, found.start()) + 1, " ".join(found[0].split()))


def _started(text: str, keys: Collection[str]) -> Said | None:
    """Local mode where all that a text shows is a start without a master; a shell beside keys of executors may have one.

    >>> _started("python -m pytest -q", ["spark.executor.memory"]).words
    'python -m pytest, and no master'
    >>> _started("spark-shell --executor-memory 5g", ["spark.executor.memory"])
    """
    found = _STARTED.search(text)
    if found is None or _ELSEWHERE.search(text) or _ANOTHER_MASTER.search(text):
        return None
    if found["shell"] and any(key.startswith("spark.executor.") for key in keys):
        return None
    words = "a program that Python starts" if found["program"] else " ".join(found[0].split()).removeprefix("- run: ")
    return Said("cluster-manager", "local", text.count("\n", 0, found.start()) + 1, f"{words}, {NO_MASTER}", assumed=True)
