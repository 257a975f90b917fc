"""A coverage-guided fuzzer of the configuration readers, and the small corpus that is kept of a run.

    python -m pip install atheris
    python -m tools.fuzz run [--seconds 600]     in build/fuzz; stops at anything but the readers' own error
    python -m tools.fuzz keep                    the fewest texts that reach every line of that run, in tests/corpus
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from sparkmem.configuration import FORMATS, ConfigurationError, read, write

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "build" / "fuzz"
KEPT = ROOT / "tests" / "corpus" / "readers.json"
LONGEST = 600

_NAMES = ("", *FORMATS)
_TRACED = ("sparkmem/configuration/", "sparkmem/spark/settings/keys.py")

Arc = tuple[str, int, int]


def try_all(text: str, format: str = "") -> None:
    """Reads a text, and does with the configuration all that can be done with one."""
    with suppress(ConfigurationError):
        found = read(text, format)
        found.inputs(), found.as_dict()
        for release in ("2.4", "4.3"):
            found.about(release)
        for name in FORMATS:
            with suppress(ConfigurationError):
                write(found, name)


def split(data: bytes) -> tuple[str, str]:
    """A text, and the format that the byte before it chooses."""
    return data[1:].decode("utf-8", "surrogateescape"), _NAMES[data[0] % len(_NAMES)] if data else ""


def run(seconds: int) -> None:
    """Fuzz, beginning with what is kept."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    FOUND.mkdir(parents=True, exist_ok=True)
    for number, (format, text) in enumerate(json.loads(KEPT.read_text())):
        data = bytes([_NAMES.index(format)]) + text.encode("utf-8", "surrogateescape")
        (FOUND / f"kept-{number}").write_bytes(data)
    for name in [name for name in sys.modules if name.startswith("sparkmem")]:
        del sys.modules[name]  # to be loaded again, with what counts their branches
    with atheris.instrument_imports(include=["sparkmem.configuration", "sparkmem.spark.settings.keys"]):
        fresh = importlib.import_module("tools.fuzz")
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(FOUND), *options], lambda data: fresh.try_all(*fresh.split(data)))
    atheris.Fuzz()


def keep() -> None:
    """Write the texts that together take every step from line to line that any of them takes, short ones first."""
    texts = [split(data) for file in FOUND.iterdir() if 0 < len(data := file.read_bytes()) <= LONGEST]
    steps = {text: _steps(lambda text=text: try_all(*text)) for text in texts}  # type: ignore[misc]
    left, kept = set().union(*steps.values()), []
    while left:
        best = max(steps, key=lambda text: len(steps[text] & left) / (30 + len(text[0])))
        kept.append(best)
        left -= steps[best]
    rows = ",\n".join(json.dumps([format, text]) for text, format in sorted(kept, key=lambda one: one[::-1]))
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(f"[\n{rows}\n]\n")
    print(f"fuzz: kept {len(kept)} of {len(texts)} texts", file=sys.stderr)


def _steps(call: Callable[[], None]) -> set[Arc]:
    found: set[Arc] = set()

    def entered(frame: FrameType, event: str, _: Any) -> Any:
        name, last = frame.f_code.co_filename, frame.f_code.co_firstlineno
        if not any(part in name for part in _TRACED):
            return None

        def stepped(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal last
            if event == "line":
                found.add((name, last, frame.f_lineno))
                last = frame.f_lineno
            return stepped

        return stepped

    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(None)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("what", choices=("run", "keep"))
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args()
    if options.what == "run":
        run(options.seconds)
    else:
        keep()


if __name__ == "__main__":
    main()
