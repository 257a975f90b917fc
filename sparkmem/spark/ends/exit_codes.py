"""Exit codes of executors, drivers and containers: what each means, who ended the process, and who says so.

A code of Spark is known to it under ``name`` since release ``since``, and up to ``last``; ``says`` is what
the driver says of it (``ExecutorExitCode.explainExitCode``).
"""

from __future__ import annotations

from sparkmem.spark.ends.exit_code import JVM, MASTER, SIGNAL, SPARK, YARN, ExitCode


def _codes(kind: str, owner: str, rows: tuple[tuple[int, str, str, str, str, str, str], ...]) -> tuple[ExitCode, ...]:
    return tuple(
        ExitCode(code, name, kind, by, meaning, owner, first, says, memory)
        for code, name, first, memory, by, says, meaning in rows
    )


_PROCESS = "the process itself"

# code, name, since, about memory?, who ends it, what Spark says, meaning
_SPARK = _codes(
    SPARK, "SparkExitCode",
    (
        (0, "EXIT_SUCCESS", "3.4", "no", _PROCESS, "",
         "The process was told to end, and did. YARN's allocator takes it for an event of YARN's, and does not count it."),
        (1, "EXIT_FAILURE", "3.4", "maybe", _PROCESS, "",
         "A general failure. A JVM that does not start ends with it too: an option that this Java does not know, or a heap"
         " that the machine cannot reserve. So does one that runs, and gets no native memory from the system:"
         " `There is insufficient memory for the Java Runtime Environment to continue`, with `errno=12` where a"
         " mapping was refused, and an error report. The last lines of standard error say which."),
        (2, "ERROR_MISUSE_SHELL_BUILTIN", "3.4", "no", _PROCESS, "", "A name that Spark gives to a shell's own code."),
        (3, "ERROR_PATH_NOT_FOUND", "3.4", "maybe", _PROCESS, "",
         "A name that Spark gives to a missing path. A JVM that was started with `-XX:+ExitOnOutOfMemoryError` ends with"
         " the same number, and then it was the heap."),
        (11, "EXCEED_MAX_EXECUTOR_FAILURES", "3.5", "maybe", "the driver", "",
         "Too many executors failed, and the driver gave up. The cause is in how those executors ended."),
        (50, "UNCAUGHT_EXCEPTION", "2.4", "no", _PROCESS, "Uncaught exception",
         "An exception left a thread that nobody guards. Its stack trace stands in the executor's log."),
        (51, "UNCAUGHT_EXCEPTION_TWICE", "2.4", "maybe", _PROCESS,
         "Uncaught exception, and logging the exception failed",
         "The same, and while it was written down another one came; with a full heap that is likely."),
        (52, "OOM", "2.4", "yes", _PROCESS, "OutOfMemoryError",
         "A thread ended with `OutOfMemoryError`: the heap, metaspace, direct memory or threads. Nobody killed the executor;"
         " the line with the error says which memory it was. On YARN a full heap may end with 143 instead: Spark starts"
         " executors there with `-XX:OnOutOfMemoryError='kill %p'`, and that signal is mostly faster. With `kill -9 %p`,"
         " as some platforms set it, it ends with 137."),
        (101, "CLASS_NOT_FOUND", "4.1", "no", "the driver", "", "The class to be run is not on the class path."),
        (124, "DRIVER_TIMEOUT", "4.0", "no", "the driver", "", "The driver ran longer than it was given."),
        (127, "ERROR_COMMAND_NOT_FOUND", "3.4", "no", "the shell", "",
         "The command was not found, usually `java` or `python` itself."),
    ),
)  # fmt: skip

