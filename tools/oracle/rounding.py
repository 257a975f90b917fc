"""How YARN rounds a request: the resource calculators of Hadoop, from the jars that pyspark carries.

Under the Capacity scheduler the step is the minimum allocation, under the Fair scheduler the increment;
a scheduler's own classes are not among the jars, and hand both to the calculator.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from . import jvm, packages
from .record import RECORDED, write
from .releases import JAVA

RELEASES = ("2.4.8", "3.5.9", "4.3.0")
"""Releases of Spark with jars of different Hadoop."""

CALCULATORS = {"default": "DefaultResourceCalculator", "dominant": "DominantResourceCalculator"}
RANDOM_ROWS = 350
BORDERS = [1, 511, 512, 513, 1023, 1024, 1025, 1408, 4096, 4505, 4608, 5120, 8191, 8192, 8193]
STEPS = [(1024, 1024), (1024, 512), (512, 1024), (1, 1), (256, 256), (0, 1024), (1000, 300), (1024, 0), (0, 0)]
"""A minimum and a step [MiB]: the same under Capacity; any two under Fair."""


def questions(seed: int) -> Iterator[dict[str, Any]]:
    """Rows without their answer: a calculator, and in MiB what is asked, the minimum, the step and the maximum."""
    random = Random(f"{seed} rounding")
    for asked in BORDERS:
        for minimum, step in STEPS:
            yield _question(random, asked, minimum, step, 8192)
    for _ in range(RANDOM_ROWS):
        asked, minimum = int(2 ** random.uniform(0, 20)), int(2 ** random.uniform(0, 14))
        step = random.choice([minimum, minimum, int(2 ** random.uniform(0, 12)), random.choice([1, 32, 128, 512, 1024])])
        yield _question(random, asked, minimum, step, int(2 ** random.uniform(10, 21)))


def _question(random: Random, asked: int, minimum: int, step: int, maximum: int) -> dict[str, Any]:
    calculator = random.choice(list(CALCULATORS))
    return {"calculator": calculator, "asked": asked, "minimum": minimum, "step": step, "maximum": maximum}


def record(seed: int) -> Path:
    """The file with what each Hadoop grants."""
    rows: list[dict[str, Any]] = []
    hadoop = {}
    for release in RELEASES:
        with jvm.Jvm(JAVA[release], ["-Xmx256m"], packages.unpacked(f"spark-{release}")) as real:
            version = hadoop[release] = str(real.view.org.apache.hadoop.util.VersionInfo.getVersion())
            rows += [{"hadoop": version, **question, "granted": granted(real, question)} for question in questions(seed)]
    header = {"hadoop": hadoop, "seed": seed, "command": f"python -m tools.oracle rounding --seed {seed}"}
    path = RECORDED / "rounding.json"
    write(path, header, "rows", rows)
    return path


def granted(real: jvm.Jvm, question: dict[str, Any]) -> int:
    """The memory of the container that the calculator makes of a request [MiB]."""
    yarn = real.view.org.apache.hadoop.yarn
    calculator = getattr(yarn.util.resource, CALCULATORS[question["calculator"]])()
    # One core throughout: memory alone is asked about.
    asked, minimum, maximum, step = (
        yarn.api.records.Resource.newInstance(question[name], 1) for name in ("asked", "minimum", "maximum", "step")
    )
    found = calculator.normalize(asked, minimum, maximum, step)
    return int(found.getMemory())
