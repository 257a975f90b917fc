"""What JVMs do with flags of published recipes: whether they start, what they say, and how Spark's own options change it.

Each row of `flags` is one flag on one Java: alone, and with -XX:+IgnoreUnrecognizedVMOptions, which Spark
gives its JVMs since 3.3.  Each row of `executors` is one release: the Java options that its SparkContext
makes for executors of a user's option, and whether a JVM starts with them.  Each row of `defaults` holds what
one Java takes where no flag says, each row of `compressed` the largest -Xmx with references of four bytes.
Each row of `names` has the flags that one Java knows: all but its compilers' own and those for diagnosing it.
"""

import bisect
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import jvm, packages
from .heap import JAVAS
from .record import RECORDED
from .releases import JAVA

FLAGS = [
    "-XX:+G1SummarizeConcMark", "-XX:+PrintGCDateStamps", "-XX:+PrintGCTimeStamps", "-XX:+PrintGCDetails", "-verbose:gc",
    "-Xloggc:gc.log", "-XX:+UseGCLogFileRotation", "-XX:+PrintAdaptiveSizePolicy", "-XX:+PrintTenuringDistribution",
    "-XX:+PrintGCApplicationStoppedTime", "-XX:+PrintHeapAtGC", "-XX:MaxPermSize=256m", "-XX:PermSize=64m",
    "-XX:+UseConcMarkSweepGC", "-XX:+UseParNewGC", "-XX:CMSInitiatingOccupancyFraction=70", "-XX:+CMSClassUnloadingEnabled",
    "-XX:+UseParallelOldGC", "-XX:+AggressiveOpts", "-XX:+UseBiasedLocking", "-XX:+UseCGroupMemoryLimitForHeap",
    "-XX:+UseZGC", "-XX:+ZGenerational", "-XX:+UseCompressedOops", "-XX:+UseG1GC", "-XX:InitiatingHeapOccupancyPercent=35",
    "-XX:MaxRAMPercentage=75", "-XX:+UseStringDeduplication", "-Xlog:gc*:file=gc.log:time,uptime",
    "-XX:+UseCMSInitiatingOccupancyOnly", "-XX:+CMSParallelRemarkEnabled", "-XX:+CMSScavengeBeforeRemark",
    "-XX:+UseCMSCompactAtFullCollection", "-XX:CMSFullGCsBeforeCompaction=5", "-XX:+CMSIncrementalMode",
    "-XX:+CMSConcurrentMTEnabled", "-XX:CMSMaxAbortablePrecleanTime=5000",
    "-XX:+ExplicitGCInvokesConcurrentAndUnloadsClasses", "-XX:ParallelCMSThreads=4", "-XX:CMSTriggerRatio=80",
    "-XX:+PrintGCApplicationConcurrentTime", "-XX:+PrintGCCause", "-XX:+PrintReferenceGC",
    "-XX:+PrintClassHistogramBeforeFullGC", "-XX:+PrintClassHistogramAfterFullGC", "-XX:PrintFLSStatistics=1",
    "-XX:+PrintPromotionFailure", "-XX:+PrintParallelOldGCPhaseTimes", "-XX:+PrintGCTaskTimeStamps",
    "-XX:+PrintStringDeduplicationStatistics", "-XX:+PrintTLAB", "-XX:+PrintPLAB", "-XX:+PrintSafepointStatistics",
    "-XX:PrintSafepointStatisticsCount=1", "-XX:+TraceClassUnloading", "-XX:+TraceClassLoading",
    "-XX:NumberOfGCLogFiles=10", "-XX:GCLogFileSize=10M", "-XX:+UseAdaptiveGCBoundary", "-XX:+UseFastAccessorMethods",
    "-XX:+UseFastEmptyMethods", "-XX:+UseSplitVerifier", "-XX:+UseSpinning", "-XX:+UseOldInlining",
    "-XX:+UseAutoGCSelectPolicy", "-XX:MaxRAMFraction=1", "-XX:MinRAMFraction=2", "-XX:InitialRAMFraction=4",
    "-XX:DefaultMaxRAMFraction=4", "-XX:+UseLargePagesInMetaspace", "-XX:+UseHugeTLBFS", "-XX:+UseSHM",
    "-XX:+ParallelRefProcEnabled", "-XX:+AlwaysPreTouch", "-XX:+UseLWPSynchronization", "-XX:+BindGCTaskThreadsToCPUs",
    "-XX:+UseGCTaskAffinity", "-XX:+AggressiveHeap", "-XX:+UnlockCommercialFeatures", "-XX:BiasedLockingStartupDelay=0",
    "-XX:G1HeapWastePercent=5", "-XX:G1MixedGCLiveThresholdPercent=85", "-XX:G1LogLevel=finest",
    "-XX:+G1PrintRegionLivenessInfo", "-XX:+G1PrintHeapRegions", "-XX:G1RSetUpdatingPauseTimePercent=5",
    "-XX:G1ConcRefinementThreads=4", "-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:+DoEscapeAnalysis",
    "-XX:+UseAdaptiveSizePolicy", "-XX:+ScavengeBeforeFullGC", "-XX:+DisableExplicitGC",
    "-XX:+ExplicitGCInvokesConcurrent", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseNUMA",
]  # fmt: skip
"""Flags of guides to tuning Spark, dead and alive."""

