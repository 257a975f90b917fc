"""Threads and their stacks."""

from ..experiment import JAVAS, Figures, count, experiment, size, text
from ..java import Java, settled

THREADS = 500
MOST_THREADS = 300
NOBODY = 65534


@experiment(
    "idle-threads",
    question="What does a thread that waits cost, and where?",
    statement="Idle threads take next to nothing on the heap; each reserves its whole stack of 1 MiB as addresses, and less "
              "than a fifth of that is resident.",
    ran="-Xmx64m -XX:+UseSerialGC -XX:NativeMemoryTracking=summary; 500 threads that wait; heap after full collections, "
        "VmRSS, and the category Thread of native memory tracking, before and after",
    on=JAVAS,
)
def idle_threads(java: Java) -> Figures:
    with java.running(["-Xmx64m", "-XX:+UseSerialGC", "-XX:NativeMemoryTracking=summary"], "Threads", str(THREADS)) as probe:
        heap = probe.step(go=False)["heap"]
        resident, native = probe.resident_bytes(), probe.native()
        heap_started = probe.step()["heap"]
        settled()
        resident_started, native_started = probe.resident_bytes(), probe.native()
    return {
        "threads": count(THREADS),
        "heap-growth": size(heap_started - heap),
        "resident-growth": size(resident_started - resident),
        "reserved-growth": size(native_started.reserved["Thread"] - native.reserved["Thread"]),
        "resident-per-thread": size((resident_started - resident) // THREADS),
    }


@experiment(
    "no-more-threads",
    question="What does a JVM say when the system refuses it a thread?",
    statement="It throws an OutOfMemoryError that speaks of a native thread, though neither heap nor memory has run out; "
              "the limit is on processes.",
    ran="-Xmx64m -XX:+UseSerialGC under a limit on processes (RLIMIT_NPROC) of 300, as the user nobody; "
        "a probe that starts threads until it may not",
    on=JAVAS,
)
def no_more_threads(java: Java) -> Figures:
    # The limit does not hold root, and counts what else its user runs: nobody runs nothing else.
    said = java.run(["-Xmx64m", "-XX:+UseSerialGC"], "Threads", "5000", most_processes=MOST_THREADS, as_user=NOBODY)
    thrown = next(line for line in said.stderr.splitlines() if "OutOfMemoryError" in line)
    return {"text": text(thrown.removeprefix('Exception in thread "main" ')), "exit-code": count(said.returncode)}