_EXECUTOR = _codes(
    SPARK, "ExecutorExitCode",
    (
        (53, "DISK_STORE_FAILED_TO_CREATE_DIR", "2.4", "no", _PROCESS,
         "Failed to create local directory (bad spark.local.dir?)", "No local directory could be made for blocks."),
        (54, "EXTERNAL_BLOCK_STORE_FAILED_TO_INITIALIZE", "2.4", "no", _PROCESS,
         "ExternalBlockStore failed to initialize.", "Named for a block store that Spark no longer has."),
        (55, "EXTERNAL_BLOCK_STORE_FAILED_TO_CREATE_DIR", "2.4", "no", _PROCESS,
         "ExternalBlockStore failed to create a local temporary directory.",
         "Named for a block store that Spark no longer has."),
        (56, "HEARTBEAT_FAILURE", "2.4", "maybe", _PROCESS, "Unable to send heartbeats to driver.",
         "The executor could not reach the driver `spark.executor.heartbeat.maxFailures` times: the network, a driver that"
         " is gone, or a driver that does nothing but collect garbage."),
        (57, "KILLED_BY_TASK_REAPER", "4.0", "no", _PROCESS, "Executor killed by TaskReaper.",
         "A task that was to be killed did not end within the time of `spark.task.reaper.killTimeout`."),
        (58, "BLOCK_MANAGER_REREGISTRATION_FAILED", "4.0", "maybe", _PROCESS,
         "Executor killed due to a failure of block manager re-registration.",
         "The driver had taken the executor for lost, and did not take it back; long collections may be behind it."),
    ),
)  # fmt: skip

_MASTER = _codes(
    MASTER, "ApplicationMaster",
    (
        (10, "EXIT_UNCAUGHT_EXCEPTION", "2.4", "no", _PROCESS, "", "An exception that nobody caught, in the master itself."),
        (11, "EXIT_MAX_EXECUTOR_FAILURES", "2.4", "maybe", _PROCESS, "",
         "`Max number of executor failures (…) reached`: too many were lost. The cause is in how those executors ended."),
        (12, "EXIT_REPORTER_FAILURE", "2.4", "no", _PROCESS, "", "The thread that talks to the ResourceManager failed."),
        (13, "EXIT_SC_NOT_INITED", "2.4", "maybe", _PROCESS, "",
         "No SparkContext came up within `spark.yarn.am.waitTime`; often it was refused, and the log says why."),
        (15, "EXIT_EXCEPTION_USER_CLASS", "2.4", "maybe", _PROCESS, "",
         "The application's own main threw, in cluster mode; the exception is in the driver's log."),
        (16, "EXIT_EARLY", "2.4", "maybe", _PROCESS, "",
         "The master shut down before the application had ended, as on a signal from YARN."),
        (17, "EXIT_DISCONNECTED", "3.3", "no", _PROCESS, "", "In client mode, the driver went away from its master."),
    ),
)  # fmt: skip

_SIGNALS = tuple(
    ExitCode(128 + number, name, SIGNAL, by, meaning, memory=memory)
    for number, name, memory, by, meaning in (
        (1, "SIGHUP", "no", "another process", "The terminal or session that it belonged to was closed."),
        (2, "SIGINT", "no", "a person", "Somebody pressed Ctrl-C."),
        (6, "SIGABRT", "maybe", _PROCESS,
         "The process aborted. A JVM does it after a crash in its own or in native code, and with"
         " `-XX:+CrashOnOutOfMemoryError`; then it leaves `hs_err_pid*.log`, whose first lines say why. A native library"
         " aborts by itself, as on memory that it could not get; then there may be no report. A JVM that itself gets no"
         " native memory ends with 1."),
        (9, "SIGKILL", "maybe", "the kernel, a cluster manager, or a person",
         "Killed without a chance to say anything. The kernel does it when a cgroup or the machine has no memory left;"
         " YARN and Kubernetes do it to whatever has not ended some time after SIGTERM; `kill -9` does it too,"
         " and a JVM with `-XX:OnOutOfMemoryError='kill -9 %p'` does it to itself when its heap is full."
         " The number does not tell which: look for the one that says it did."),
        (11, "SIGSEGV", "no", "the kernel",
         "The process touched memory that it does not have, and no handler answered. A JVM has a handler, writes its"
         " report, and ends with SIGABRT; but it ends with this number where a native library has put the default"
         " handler back, or where a native thread has overflowed its stack. Python has none. A Python worker's number"
         " is never its executor's: only the task fails, with `Python worker exited unexpectedly (crashed)`."
         " That of a Python driver becomes the number of `spark-submit`."),
        (15, "SIGTERM", "maybe", "a cluster manager, or a person",
         "Asked to end. YARN and Kubernetes begin every removal with it: preemption, deallocation, a pod that is deleted,"
         " an application that is over, and also a container that grew too large, where YARN reports its own code instead."),
    )
)  # fmt: skip