DEFAULTS = [
    "ReservedCodeCacheSize", "CompressedClassSpaceSize", "MaxMetaspaceSize", "MetaspaceSize", "ThreadStackSize",
    "MaxDirectMemorySize", "MinHeapFreeRatio", "MaxHeapFreeRatio", "MaxRAMPercentage", "GCTimeLimit", "GCHeapFreeLimit",
    "UseGCOverheadLimit", "InitiatingHeapOccupancyPercent", "G1UseAdaptiveIHOP", "G1NewSizePercent", "G1MaxNewSizePercent",
    "G1ReservePercent", "NewRatio", "MaxTenuringThreshold", "G1PeriodicGCInterval", "ShrinkHeapInSteps", "AlwaysPreTouch",
    "UseStringDeduplication",
]  # fmt: skip
"""Flags whose defaults the pages name."""

LEAST_MIB, MOST_MIB = 31 << 10, 32 << 10
"""Between these two sizes references lose their compression, if they ever had it."""

IGNORE = "-XX:+IgnoreUnrecognizedVMOptions"
RECIPE = "-XX:+G1SummarizeConcMark"
SECONDS = 60


def record() -> Path:
    """Writes tests/oracle/flags.json."""
    jvms = {}
    for java in JAVAS:
        with jvm.Jvm(java, ["-Xmx64m"]) as real:
            jvms[str(java)] = jvm.version(real)
    print("oracle: flags, one JVM for each", file=sys.stderr)
    flags = [flag_row(java, flag) for flag in FLAGS for java in JAVAS]
    executors = [executor_row(release) for release in JAVA]
    defaults = [{"java": java, **default_flags(java)} for java in JAVAS]
    compressed = [
        {"java": java, "gc": gc, "largestMiB": largest_compressed(java, gc)} for java in JAVAS for gc in jvm.COLLECTORS
    ]
    path = RECORDED / "flags.json"
    header = {"jvms": jvms, "command": "python -m tools.oracle flags"}
    parts = [f'"{name}": {json.dumps(value)}' for name, value in header.items()]
    names = [{"java": java, "names": flag_names(java)} for java in JAVAS]
    tables = {"flags": flags, "executors": executors, "defaults": defaults, "compressed": compressed, "names": names}
    parts += [f'"{name}": [\n{_lines(rows)}\n]' for name, rows in tables.items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n")
    return path


def flag_row(java: int, flag: str) -> dict[str, Any]:
    """One flag on one Java."""
    return {"java": java, "flag": flag, "alone": started(java, flag), "ignoring": started(java, f"{IGNORE} {flag}")}


def executor_row(release: str) -> dict[str, Any]:
    """What the release's SparkContext makes of the user's option for its executors, and what a JVM says to that."""
    with jvm.Jvm(JAVA[release], ["-Xmx256m"], packages.unpacked(f"spark-{release}")) as real:
        conf = real.view.org.apache.spark.SparkConf(False)
        conf.set("spark.executor.extraJavaOptions", RECIPE)
        context = getattr(real.view.org.apache.spark, "SparkContext$")
        names = {method.getName() for method in real.view.java.lang.Class.forName(
            "org.apache.spark.SparkContext$").getDeclaredMethods()}
        supplement = next((name for name in names if name.endswith("supplementJavaModuleOptions")), None)
        if supplement:
            real.call(getattr(context, "MODULE$"), supplement, conf)
        options = str(conf.get("spark.executor.extraJavaOptions"))
    # The runtimes that are asked here lack a module that 4.x names; it has no part in how flags are read.
    known = " ".join(option for option in options.split() if not option.startswith("--add-modules="))
    return {"release": release, "java": JAVA[release], "given": RECIPE, "executor": options, **started(JAVA[release], known)}


def default_flags(java: int) -> dict[str, str]:
    """The flags of `DEFAULTS` that the Java knows, as it prints them, with four processors and 4 GiB of heap under G1."""
    flags = _flags(java, "-XX:+UseG1GC", "-Xmx4g", "-XX:ActiveProcessorCount=4", "-XX:+UnlockExperimentalVMOptions")
    return {name: flags[name] for name in DEFAULTS if name in flags}


def flag_names(java: int) -> str:
    """The names of the Java's flags, but those of one of its compilers or processors, and those that diagnose it."""
    lines = _printed(java, "-XX:+UnlockExperimentalVMOptions").splitlines()
    known = (re.fullmatch(r"\s*\w+ (\w+)\s+:?=.*?\{([^}]*)\}.*", line) for line in lines)
    return " ".join(row[1] for row in known if row and not _OTHERS.search(row[2]))


def largest_compressed(java: int, gc: str) -> int:
    """The largest -Xmx [whole MiB] between 31 and 32 GiB with compressed references; 0 where there are none."""

    def compressed(mib: int) -> bool:
        return _flags(java, *jvm.COLLECTORS[gc], f"-Xmx{mib}m", "-Xms32m")["UseCompressedOops"] == "true"

    if not compressed(LEAST_MIB):
        return 0
    return LEAST_MIB + bisect.bisect_left(range(LEAST_MIB + 1, MOST_MIB + 1), True, key=lambda mib: not compressed(mib))


_OTHERS = re.compile(r"^(?:C1|C2|ARCH|JVMCI)\b|diagnostic")


def _flags(java: int, *options: str) -> dict[str, str]:
    rows = [line.split() for line in _printed(java, *options).splitlines()]
    return {row[1]: row[3] for row in rows if len(row) > 3 and row[2] in ("=", ":=")}


def _printed(java: int, *options: str) -> str:
    command = [str(jvm.executable(java)), *options, "-XX:+PrintFlagsFinal", "-version"]
    environment = {k: v for k, v in os.environ.items() if k not in jvm._OPTION_VARIABLES}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True).stdout


def started(java: int, options: str) -> dict[str, Any]:
    """Whether a JVM starts with these options, and the first line with which it complains."""
    command = [str(jvm.executable(java)), *options.split(), "-Xmx64m", "-version"]
    environment = {k: v for k, v in os.environ.items() if k not in jvm._OPTION_VARIABLES}
    with tempfile.TemporaryDirectory() as folder:  # for a log that a flag asks for
        said = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    lines = [re.sub(r"^\[[0-9.]+s\]", "", line) for line in (said.stdout + said.stderr).splitlines() if _complains(line)]
    return {"starts": said.returncode == 0, **({"said": lines[0]} if lines else {})}


def _complains(line: str) -> bool:
    return "warning" in line or "Unrecognized" in line or line.startswith("Error")


def _lines(rows: list[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
