"""Which files a log is made of, in their order: one file, a rolling folder, the rotated files of Databricks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sparkmem.eventlog.errors import UnreadableLog

_ROLLING = re.compile(r"events_(\d{1,18})_(.+?)(\.compact)?")
_ROTATED = re.compile(r"eventlog(-[0-9][0-9T:.\-]*)?(\.gz)?")
IN_PROGRESS = ".inprogress"


@dataclass(frozen=True)
class Part:
    """A file of a log by its path, and what to say of it."""

    path: str
    note: str = ""


def is_rolling(name: str) -> bool:
    """Whether a folder's name is that of a rolling log (``EventLogFileWriter``)."""
    return name.startswith("eventlog_v2_")


def parts(paths: Sequence[str]) -> list[list[Part]]:
    """The logs among these paths, each as its files in the order in which they are to be read.

    Files ``events_N_…`` of a folder are one log, from the last compacted one on; files ``eventlog-DATE.gz`` of a folder,
    and the ``eventlog`` that is still written, are one log too; each other file is a log of its own.

    >>> [[part.path for part in log] for log in parts(["l/events_2_app", "l/events_1_app", "l/appstatus_app", "other.zstd"])]
    [['l/events_1_app', 'l/events_2_app'], ['other.zstd']]
    """
    rolling, rotated, single = dict[str, list[str]](), dict[str, list[str]](), list[str]()
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name.startswith(("appstatus_", ".")) or not name:
            continue
        if _ROLLING.fullmatch(name):
            rolling.setdefault(folder, []).append(path)
        elif _ROTATED.fullmatch(name):
            rotated.setdefault(folder, []).append(path)
        else:
            single.append(path)
    logs = [_rolled(rolling[folder]) for folder in sorted(rolling)]
    logs += [[Part(path) for path in sorted(rotated[folder], key=_rotation)] for folder in sorted(rotated)]
    return logs + [[Part(path, _note(path))] for path in single]


def _note(path: str) -> str:
    return "the application was still running, or ended without closing its log" if path.endswith(IN_PROGRESS) else ""


def _rotation(path: str) -> tuple[bool, str]:
    """Rotated files by their date, the one that is still written last."""
    name = path.rpartition("/")[2]
    return name.startswith("eventlog-") is False, name


def _rolled(paths: list[str]) -> list[Part]:
    """From the last compacted file on, by number; a number that is missing is said."""
    found = sorted((_index(path) for path in paths), key=lambda one: one[:2])
    compact = [place for place, one in enumerate(found) if one[1]]
    found = found[compact[-1] :] if compact else found
    kept: list[Part] = []
    before = found[0][0] - 1
    for index, _, path in found:
        missing = index - before - 1
        note = f"{missing} file{'s' * (missing != 1)} before it missing" if missing > 0 else ""
        kept.append(Part(path, note))
        before = index
    return kept


def _index(path: str) -> tuple[int, bool, str]:
    match = _ROLLING.fullmatch(path.rpartition("/")[2])
    if not match:
        raise UnreadableLog(f"{path} is no file of a rolling log")
    return int(match[1]), bool(match[3]), path
