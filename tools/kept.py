"""What one run leaves for the next, as JSON in build/: whoever reads it sees a whole file, whichever runs end at once."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def keep(value: object, path: Path) -> None:
    """The value, written beside the file and put in its place when it is finished.

    What cannot be written leaves the file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(json.dumps(value, indent=1) + "\n")
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def kept(path: Path) -> dict[str, Any] | None:
    """The object that a file holds; None where there is no file, or one that was spoiled."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None
