"""A coverage-guided fuzzer of what reads texts, and the small corpus that is kept of a run.

    python -m pip install atheris
    python -m tools.fuzz run [--seconds 600]     in build/fuzz; stops at anything but the readers' own error
    python -m tools.fuzz keep                    the fewest texts that reach every line of that run, in tests/corpus
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from sparkmem.configuration import FORMATS, ConfigurationError, read, write
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.render.diagnosis import diagnosis_markdown, diagnosis_text
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.requests.diagnosis import FOUND as FAILED
from sparkmem.requests.diagnosis import address_of, diagnosis_dict, of_address, redaction_for
from sparkmem.requests.recognised import recognised

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "build" / "fuzz"
KEPT = ROOT / "tests" / "corpus" / "readers.json"
LONGEST = 600

_NAMES = ("", *FORMATS)
_INSTRUMENTED = ("sparkmem.configuration", "sparkmem.diagnosis", "sparkmem.spark.settings.keys")
_TRACED = ("sparkmem/configuration/", "sparkmem/diagnosis/", "sparkmem/spark/settings/keys.py")

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


def try_failure(text: str) -> None:
    """Reads a text as that of a failure, in each form in which it is said, and back out of an address."""
    found = diagnosed(text)
    told = diagnosis_dict(found, redaction_for(found))
    diagnosis_text(told), diagnosis_markdown(told), diagnosis_html(told, "what-happened/")
    of_address(address_of(found).get(FAILED, ""))
    recognised(text)


def try_both(text: str, format: str = "") -> None:
    """Both of these."""
    try_all(text, format)
    try_failure(text)


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
    for number, text in enumerate(_failures()):
        (FOUND / f"failure-{number}").write_bytes(b"\x00" + text.encode())
    for name in [name for name in sys.modules if name.startswith("sparkmem")]:
        del sys.modules[name]  # to be loaded again, with what counts their branches
    with atheris.instrument_imports(include=list(_INSTRUMENTED)):
        fresh = importlib.import_module("tools.fuzz")
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(FOUND), *options], lambda data: fresh.try_both(*fresh.split(data)))
    atheris.Fuzz()


def _failures() -> list[str]:
    """Texts to begin with: each example of a finding, and each text of a machine."""
    machines = tomllib.loads((ROOT / "tests" / "cases" / "moments.toml").read_text())["text"]
    return [text.example for one in findings().values() for text in one.text] + [case["text"] for case in machines]


def keep() -> None:
    """Write the texts that together take every step from line to line that any of them takes, short ones first."""
    texts = [split(data) for file in FOUND.iterdir() if 0 < len(data := file.read_bytes()) <= LONGEST]
    steps = {text: _steps(lambda text=text: try_both(*text)) for text in texts}  # type: ignore[misc]
    left: set[Arc] = set().union(*steps.values())
    kept: list[tuple[str, str]] = []

    def take(among: list[tuple[str, str]]) -> None:
        kept.append(max(among, key=lambda text: len(steps[text] & left) / (30 + len(text[0]))))
        left.difference_update(steps[kept[-1]])

    for name in _NAMES:
        take([text for text in texts if text[1] == name])
    while left:
        take(texts)
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
