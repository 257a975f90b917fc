"""The arithmetic of memory in Spark and the JVM, exactly as they do it, release by release.

The map: a module imports from the lines before its own, and from its room.  Rooms in brackets are still to come.

    record               what is made once and never changed
    version release source errors javalang   versions, releases, witnesses, faults, java.lang's numbers
    size/                bytes, and the grammars in which Spark and the JVM read and write them
    facts stops          numbers that Spark and the JVM decided; what sliders and arrow keys go through
    jvm/                 the JVM's heap, its flags, and what it takes outside the heap
    spark/settings/      how Spark reads its configuration, every entry that bears on memory, and which keys there are
    spark/managers/      the managers of memory: regions, pools, the store, and traces replayed
    spark/containers/    what is asked of YARN, Kubernetes or a standalone master, and what has to fit into it
    spark/changes/ spark/ends/   what changed between releases; how processes end
    refusals/            what Spark, spark-submit and the JVM refuse: one register, which every calculator asks
    machines/ configuration/     nodes and what they lend out; texts that hold settings, a file for each form
    diagnosis/           texts of failures, processes at a moment
    eventlog/            a run's own record: lines in whatever packing, folded into a run
    answer/              what an answer is: lines that add up, tables, notes, the result
    input                what an input of a calculator is
    given                what is given for inputs, with defaults, and the faults of it
    calculator           what a calculator is: its inputs, its question, how it is asked
    subjects/            what two or more calculators share, a folder for each subject
    calculators/         a folder for each calculator: what it is, its inputs, how they are read, the answer, the notes
    requests/            what is done with answers: evaluated, compared, taken away, converted
    runs/                a run held against the model: reconciled, what went wrong, the size that would have done
    watch/               a memory manager at work: scripts, and what happens in each step
    render/              the answer as text, Markdown and HTML
    [fleet/]             the same over many runs
    commands/            the command line: a file for each command, what its options are, what it writes
    ahead                what no page has asked for yet, loaded a piece at a time
    browser __main__     the two faces that people touch

``tests/test_layers.py`` reads this map and holds every import against it.
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
