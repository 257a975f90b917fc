"""What one run leaves for the next, as JSON in build/: whoever reads it sees a whole file, whichever runs end at once."""

import json
import os
from pathlib import Path
from typing import Any


def keep(value: object, path: Path) -> None:
    """The value, written beside the file and put in its place when it is finished.

    What cannot be written leaves the file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(value, indent=1) + "\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def kept(path: Path) -> dict[str, Any] | None:
    """The object that a file holds; None where there is no file, or one that was spoiled."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None
