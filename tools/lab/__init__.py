"""Experiments on real JVMs and real Spark, and the figures that they gave, in tests/oracle/lab.json.

    python -m tools.lab                      all of them
    python -m tools.lab interned-strings     one, on everything that it is for
    … interned-strings:java-25               one run of it
    … --new                                  only what has no record yet
    … --texts                                nothing: write the experiments' words into the file again
    … --list                                 what there is

experiment  what an experiment is, and the list of them
java        JVMs started with options, watched through /proc and jcmd
probes/     small Java classes that the experiments run, compiled by the Janino among Spark's jars
jvm/        experiments on JVMs alone
spark/      experiments on Spark: in one process, or with real executors (local-cluster)
record      runs experiments and writes the file

Whether the figures show what an experiment states is decided in tests/oracle/test_lab.py alone.
"""

from .jvm import advice, cgroup, counted, direct, ends, exhaustion, flags, heap, native, speed, strings, threads
from .spark import advice as spark_advice
from .spark import defaults, drivers, execution, executor, limits, operators, python, storage, user
from .spark import ends as executor_ends

__all__ = [
    "advice",
    "cgroup",
    "counted",
    "defaults",
    "direct",
    "drivers",
    "ends",
    "execution",
    "executor",
    "executor_ends",
    "exhaustion",
    "flags",
    "heap",
    "limits",
    "native",
    "operators",
    "python",
    "spark_advice",
    "speed",
    "storage",
    "strings",
    "threads",
    "user",
]