_JVM = (
    ExitCode(
        1, "unknown option", JVM, _PROCESS,
        "`Unrecognized VM option`: this Java does not know a flag, so no executor starts.",
    ),
    ExitCode(3, "-XX:+ExitOnOutOfMemoryError", JVM, _PROCESS, "The first `OutOfMemoryError` ended the JVM.", memory="yes"),
    ExitCode(
        137, "-XX:OnOutOfMemoryError=kill -9 %p", JVM, _PROCESS,
        "The JVM sent itself SIGKILL at the first `OutOfMemoryError`: a full heap that looks like a kill from outside."
        " Settings of platforms and copied ones have it, and where it stands Spark adds no rule of its own.",
        memory="yes",
    ),
    ExitCode(
        143, "-XX:OnOutOfMemoryError=kill %p", JVM, _PROCESS,
        "The JVM sent itself SIGTERM at the first `OutOfMemoryError`: an exit of 143 that was memory after all."
        " Spark starts every executor on YARN this way, unless its options hold a rule for that error."
        " Spark's own handler may be faster, and then the number is 52.",
        memory="yes",
    ),
)  # fmt: skip

_MANAGER, _NODE = "YARN's ResourceManager", "YARN's NodeManager"

_YARN = _codes(
    YARN, "",
    (
        (-100, "ABORTED", "2.4", "no", _MANAGER, "",
         "The container was released or its node was lost, for instance because a spot machine was taken back."
         " Not counted as a failure."),
        (-101, "DISKS_FAILED", "2.4", "no", _NODE, "", "Too many of the node's local directories are bad or full."),
        (-102, "PREEMPTED", "2.4", "no", _MANAGER, "", "Taken for another queue. Not counted as a failure."),
        (-103, "KILLED_EXCEEDED_VMEM", "2.4", "maybe", _NODE, "",
         "More address space than the ratio allows; it says nothing about RAM."),
        (-104, "KILLED_EXCEEDED_PMEM", "2.4", "yes", _NODE, "",
         "The process tree, Python workers included, had more resident memory than its container."),
        (-105, "KILLED_BY_APPMASTER", "2.4", "no", "the application", "",
         "Spark itself asked for it, as when dynamic allocation gives an idle executor back."),
        (-106, "KILLED_BY_RESOURCEMANAGER", "2.4", "no", _MANAGER, "", "The ResourceManager had it stopped."),
        (-107, "KILLED_AFTER_APP_COMPLETION", "2.4", "no", _NODE, "", "It was still there when the application had ended."),
        (-108, "KILLED_BY_CONTAINER_SCHEDULER", "3.0", "no", _NODE, "",
         "An opportunistic container that made room for a guaranteed one."),
        (-109, "KILLED_FOR_EXCESS_LOGS", "3.2", "no", _NODE, "", "It wrote more logs than the node allows."),
        (-1000, "INVALID", "2.4", "no", _NODE, "",
         "No exit status: the container never ran, usually because its files could not be fetched."),
    ),
)  # fmt: skip

_GONE = (
    ExitCode(
        14, "EXIT_SECURITY", MASTER, _PROCESS, "The application called `System.exit` where that was not allowed.",
        "ApplicationMaster", last="3.4",
    ),
)  # fmt: skip

EXIT_CODES: tuple[ExitCode, ...] = (*_SPARK, *_EXECUTOR, *_MASTER, *_GONE, *_SIGNALS, *_JVM, *_YARN)


def by_code(code: int, kind: str = "") -> ExitCode:
    """The code of that number, of the first kind that has it or of the kind given."""
    return next(found for found in EXIT_CODES if found.code == code and kind in ("", found.kind))


def explained(code: int, release: str) -> str:
    """What ``ExecutorExitCode.explainExitCode`` says of a number at a release.

    >>> explained(52, "4.3"), explained(57, "3.5")
    ('OutOfMemoryError', 'Unknown executor exit code (57)')
    >>> explained(137, "4.3")
    'Unknown executor exit code (137) (died from signal 9?)'
    """
    for found in (*_SPARK, *_EXECUTOR):
        if found.code == code and found.says and found.known(release):
            return found.says
    signal = f" (died from signal {code - 128}?)" if code > 128 else ""
    return f"Unknown executor exit code ({code}){signal}"


def code_written(text: str) -> ExitCode | None:
    """The code that a bare number is, where nothing else is meant by it: from 2 on, or below 0; None for another text.

    >>> code_written(" 137 ").id, code_written("1"), code_written("137 MiB")
    ('exit-137', None, None)
    """
    typed = text.strip()
    return next((one for one in EXIT_CODES if str(one.code) == typed and one.code not in (0, 1)), None)
