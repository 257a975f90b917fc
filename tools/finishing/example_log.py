"""The event log that the page "Read a run" offers as its example: one that the tests read, beside the scripts."""

from pathlib import Path

from sparkmem.render.run.page import EXAMPLE_LOG

LOGS = Path(__file__).parents[2] / "tests" / "eventlogs"


def put_example(site: Path) -> None:
    """Copy it into the folder of the scripts, before that gets the name of its content."""
    folder = site / "assets" / "calc" / "run"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EXAMPLE_LOG).write_bytes((LOGS / EXAMPLE_LOG).read_bytes())
