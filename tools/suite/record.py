"""What a full run of the suite cost, in build/suite.json: written by the run itself, read by `make bench`."""

import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.kept import keep, kept

ROOT = Path(__file__).parents[2]
PATH = ROOT / "build" / "suite.json"
COSTS = ROOT / "build" / "costs.json"
NO_RECORD = "the suite: no full run is recorded here; make test"


@dataclass(frozen=True)
class Record:
    """A run: the time of all its processes [s], and the parts of it that belong to one test or to one fixture."""

    commit: str
    failed: int
    workers: int
    wall_seconds: float
    processor_seconds: float
    tests: dict[str, float]
    """By the test's id; without the fixtures that it shares with others."""
    fixtures: dict[str, tuple[float, int]]
    """Time, and how often it was made."""

    def line(self) -> str:
        """The whole run in one line.

        >>> Record("abc", 0, 2, 100.0, 180.0, {"a": 1.0, "b": 2.0}, {}).line()
        'the suite: 2 tests, 180 s of processor time, 100 s by the clock'
        """
        return (
            f"the suite: {len(self.tests):,} tests, {self.processor_seconds:.0f} s of processor time,"
            f" {self.wall_seconds:.0f} s by the clock"
        )

    def table(self) -> str:
        """Processor time by file, then by fixture, the largest first; what is below a tenth of a second is left out.

        >>> print(Record("abc", 0, 2, 9.0, 4.5, {"tests/a.py::x": 1.0, "tests/a.py::y[1]": 2.5}, {"page": (0.5, 3)}).table())
        tests        s  file
            2      3.5  tests/a.py
        times        s  fixture
            3      0.5  page
                   1.0  starting workers, finding tests, fixtures that tests share, ends
        """
        files: dict[str, list[float]] = defaultdict(list)
        for nodeid, spent in self.tests.items():
            files[nodeid.partition("::")[0]].append(spent)
        by_file = [(len(found), sum(found), name) for name, found in files.items()]
        by_fixture = [(times, spent, name) for name, (spent, times) in self.fixtures.items()]
        rest = self.processor_seconds - sum(self.tests.values())
        return "\n".join([
            f"{'tests':>5}{'s':>9}  file", *_rows(by_file), f"{'times':>5}{'s':>9}  fixture", *_rows(by_fixture),
            f"{'':5}{rest:9.1f}  starting workers, finding tests, fixtures that tests share, ends",
        ])  # fmt: skip


def _rows(found: list[tuple[int, float, str]]) -> list[str]:
    largest_first = sorted(found, key=lambda row: (-row[1], row[2]))
    return [f"{count:5}{spent:9.1f}  {name}" for count, spent, name in largest_first if spent >= 0.1]


def write(record: Record, path: Path = PATH) -> None:
    """The file, in place of that of the run before."""
    keep(asdict(record), path)


def read(path: Path = PATH) -> Record | None:
    """The last full run, or None where there was none or its file was spoiled."""
    found = kept(path)
    if found is None:
        return None
    return Record(**found | {"fixtures": {name: (spent, times) for name, (spent, times) in found["fixtures"].items()}})


def costs(path: Path = COSTS) -> dict[str, float]:
    """What each test cost when it was last run here [s], in whatever run; of those that are not known, nothing."""
    return kept(path) or {}


def keep_costs(tests: Mapping[str, float], path: Path = COSTS) -> None:
    """These join what is known of other tests."""
    keep(costs(path) | dict(tests), path)


def last_line(path: Path = PATH) -> str:
    """The line of the last full run, with the commit that it was of where that is another than the one checked out."""
    record = read(path)
    if record is None:
        return NO_RECORD
    now = commit()
    failed = f", {record.failed} failed" if record.failed else ""
    of = f" (at {record.commit or 'no commit'}; this is {now})" if record.commit != now else ""
    return record.line() + failed + of


def commit() -> str:
    """The commit that is checked out, with `-dirty` where files differ from it; nothing outside a repository."""
    command = ["git", "describe", "--always", "--exclude=*", "--dirty", "--abbrev=12"]
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()
    except FileNotFoundError:
        return ""
