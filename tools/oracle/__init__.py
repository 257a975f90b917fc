"""Asks real Spark and real JVMs, and records what they answer in tests/oracle/.

    python -m tools.oracle 4.3.0    one release of Spark, every kind of case
    python -m tools.oracle heap     what JVMs report for their heap
    python -m tools.oracle traces-4.3.0   what happens in the memory managers of a release, operation by operation
    … --new                         only what the file has no answer to yet

packages    Spark's jars, the JVMs and py4j: fetched by pip from the hashes in locks/, kept in build/oracle/
releases    the releases of Spark, and the Java that each is asked on
jvm         one running JVM, driven from Python through py4j's gateway
vocabulary  values that people write for sizes, fractions and switches, the odd ones included
containers  settings that bear on the size of a container, for the kinds that ask for one
kinds/      one module for each kind of case: its cases for a seed, and how a JVM answers one
heap        what a JVM started with given options says about its heap
native      what native memory tracking prints, and what collectors and flags make of memory outside the heap
taken       every key that sparkmem takes, with texts of its shape and of every wrong one
refusals    what Spark refuses of them, release by release, in one file
refused_flags   what JVMs do with flags out of range, malformed, locked or at odds
record      runs the cases and writes the files
traces      runs random traces on real memory managers, and writes files of their own

Why py4j: its gateway is a jar that any Java runtime can start, so no compiler is needed and
Python calls Spark's own methods, private ones by reflection.  Of ours two classes run inside the JVM,
the driver that a YarnAllocator asks (kinds/yarn) and the one that does the operations of a trace
(kinds/Trace.java), compiled by the Janino among Spark's jars.
"""
