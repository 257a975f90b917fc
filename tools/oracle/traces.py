"""Runs random traces on the memory managers of a release and writes tests/oracle/traces-RELEASE.json."""

from pathlib import Path
from random import Random
from typing import Any

from . import jvm, packages
from .kinds import trace
from .record import PROCESSORS, RECORDED, outcome, write
from .releases import JAVA

RELEASES = ("2.4.8", "3.0.3", "3.5.9", "4.0.5", "4.1.4", "4.3.0")
"""Where a rule changed, and the newest of each major version."""

NAMES = {f"traces-{release}": release for release in RELEASES}

# NIO's inside is what Spark has itself opened
# when it starts a JVM (JavaModuleOptions): the memory of blocks is freed through it.
_OPTIONS = ["-Xmx512m", f"-XX:ActiveProcessorCount={PROCESSORS}", *jvm.COLLECTORS["g1"],
            "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"]


def record(release: str, seed: int) -> Path:
    """The file with what real managers did in the traces of a seed."""
    path = RECORDED / f"traces-{release}.json"
    with jvm.Jvm(JAVA[release], _OPTIONS, packages.unpacked(f"spark-{release}")) as real:
        header = {"release": release, "jvm": jvm.version(real), "seed": seed,
                  "command": f"python -m tools.oracle traces-{release} --seed {seed}"}
        rows = [{**case, **outcome(real, trace, case)} for case in questions(release, seed)]
    write(path, header, "cases", rows)
    return path


def questions(release: str, seed: int) -> list[dict[str, Any]]:
    """The traces of a seed, without answers."""
    random = Random(f"{seed} {release} {trace.KIND}")
    return [{"kind": trace.KIND, "id": f"{trace.KIND}-{number:04}", **case}
            for number, case in enumerate(trace.cases(random, release))]
