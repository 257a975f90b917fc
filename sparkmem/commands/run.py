"""``sparkmem run``: event logs read, one by one or compared."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sparkmem.commands.command import SEE, Command, value
from sparkmem.commands.progress import progress
from sparkmem.errors import BadInputs, InputError
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.paths import Part, parts
from sparkmem.eventlog.processes import MOST_PROCESSES, Processes
from sparkmem.render.copied import copied
from sparkmem.render.origin import Origin
from sparkmem.render.run.markdown import run_markdown, runs_markdown
from sparkmem.render.run.text import run_text, runs_text
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold
from sparkmem.runs.report import Report, as_dict, report
from sparkmem.runs.right_size import HEAD_ROOM
from sparkmem.runs.shapes import job_inputs

BELOW = """\
A LOG is a file as Spark writes it (plain, .gz, .zstd, .lz4, .snappy, .lzf, also
.inprogress), a zip of the History Server, or a folder: a rolling log, rotated
files, or many logs. Several logs are compared, one a row.

examples:
  sparkmem run application_1_0001.zstd
  sparkmem run eventlog_v2_app-1/ --markdown > postmortem.md
  sparkmem run before.zstd after.zstd
  sparkmem run app.zstd --as spark-defaults

Reading .zstd needs Python 3.14, or: pip install 'sparkmem[eventlog]'

exit status:
  0  the log was read
  2  it could not be read"""


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("logs", nargs="+", metavar="LOG", help="files or folders")
    group = parser.add_argument_group("the answer")
    group.add_argument("--json", action="store_true", help="the whole answer, for programs; of several logs a list")
    group.add_argument("--markdown", action="store_true", help="the same for a postmortem")
    value(group, "as", "FORMAT", f"the configuration that is advised: {', '.join(COPY_FORMATS)}")
    value(group, "head-room", "SHARE", f"what is added to each need (default {HEAD_ROOM:g})")
    group = parser.add_argument_group("reading")
    value(group, "processes", "N", f"that read a large log (default: {MOST_PROCESSES}, or 1 on one core); each takes 60 MB")


def _run(given: Namespace) -> int:
    head_room, many = _head_room(getattr(given, "head-room", "")), _processes(getattr(given, "processes", ""))
    with Processes(many) as readers:
        found = [(name, _report(readers, name, files, head_room)) for name, files in logs_of(given.logs)]
    if not found:
        raise _bad("no log is in what was named", "name a file, or a folder with logs")
    if hasattr(given, "as"):
        return _taken(found, getattr(given, "as"))
    if hasattr(given, "json"):
        answers = [as_dict(one) for _, one in found]
        print(json.dumps(answers[0] if len(answers) == 1 else answers, indent=2))
    elif hasattr(given, "markdown"):
        print(run_markdown(found[0][1], date.today().isoformat()) if len(found) == 1 else runs_markdown(found), end="")
    else:
        print(run_text(found[0][1]) if len(found) == 1 else runs_text(found))
    return 0


def logs_of(names: list[str]) -> Iterator[tuple[str, list[Part]]]:
    """The logs among files and folders, each with its files."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(str(one) for one in path.rglob("*") if one.is_file())
            for log in parts(inside):
                yield log[0].path if len(log) == 1 else str(Path(log[0].path).parent), log
        else:
            yield name, [Part(name)]


def _report(readers: Processes, name: str, files: list[Part], head_room: float) -> Report:
    try:
        with progress(sum(Path(part.path).stat().st_size for part in files)) as told:
            return report(readers.read_log([(part.path, part.note) for part in files], told).run(), head_room)
    except OSError as error:
        raise _bad(f"{name}: {error.strerror}", "name a file that can be read") from None
    except UnreadableLog as error:
        raise _bad(f"{name}: {error.message}") from None


def _head_room(text: str) -> float:
    try:
        share = float(text or HEAD_ROOM)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 10:
        raise _bad(f"--head-room {text[:40]!r} is not a number from 0 to 10", "write 0.1 for a tenth", "head-room")
    return share


def _processes(text: str) -> int | None:
    if text and not (re.fullmatch("[0-9]{1,2}", text) and 1 <= int(text) <= 64):
        raise _bad(f"--processes {text[:40]!r} is not a number from 1 to 64", "write 1 for this process alone", "processes")
    return int(text) if text else None


def _taken(found: list[tuple[str, Report]], format: str) -> int:
    if len(found) > 1:
        raise _bad("--as takes one log", "name one", "as")
    one = found[0][1]
    if one.right_size.advised is None:
        raise _bad(f"no size is advised: {one.right_size.why}", name="as")
    inputs = job_inputs(one.run, one.where, one.right_size.changed)
    try:
        taken = copied({"calculator": "explain", "inputs": inputs}, format, Origin(date=date.today().isoformat()))
    except CannotHold as error:
        raise _bad(error.message, f"take instead: {', '.join(error.instead)}" if error.instead else "", "as") from None
    sys.stdout.write(taken.text)
    return 0


def _bad(said: str, change: str = "", name: str = "") -> BadInputs:
    return BadInputs([InputError(name, said, SEE, change=change)])


RUN = Command("run", "a whole job", "Read event logs: what ran out, what each region held, and what to set.", _options, _run,
              BELOW, "LOG [LOG ...] [OPTIONS]")  # fmt: skip
