"""Java options that an application hands to its JVMs, and with which they do not start."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.errors import Refused
from sparkmem.jvm.refused import refused_options
from sparkmem.refusals.job import LOCAL, YARN, Job
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
        said = refused_options(job.settings[key], job.java) if job.java else _by_every_java(job.settings[key])
        if said:
            yield Refused(key, said, SEE, change=_CHANGE, by="JVM")


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
