"""How a JVM ends that gets no native memory, or that meets a signal which nobody handles any more."""

import resource
import signal
import subprocess
from tempfile import TemporaryDirectory
from typing import Any

from tools.oracle import jvm

from ..experiment import JAVAS, Figures, count, experiment, text, yes
from ..java import Java, status

ROOM = 4 << 20
_DOMAIN = "jdk.internal.foreign.abi"
OPENED = ["--enable-native-access=ALL-UNNAMED",
          *(f"--add-opens=java.base/{package}=ALL-UNNAMED"
            for package in ("jdk.internal.foreign", _DOMAIN, f"{_DOMAIN}.x64.sysv", "java.lang.invoke"))]
"""Lets the gateway call what stands behind the public interfaces of foreign functions."""


@experiment(
    "native-memory-refused",
    question="How does a JVM end that itself gets no native memory from the system?",
    statement="With 1, not with 134: it says that there is insufficient memory for the Java Runtime Environment to "
              "continue, names an error report, and exits.",
    ran=f"-Xmx1g -Xms16m -XX:+UseSerialGC; once it runs, its address space is limited to what it has and {ROOM >> 20} MiB "
        "more (RLIMIT_AS); then five million strings are interned, for which the JVM keeps entries in native memory",
    on=JAVAS,
)
def native_memory_refused(java: Java) -> Figures:
    options = ["-Xmx1g", "-Xms16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    with TemporaryDirectory() as scratch:  # where the JVM leaves its report
        process = subprocess.Popen(java.command(options, "Interned", "5000000"), text=True, env=jvm.clean_environment(),
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scratch)
        assert process.stdout is not None
        process.stdout.readline()
        most = (status(process.pid)["VmSize"] << 10) + ROOM
        resource.prlimit(process.pid, resource.RLIMIT_AS, (most, most))
        said, _ = process.communicate("\n\n\n", timeout=120)
    lines = [line.removeprefix("# ") for line in said.splitlines()]
    return {
        "exit-code": count(process.returncode),
        "text": text(next(line for line in lines if "insufficient memory" in line)),
        "report-named": yes(any("error report file" in line for line in lines)),
    }


@experiment(
    "segmentation-fault",
    question="Does a JVM always end with 134 after a segmentation fault?",
    statement="No: with its own handler in place it ends with 134; where native code in the process has put the system's "
              "default back, the kernel ends it with 139 and nothing is written.",
    ran="-Xmx64m; the signal SEGV sent to the JVM as it is, and once more after it has called signal(SIGSEGV, SIG_DFL) of "
        "the C library through java.lang.foreign",
    on=("java-25",),
)
def segmentation_fault(java: Java) -> Figures:
    def ended(act: Any) -> int:
        code = jvm.ended(java.major, ["-Xmx64m", "-XX:ErrorFile=/dev/null", *OPENED], act)
        return 128 - code if code < 0 else code

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return {"handled": count(ended(lambda real: real.signal(signal.SIGSEGV))), "reset": count(ended(_reset))}


def _reset(real: jvm.Jvm) -> None:
    """What a native library does that takes SIGSEGV for itself and gives it back to nobody."""
    foreign = real.view.java.lang.foreign
    linker = foreign.Linker.nativeLinker()
    values = foreign.ValueLayout
    takes = real.array("java.lang.foreign.MemoryLayout", values.JAVA_INT, values.JAVA_LONG)
    description = foreign.FunctionDescriptor.of(values.JAVA_LONG, takes)
    at = linker.defaultLookup().find("signal").get()
    call = linker.downcallHandle(at, description, real.array("java.lang.foreign.Linker$Option"))
    call.invokeWithArguments(real.view.java.util.Arrays.asList(
        real.array("java.lang.Object", int(signal.SIGSEGV), real.view.java.lang.Long.valueOf(0))))
    real.signal(signal.SIGSEGV)
