"""One reader's log in the page, as its pieces come: begun, fed, told of, answered."""

from __future__ import annotations

from typing import Any

from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.paths import parts
from sparkmem.eventlog.reading import Reading
from sparkmem.render.run.digested import digest_html
from sparkmem.render.run.html import findings_html, run_html
from sparkmem.runs.digest import digest_of, read_digest
from sparkmem.runs.report import Report, report
from sparkmem.runs.right_size import HEAD_ROOM, summary
from sparkmem.runs.shapes import job_inputs


class Session:
    """The log that is being read, and the report on the one that was."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.report: Report | None = None

    def begin(self, names: list[str]) -> dict[str, Any]:
        """The files of one log among those that were chosen, in their order; of several logs the first."""
        found = parts(names)
        if not found:
            return {"ok": False, "summary": "Among these files there is no event log."}
        self.reading, self.report = Reading(), None
        log = [{"file": names.index(part.path), "note": part.note} for part in found[0]]
        others = len(found) - 1
        said = f" {others} more log{'s' * (others != 1)} were chosen and are not read: one at a time." if others else ""
        return {"ok": True, "files": log, "summary": said.strip()}

    def file(self, note: str) -> None:
        """The next file begins."""
        if self.reading:
            self.reading.begin(note)

    def piece(self, data: bytes) -> dict[str, Any]:
        """Take a piece in."""
        if self.reading is None:
            return {"ok": False, "summary": "No log is being read."}
        try:
            self.reading.feed(data)
        except UnreadableLog as error:
            self.reading = None
            return {"ok": False, "summary": error.message}
        state = self.reading.state
        return {"ok": True, "bytes": state.bytes, "lines": state.lines, "texts": len(state.texts)}

    def end(self) -> None:
        """A file ends."""
        if self.reading:
            self.reading.end()

    def first(self, page: str) -> dict[str, Any]:
        """What is found while the log is still being read."""
        if self.reading is None or not self.reading.state.events:
            return {"ok": True, "html": ""}
        found = [one for one in report(self.reading.run()).findings if one.kind == "cause"]
        return {"ok": True, "html": findings_html(found, page)}

    def answer(self, page: str, head_room: float) -> dict[str, Any]:
        """The whole answer; with another head room, of the log that was read."""
        try:
            if self.reading is not None:
                self.report = report(self.reading.run(), head_room)
                self.reading = None
            elif self.report is not None:
                self.report = report(self.report.run, head_room)
            else:
                return {"ok": False, "summary": "No log was read."}
        except UnreadableLog as error:
            self.reading = None
            return {"ok": False, "summary": error.message}
        found = self.report
        return {
            "ok": True, "html": run_html(found, page), "summary": f"{found.verdict}. {summary(found.right_size)}",
            "digest": digest_of(found).text, "explain": self._explained(found),
        }  # fmt: skip

    def _explained(self, found: Report) -> dict[str, Any]:
        """The inputs of "Explain my job" for the advice, and against it as it ran."""
        if found.right_size.now is None:
            return {}
        now = job_inputs(found.run, found.where)
        if found.right_size.advised is None:
            return {"inputs": now}
        return {"inputs": job_inputs(found.run, found.where, found.right_size.changed), "against": now}

    def digested(self, text: str, page: str) -> dict[str, Any]:
        """The answer that an address holds."""
        found = read_digest(text)
        if found is None:
            return {"ok": False, "summary": "What the address holds is no run of this page."}
        return {"ok": True, "html": digest_html(found, page), "summary": "This run came by its address."}

    def copied(self, format: str, page_url: str, date: str) -> dict[str, Any]:
        """The advice, or the whole run, to be taken away."""
        from sparkmem.render.copied import copied  # here: most who read a run copy nothing
        from sparkmem.render.origin import Origin
        from sparkmem.render.run.markdown import run_markdown
        from sparkmem.requests.copying import CannotHold

        if self.report is None:
            return {"ok": False, "said": "No log was read."}
        if format == "postmortem":
            return {"ok": True, "text": run_markdown(self.report, date), "said": "Copied as Markdown, for a postmortem."}
        inputs = job_inputs(self.report.run, self.report.where, self.report.right_size.changed)
        try:
            found = copied({"calculator": "explain", "inputs": inputs}, format, Origin(date=date))
        except CannotHold as error:
            return {"ok": False, "said": error.message}
        return {"ok": True, "text": found.text, "said": found.said}


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
