"""A coverage-guided fuzzer of what reads event logs: bytes of any kind, in any pieces, to the report in each form.

    python -m pip install atheris
    python -m tools.fuzz_logs [--seconds 300]     in build/fuzz-logs; stops at anything but the reader's own error
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from sparkmem.eventlog.codecs import MAGICS
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.fold import empty, feed_all, merge, verdict
from sparkmem.eventlog.reading import Reading
from sparkmem.eventlog.run import Run
from sparkmem.render.run.html import run_html
from sparkmem.render.run.markdown import run_markdown
from sparkmem.render.run.text import run_text
from sparkmem.runs.digest import digest_of, read_digest
from sparkmem.runs.report import as_dict, report

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "build" / "fuzz-logs"
LOGS = ROOT / "tests" / "eventlogs"
_INSTRUMENTED = ("sparkmem.eventlog", "sparkmem.runs", "sparkmem.render.run")


def try_log(data: bytes) -> None:
    """Reads the bytes as a log, whole and in pieces, and reports what was read of every fourth in each form."""
    with suppress(UnreadableLog):
        whole = _read(data, len(data) or 1)
        size = data[-1] % 40 + 1
        if len(data) < 600 and _read(data, size) != whole:
            raise AssertionError(f"pieces of {size} bytes are read otherwise")
        if data[:1] == b"{" and _in_parts(data) != _without_places(whole):
            raise AssertionError("parts that are merged say something else")
        if crc32(data) % 4:  # the report takes ten times as long
            return
        found = report(whole)
        json.dumps(as_dict(found), allow_nan=False)
        run_text(found), run_markdown(found), run_html(found, "read-a-run/")
        if read_digest(digest_of(found).text) is None:
            raise AssertionError("the digest is not read again")


def _read(data: bytes, size: int) -> Run:
    reading = Reading()
    reading.begin()
    for at in range(0, len(data), size):
        reading.feed(data[at : at + size])
    reading.end()
    return reading.run()


def _in_parts(data: bytes) -> Run:
    """Each line by itself, the last one first."""
    state = empty()
    for at, line in reversed(list(enumerate(data.split(b"\n"), 1))):
        part = empty()
        feed_all(part, line, (1, at))
        state = merge(part, state)
    return _without_places(verdict(state))


def _without_places(run: Run) -> Run:
    return replace(run, read=replace(run.read, lines=0, bytes=0, bad=0, faults=()))


def seeds() -> list[bytes]:
    """What to begin with: the kept logs, an event of each name and length, plain and packed."""
    lines = [line for path in sorted(LOGS.glob("*.gz")) for line in gzip.decompress(path.read_bytes()).splitlines()]
    kinds = {(line[:60], len(line).bit_length()): line for line in lines if len(line) < 3000}
    head = [line for line in lines if len(line) < 3000][:4]
    found = [b"\n".join([*head, line]) for line in kinds.values()]
    return [*found, *map(gzip.compress, found[:5]), *MAGICS.values()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz_logs", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    options = parser.parse_args()
    import atheris  # type: ignore[import-not-found,unused-ignore]

    FOUND.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()):
        (FOUND / f"seed-{number}").write_bytes(data)
    for name in [name for name in sys.modules if name.startswith("sparkmem")]:
        del sys.modules[name]  # to be loaded again, with what counts their branches
    with atheris.instrument_imports(include=list(_INSTRUMENTED)):
        fresh = importlib.import_module("tools.fuzz_logs")
    limits = [f"-max_total_time={options.seconds}", "-max_len=8000", "-timeout=20", "-rss_limit_mb=1500"]
    atheris.Setup([sys.argv[0], str(FOUND), *limits, "-print_final_stats=1", f"-artifact_prefix={FOUND}/"], fresh.try_log)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
