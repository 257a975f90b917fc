"""The heap as others count it: resident memory, page by page of the address space."""

from tools.oracle.jvm import COLLECTORS

from ..experiment import JAVAS, Figures, experiment, size
from ..java import Java, shared_out

KEPT = 400


@experiment(
    "heap-counted",
    question="How much resident memory does the system report of the same heap under each collector?",
    statement="Under ZGC without generations about three times the heap in use, since it maps the heap three times and "
              "resident memory counts each mapping; shared out over the mappings it is counted once.  Under every other "
              "collector, and under ZGC with generations, about once.",
    ran=f"-Xmx600m with each collector; {KEPT} MiB of arrays kept and written to while System.gc() runs 12 times; then "
        "VmRSS and Pss (smaps_rollup); on Java 21 ZGC also with -XX:+ZGenerational",
    on=JAVAS,
)
def heap_counted(java: Java) -> Figures:
    figures: Figures = {"kept": size(KEPT << 20)}
    asked = {**COLLECTORS, **({"z-generational": [*COLLECTORS["z"], "-XX:+ZGenerational"]} if java.major == 21 else {})}
    for name, options in asked.items():
        with java.running(["-Xmx600m", *options], "Touched", str(KEPT)) as probe:
            probe.step(go=False)
            probe.step()
            figures |= {f"{name}-resident": size(probe.resident_bytes()), f"{name}-shared-out": size(shared_out(probe.pid))}
    return figures
