"""Which limit holds which memory outside the heap: tests/oracle/direct-memory.json.

Each row is one JVM with a release's jars and the module options that the release gives its executors, with and
without a limit for direct memory.  100 MiB are asked for in each of the ways that Spark has.
"""

from pathlib import Path
from typing import Any

from . import jvm, packages
from .jvm import Jvm
from .record import RECORDED, write
from .releases import JAVA, at_least

FILE = "direct-memory.json"
COMMAND = "python -m tools.oracle direct"
HEAP = "-Xmx512m"
LIMIT = "-XX:MaxDirectMemorySize=64m"
ASKED_BYTES = 100 << 20


def record() -> Path:
    """The file, made anew for the releases whose Java is 17: earlier ones give executors no module options."""
    rows = []
    for release, java in JAVA.items():
        if not at_least(release, "3.3"):
            continue
        jars = packages.unpacked(f"spark-{release}")
        with jvm.Jvm(java, [HEAP], jars) as real:
            given = str(real.view.org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions()).split()
            modules = [option for option in given if "incubator" not in option]  # the package's Java has none
            version = jvm.version(real)
        for limit in ([], [LIMIT]):
            with jvm.Jvm(java, [HEAP, *modules, *limit], jars) as real:
                rows.append({"release": release, "limit": " ".join(limit), **_found(real)})
    path = RECORDED / FILE
    write(path, {"jvm": version, "command": COMMAND, "heap": HEAP, "askedBytes": ASKED_BYTES}, "rows", rows)
    return path


def _found(real: Jvm) -> dict[str, Any]:
    unsafe = real.view.org.apache.spark.unsafe
    netty = real.view.io.netty.util.internal.PlatformDependent
    return {
        "maxMemory": real.view.java.lang.Runtime.getRuntime().maxMemory(),
        "nettyCountsForItself": netty.useDirectBufferNoCleaner(),
        "nettyLimit": netty.maxDirectMemory(),
        "nio": _outcome(real, lambda: real.view.java.nio.ByteBuffer.allocateDirect(ASKED_BYTES)),
        "execution": _outcome(real, lambda: unsafe.memory.MemoryAllocator.UNSAFE.allocate(ASKED_BYTES)),
        "storage": _outcome(real, lambda: unsafe.Platform.allocateDirectBuffer(ASKED_BYTES)),
    }


def _outcome(real: Jvm, ask: Any) -> str:
    try:
        ask()
    except real.java_error as error:
        return str(error.java_exception.toString())
    return "granted"
