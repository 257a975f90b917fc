"""A reader's logs in the page, as their pieces come: begun, fed, told of, answered; one run, or several side by side."""

from __future__ import annotations

from typing import Any

from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.paths import Part, parts
from sparkmem.eventlog.reading import Reading
from sparkmem.render.escaping import escape
from sparkmem.render.run.compared import compared_html, compared_summary
from sparkmem.render.run.digested import digest_html, digests_html
from sparkmem.render.run.html import findings_html, run_html
from sparkmem.render.run.taken import Taken, of_digests, of_reports
from sparkmem.runs.digest import digest_of, read_digest
from sparkmem.runs.report import Report, report
from sparkmem.runs.right_size import HEAD_ROOM
from sparkmem.runs.summary import summary

MOST_LOGS = 100
MOST_LINKED = 8
"""Runs of which the address holds digests: of more it would be too long to be sent around."""
_EXAMPLE = (
    "This is an example: a real run of Spark 3.5.9, made to fail. It caches 60 records of 12 MiB and counts them again."
)


class Session:
    """The log that is being read, those that were, and what is to be said of several."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.reports: list[tuple[str, Report]] = []
        self.refused: list[tuple[str, str]] = []
        self.taken: Taken | None = None
        self.name, self.note = "", ""

    def begin(self, names: list[str], example: bool = False) -> dict[str, Any]:
        """The logs among the files that were chosen, each with its files in their order."""
        found = parts(names)
        self.reading, self.reports, self.refused, self.taken = None, [], [], None
        self.note = f'<p class="sm-note">{_EXAMPLE}</p>' if example else ""
        if not found:
            return {"ok": False, "summary": "Among these files there is no event log."}
        place = {name: number for number, name in reversed(list(enumerate(names)))}
        logs = [
            {"name": _name(log), "files": [{"file": place[part.path], "note": part.note} for part in log]}
            for log in found[:MOST_LOGS]
        ]
        more = len(found) - MOST_LOGS
        return {
            "ok": True,
            "logs": logs,
            "summary": f"{more:,} more logs are not read: so many at a time." if more > 0 else "",
        }

    def log(self, name: str) -> None:
        """The next log begins."""
        self.reading, self.name = Reading(), name

    def file(self, note: str) -> None:
        """The next file of it begins."""
        if self.reading:
            self.reading.begin(note)

    def piece(self, data: bytes) -> dict[str, Any]:
        """Take a piece in."""
        if self.reading is None:
            return {"ok": False, "summary": "No log is being read."}
        try:
            self.reading.feed(data)
        except UnreadableLog as error:
            return self._refuse(error.message)
        state = self.reading.state
        return {"ok": True, "bytes": state.bytes, "lines": state.lines, "texts": len(state.texts)}

    def end(self) -> dict[str, Any]:
        """A file ends."""
        try:
            if self.reading:
                self.reading.end()
        except UnreadableLog as error:
            return self._refuse(error.message)
        return {"ok": True}

    def whole(self, head_room: float) -> dict[str, Any]:
        """A log ends: it is one of the runs from here on."""
        if self.reading is None:
            return {"ok": False, "summary": "No log is being read."}
        try:
            self.reports.append((self.name, report(self.reading.run(), head_room)))
        except UnreadableLog as error:
            return self._refuse(error.message)
        self.reading = None
        return {"ok": True}

    def _refuse(self, why: str) -> dict[str, Any]:
        self.refused.append((self.name, why))
        self.reading = None
        return {"ok": False, "summary": why}

    def first(self, page: str) -> dict[str, Any]:
        """What is found while the log is still being read."""
        if self.reading is None or not self.reading.state.events:
            return {"ok": True, "html": ""}
        found = [one for one in report(self.reading.run()).findings if one.kind == "cause"]
        words = (
            "Found so far, while the log is still being read:"
            if found
            else "Nothing was found so far; the log is still being read."
        )
        return {"ok": True, "html": f'<p class="sm-first"><strong>{words}</strong></p>{findings_html(found, page)}'}

    def answer(self, page: str, head_room: float) -> dict[str, Any]:
        """The whole answer; with another head room, of the logs that were read."""
        self.reports = [
            (name, one if one.right_size.head_room == head_room else report(one.run, head_room))
            for name, one in self.reports
        ]
        if not self.reports:
            return {"ok": False, "summary": self.refused[-1][1] if self.refused else "No log was read."}
        self.taken = of_reports(self.reports)
        one = self.reports[0][1]
        several = len(self.reports) > 1
        html, then = (compared_html(self.reports, page), "") if several else run_html(one, page)
        said = compared_summary(self.reports) if several else f"{one.verdict}. {summary(one.right_size)}"
        digests = [digest_of(one).text for _, one in self.reports] if len(self.reports) <= MOST_LINKED else []
        return {
            "ok": True, "html": self.note + html + self._unread(), "then": then, "summary": said,
            "digest": ".".join(digests), "explain": self.taken.explain,
        }  # fmt: skip

    def _unread(self) -> str:
        items = "".join(f"<li>{escape(name)}: {escape(why)}</li>" for name, why in self.refused[:20])
        return f"<p>Not read, since it is no event log:</p><ul>{items}</ul>" if items else ""

    def digested(self, text: str, page: str) -> dict[str, Any]:
        """The answer that an address holds."""
        found = [read_digest(one) for one in text.split(".")[:MOST_LINKED]]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return {"ok": False, "summary": "What the address holds is no run of this page."}
        self.reading, self.reports, self.taken = None, [], of_digests(known)
        html = digests_html(known, page) if len(known) > 1 else digest_html(known[0], page)
        return {"ok": True, "html": html, "then": "", "summary": "This came by its address.", "explain": self.taken.explain}

    def copied(self, format: str, date: str) -> dict[str, Any]:
        """The advice, or the whole run, to be taken away."""
        return self.taken.copied(format, date) if self.taken else {"ok": False, "said": "No log was read."}


def _name(log: list[Part]) -> str:
    """A file's own name; of several the folder's."""
    path = log[0].path
    return path if len(log) == 1 else path.rpartition("/")[0] or path


SESSION = Session()
"""A page has one reader."""


def head_room_of(text: str) -> float:
    """The head room that a reader chose [share]; the usual one where that is none.

    >>> head_room_of("0.25"), head_room_of("much")
    (0.25, 0.1)
    """
    try:
        share = float(text)
    except ValueError:
        return HEAD_ROOM
    return share if 0 <= share <= 10 else HEAD_ROOM
