"""What reasons of failures in a log mean: of each kind the words by which it is told, of an executor or an exception."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.runs.finding import CAUSE, CONSEQUENCE, POSSIBLE, SAID


@dataclass(frozen=True)
class Rule:
    """Words by which a text is told, all of one of ``any_of``; and what it is then."""

    id: str
    kind: str
    process: str
    region: str
    title: str
    says: str
    any_of: tuple[tuple[str, ...], ...]
    certainty: str = SAID
    not_to_do: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it is a cause that its words alone settle."""
        return self.kind == CAUSE and self.certainty == SAID


RULES = (
    Rule(
        "array-too-long",
        CAUSE,
        "executor",
        "none",
        "One array was longer than a JVM allows",
        "A program asked for an array of about as many elements as an int can count: a limit of the JVM, not of memory.",
        (
            ("OutOfMemoryError: Requested array size exceeds VM limit",),
            ("OutOfMemoryError: Required length exceeds implementation limit",),
            ("OutOfMemoryError: Required array length", "is too large"),
        ),
        not_to_do="A larger heap: the limit is the length, and stays.",
    ),
    Rule(
        "heap-full",
        CAUSE,
        "executor",
        "heap",
        "The heap was full",
        "The JVM could not make room for an object: what tasks held at once was more than the heap.",
        (
            ("OutOfMemoryError: Java heap space",),
            ("OutOfMemoryError: GC overhead limit exceeded",),
            ("Command exited with code 52",),
            ("exit code 52",),
            ("Exit code: 52",),
            ("exited with code 52",),
        ),
        not_to_do="Raising the memory overhead: it is outside the heap.",
    ),
    Rule(
        "direct-memory",
        CAUSE,
        "executor",
        "direct",
        "Direct memory was used up",
        "Buffers outside the heap reached -XX:MaxDirectMemorySize, which is the size of the heap where nothing sets it.",
        (
            ("OutOfMemoryError: Direct buffer memory",),
            ("OutOfMemoryError: Cannot reserve", "direct buffer memory"),
            ("OutOfDirectMemoryError",),
        ),
        not_to_do="Raising spark.memory.offHeap.size: Spark's own off-heap memory is not under that limit.",
    ),
    Rule(
        "metaspace-full",
        CAUSE,
        "executor",
        "metaspace",
        "Metaspace was full",
        "Classes reached -XX:MaxMetaspaceSize.",
        (("OutOfMemoryError: Metaspace",), ("OutOfMemoryError: Compressed class space",)),
    ),
    Rule(
        "no-native-thread",
        CAUSE,
        "executor",
        "overhead/native",
        "No thread could be started",
        "The system refused another thread: a limit on processes, or no memory for its stack.",
        (("OutOfMemoryError: unable to create", "native thread"),),
    ),
    Rule(
        "execution-refused",
        CAUSE,
        "executor",
        "heap",
        "Execution memory could not be granted",
        "One record, or the first array of pointers, did not fit into what a task was granted.",
        (("SparkOutOfMemoryError",), ("Unable to acquire", "bytes of memory"), ("UNABLE_TO_ACQUIRE_MEMORY",)),
    ),
    Rule(
        "python-worker",
        CAUSE,
        "python worker",
        "python",
        "A Python worker reached its limit",
        "Python asked for more than its share of spark.executor.pyspark.memory, which is a limit on its addresses.",
        (("MemoryError", "pyspark"), ("MemoryError", "PythonException"), ("\nMemoryError",)),
    ),
    Rule(
        "container-limit",
        CAUSE,
        "executor",
        "container",
        "The container went over its limit",
        "The processes of a container together were larger than the container, and the cluster manager ended it.",
        (
            ("OOMKilled",),
            ("Exit status: -104",),
            ("exceeding physical memory limits",),
            ("exceeding memory limits",),
        ),
        not_to_do="Raising the heap alone: it grows into the same container.",
    ),
    Rule(
        "result-too-large",
        CAUSE,
        "driver",
        "heap",
        "Results were larger than the driver may take",
        "What tasks sent back, or a relation to be broadcast, was more than the driver's limit for it.",
        (
            ("Total size of serialized results of", "maxResultSize"),
            ("bigger than", "maxResultSize"),
            ("Cannot broadcast the table",),
            ("Not enough memory to build and broadcast",),
            ("spark.driver.maxResultSize",),
            ("result size has exceeded maxResultSize",),
        ),
    ),
    Rule(
        "native-engine",
        CAUSE,
        "executor",
        "overhead/native",
        "An engine beside Spark ran out of memory of its own",
        "The exception is that of a native engine, on a GPU or not, whose memory Spark does not manage.",
        (
            ("GpuSplitAndRetryOOM",),
            ("GpuRetryOOM",),
            ("CpuSplitAndRetryOOM",),
            ("CpuRetryOOM",),
            ("RMM failure",),
            ("GPU OutOfMemory",),
        ),
    ),
    Rule(
        "killed",
        CAUSE,
        "executor",
        "container",
        "The system ended an executor with SIGKILL",
        "Exit code 137 is 128 + 9: somebody outside of the JVM ended it; a kernel or a cluster manager does where memory"
        " is short; the log does not say who.",
        (
            ("exited with code 137",),
            ("exit code 137",),
            ("Exit status: 137",),
            ("137(SIGKILL",),
        ),
        POSSIBLE,
    ),
    Rule(
        "terminated",
        CAUSE,
        "executor",
        "none",
        "An executor was ended with SIGTERM",
        "Exit code 143 is 128 + 15: a cluster manager ended it, or its own flag for a full heap did (kill %p, which Spark"
        " sets on YARN); the log does not say which.",
        (
            ("exited with code 143",),
            ("exit code 143",),
            ("Exit status: 143",),
            ("143(SIGTERM",),
        ),
        POSSIBLE,
    ),
    Rule(
        "node-lost",
        CAUSE,
        "none",
        "none",
        "The node was taken away",
        "The cluster manager lost or took the node: no memory of the job decides that.",
        (
            ("spot", "interrupt"),
            ("Container released on a *lost* node",),
            ("Exit status: -100",),
            ("worker lost",),
        ),
    ),
    Rule(
        "heartbeat-lost",
        CAUSE,
        "executor",
        "none",
        "An executor no longer answered",
        "No heartbeat came for longer than spark.network.timeout: a long collection, a stopped process, or the network.",
        (("Executor heartbeat timed out",), ("timed out after", "heartbeat")),
        POSSIBLE,
    ),
    Rule(
        "executor-lost",
        CONSEQUENCE,
        "executor",
        "none",
        "An executor was lost",
        "The log says that it went, and not why: its own last lines and the cluster manager's do.",
        (
            ("ExecutorLostFailure",),
            ("Executor Process Lost",),
            ("Remote RPC client disassociated",),
            ("exited with code",),
            ("Exit code:",),
            ("Exit status:",),
        ),
    ),
    Rule(
        "fetch-failed",
        CONSEQUENCE,
        "executor",
        "disk",
        "Shuffle data could not be fetched",
        "What another executor had written was no longer there: it had been lost, or did not answer.",
        (("FetchFailed",), ("MetadataFetchFailedException",)),
    ),
)
"""In the order in which a text is asked: what is sure and special first."""
