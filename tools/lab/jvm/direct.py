"""Memory outside the heap that Java code asks for: NIO's buffers, and Unsafe."""

from ..experiment import JAVAS, Figures, experiment, size, text
from ..java import Java

LIMIT = 64
WANTED = 200


@experiment(
    "direct-memory-limit",
    question="What does -XX:MaxDirectMemorySize bound?",
    statement="It bounds ByteBuffer.allocateDirect to the byte, and Unsafe.allocateMemory, through which Spark takes its "
              "off-heap memory, not at all.",
    ran="-Xmx256m -XX:MaxDirectMemorySize=64m; 200 times 1 MiB asked for, once with ByteBuffer.allocateDirect and "
        "once with Unsafe.allocateMemory, written to",
    on=JAVAS,
)
def direct_memory_limit(java: Java) -> Figures:
    options = ["-Xmx256m", f"-XX:MaxDirectMemorySize={LIMIT}m"]
    nio = java.run(options, "Direct", "nio", str(WANTED))
    unsafe = java.run(options, "Direct", "unsafe", str(WANTED))
    return {
        "limit": size(LIMIT << 20),
        "asked": size(WANTED << 20),
        "nio": size(_taken(nio.stdout)),
        "unsafe": size(_taken(unsafe.stdout)),
        "text": text(nio.stderr.strip().splitlines()[-1]),
    }


@experiment(
    "direct-memory-default",
    question="How much direct memory does a JVM allow when -XX:MaxDirectMemorySize is not set?",
    statement="As much as Runtime.maxMemory reports for the heap, in whole MiB here: so a process may take its -Xmx "
              "twice.",
    ran="-Xmx96m -XX:+UseSerialGC; ByteBuffer.allocateDirect(1 MiB) until one is refused",
    on=JAVAS,
)
def direct_memory_default(java: Java) -> Figures:
    said = java.run(["-Xmx96m", "-XX:+UseSerialGC"], "Direct", "nio", "1000")
    most = int(said.stdout.partition("max=")[2].split()[0])
    return {"max-memory": size(most), "nio": size(_taken(said.stdout)),
            "text": text(said.stderr.strip().splitlines()[-1])}


def _taken(printed: str) -> int:
    """The bytes that the probe got."""
    return int(printed.partition("taken=")[2].split()[0]) << 20
