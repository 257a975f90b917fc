"""The arithmetic of memory in Spark and the JVM, exactly as they do it, release by release.

The map, each module importing only from those before it:

    release source errors javalang   releases, witnesses, faults, java.lang's numbers
    size/                            bytes, and Spark's grammars of sizes and settings
    facts                            numbers that Spark and the JVM decided
    stops                            what sliders and arrow keys go through
    breakdown  packed  table         a total that must equal its parts; a node with executors on it; rows that are sorted
    jvm/  spark/                     the heap of the JVM; what Spark makes of it
    machines/  configuration/        nodes and what they lend out; settings read and written
    calculator  calculators/         what a calculator is; the calculators
    evaluate  convert                one request, one answer; a configuration from one format to another
    copying  comparison              the configuration behind an answer, to be taken away; two answers side by side
    watch/                           a memory manager at work: scripts, and what happens in each step
    render/                          the answer as text, Markdown and HTML
    browser  __main__                the two faces that people touch
"""

from typing import Any

from sparkmem import size
from sparkmem.release import NEWEST
from sparkmem.requests.evaluate import evaluate
from sparkmem.version import __version__

__all__ = ["__version__", "evaluate"]


def _conf_get(key: str, value: str | None = None, release: str = NEWEST) -> Any:
    """What ``SparkConf.get`` returns (``sparkmem.spark.settings.conf_get``)."""
    from sparkmem.spark.settings.conf_get import conf_get  # here: most who import sparkmem never ask for an entry

    return conf_get(key, value, release)


size.conf_get = _conf_get  # a public name of size for what stands above it; this module sees both, and is loaded first
