"""Java options that an application hands to its JVMs, and with which they do not start."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.errors import Refused
from sparkmem.jvm.dead_flags import dead_flags
from sparkmem.jvm.refused import refused_options
from sparkmem.jvm.refused_flags import IGNORE
from sparkmem.refusals.job import LOCAL, STANDALONE, YARN, Job
from sparkmem.release import JAVA_VERSIONS, since

SEE = "memory/garbage-collection/#dead-flags"
_CHANGE = "take the flag out, or give it a value that this Java takes"


def refused_by_jvms(job: Job) -> Iterator[Refused]:
    """The refusal of each key's options; where it is not known which Java reads them, what none of them takes.

    >>> job = Job({"spark.executor.extraJavaOptions": "-XX:MaxRAMPercentage=500"}, "4.3", "yarn", java=17)
    >>> [refusal.key for refusal in refused_by_jvms(job)]
    ['spark.executor.extraJavaOptions']
    """
    for key in keys_of_options(job):
        options = job.settings[key]
        if passes_over_unknown(job, key):
            options = f"{IGNORE} {options}"
        said = refused_options(options, job.java) if job.java else _by_every_java(options)
        if said:
            yield Refused(key, said, SEE, change=_change(said, options, job.java), by="JVM")


def _change(said: str, options: str, java: int) -> str:
    """What to do about a refusal; a JVM names the first flag that it does not know, and would name the next one then."""
    dead = [words.split("'")[1].partition("=")[0] for words in dead_flags(options, java)] if java else []
    every = len(dead) > 1 and said.startswith("Unrecognized")
    return f"take out all that Java {java} does not know: {', '.join(dead)}" if every else _CHANGE


def passes_over_unknown(job: Job, key: str) -> bool:
    """Whether Spark tells the JVMs that get these options to pass over flags that they do not know.

    Since 3.3 ``SparkContext`` tells executors, ``yarn.Client`` what it starts, and ``SparkSubmitCommandBuilder`` the JVM of
    spark-submit, which is the driver in client mode and in a pod.  Nobody tells the driver that a standalone worker
    starts (``deploy.Client``; the REST server, which nobody asks by default, does since 4.0).

    >>> key = "spark.driver.extraJavaOptions"
    >>> [passes_over_unknown(Job({}, "4.3", "standalone", mode), key) for mode in ("client", "cluster")]
    [True, False]
    """
    started_by_worker = key.startswith("spark.driver.") and (job.manager, job.deploy_mode) == (STANDALONE, "cluster")
    return since(job.release, "3.3") and not started_by_worker


def keys_of_options(job: Job) -> list[str]:
    """The keys under which the job gives options to JVMs that it starts."""
    processes = ["driver"] if job.manager == LOCAL else ["executor", "driver"]
    if job.manager == YARN and job.deploy_mode == "client":
        processes.append("yarn.am")
    kinds = ("default", "extra") if since(job.release, "3.0") else ("extra",)
    keys = [f"spark.{process}.{kind}JavaOptions" for process in processes for kind in kinds]
    return [key for key in keys if job.given(key)]


def _by_every_java(options: str) -> str:
    """What the usual Java says where every other does not start either; a flag that has gone may still be of Java 8."""
    said = {java: refused_options(options, java) for java in JAVA_VERSIONS}
    sure = all(said.values()) and not any(text.startswith("Unrecognized") for text in said.values())
    return said[17] if sure else ""
