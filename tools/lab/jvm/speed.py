"""How fast memory on the heap and outside it is written and read."""

from collections import defaultdict
from statistics import median

from ..experiment import JAVAS, Figures, count, experiment, ratio, size
from ..java import Java

LONGS = 16 << 20
ROUNDS = 15


@experiment(
    "off-heap-speed",
    question="Is memory outside the heap faster?",
    statement="Access is not: reading in order, reading at random and writing again take outside the heap between half and "
              "twice the time that they take on it, and neither is ahead everywhere.  The first write is another matter: it "
              "includes what the system does to give the memory.",
    ran="-Xmx512m -XX:+UseParallelGC; 128 MiB of longs on the heap and by Unsafe, in turn, 15 rounds of which the first "
        "five are not counted; medians of times outside the heap divided by medians on it",
    on=JAVAS,
)
def off_heap_speed(java: Java) -> Figures:
    said = java.run(["-Xmx512m", "-Xms512m", "-Xmn64m", "-XX:+UseParallelGC"], "Speed", str(LONGS), str(ROUNDS))
    assert said.returncode == 0, said.stderr
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in said.stdout.splitlines():
        where, what, nanoseconds = line.split()
        times[where, what].append(int(nanoseconds))
    middle = {key: median(found[ROUNDS // 3:]) for key, found in times.items()}
    figures = {what: ratio(middle["off", what] / middle["on", what]) for what in ("first", "write", "read", "random")}
    return {"memory": size(8 * LONGS), "rounds": count(ROUNDS - ROUNDS // 3), **figures}
