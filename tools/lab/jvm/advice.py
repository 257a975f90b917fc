"""Whether what a finding advises helps: a JVM that fails with its text before, and runs after."""

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings

from ..experiment import Figures, experiment, text, yes
from ..java import Java

_CLASSES = "20000"
"""Loaders: more than fit into 24 MiB of metaspace and 2 MiB for classes, and fewer than into what is advised."""


def advised(finding_id: str, key: str) -> str:
    """What a finding writes for a key, where it writes a word."""
    return next(change.value.strip('"') for change in findings()[finding_id].change if change.key == key and change.value)


def found(said: str) -> str:
    """The first finding in what was said; a few words that are part of a text are none."""
    told = diagnosed(said)
    return told.first.finding.id if told.first and not told.by_words else "nothing"


def _tries(flags: str) -> dict[str, tuple[list[str], list[str], tuple[str, ...]]]:
    """By finding: options that fail, options that are advised, and the probe."""
    metaspace, classes = advised("metaspace", flags), advised("compressed-class-space", "spark.driver.extraJavaOptions")
    direct = advised("direct-buffer-memory", flags)
    return {
        "heap-space": (["-Xmx64m"], ["-Xmx256m"], ("Fill", str(12 << 20))),
        "metaspace": (["-XX:MaxMetaspaceSize=24m"], [metaspace], ("Metaspace", _CLASSES)),
        "compressed-class-space": (["-XX:CompressedClassSpaceSize=2m"], [classes], ("Metaspace", _CLASSES)),
        "direct-buffer-memory": (["-XX:MaxDirectMemorySize=64m"], [direct], ("Direct", "nio", "96")),
        "stack-overflow": (["-Xss256k"], [advised("stack-overflow", flags)], ("Deep", "40000")),
        "heap-not-reserved": (["-Xmx1.5g"], ["-Xmx1536m"], ("-version",)),
        "jvm-option-unknown": (["-XX:MaxPermSize=256m"], ["-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxPermSize=256m"],
                               ("-version",)),
    }  # fmt: skip


@experiment(
    "advice-for-jvms",
    question="Does a JVM run with what the page of its failure advises?",
    statement="Each fails before with the text of its finding, and ends well with the option that the finding names.",
    ran="one array of 96 MiB with -Xmx64m; 20,000 loaders with -XX:MaxMetaspaceSize=24m and with "
        "-XX:CompressedClassSpaceSize=2m; 96 MiB of direct buffers with -XX:MaxDirectMemorySize=64m; -Xmx1.5g; "
        "40,000 calls within each other with -Xss256k; "
        "-XX:MaxPermSize; then each again with what is advised",
    on=("java-17",),
)
def advice_for_jvms(java: Java) -> Figures:
    figures: Figures = {}
    for finding_id, (before, after, (main, *arguments)) in _tries("spark.executor.extraJavaOptions").items():
        failed = java.run(before, main, *arguments)
        ran = java.run(after, main, *arguments)
        figures[f"{finding_id}-before"] = text(found(failed.stdout + failed.stderr))
        figures[f"{finding_id}-after"] = yes(ran.returncode == 0 and found(ran.stdout + ran.stderr) == "nothing")
    return figures
