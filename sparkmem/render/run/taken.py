"""What is taken away of a run in the page: its settings in a format, its Markdown, and both sides in "Explain my job"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sparkmem.render.run.peaks import peaks_in, peaks_of
from sparkmem.runs.digest import Digest
from sparkmem.runs.report import Report

Inputs = Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """The runs, where their logs were read, and inputs of "Explain my job": one side, or two."""

    reports: Sequence[tuple[str, Report]]
    sides: Sequence[Inputs]

    @property
    def explain(self) -> dict[str, Inputs]:
        """What the link to "Explain my job" holds; nothing where there are no two sides, nor one."""
        if not self.sides:
            return {}
        return {"inputs": self.sides[-1]} | ({"against": self.sides[0]} if len(self.sides) > 1 else {})

    def copied(self, format: str, date: str) -> dict[str, Any]:
        """The text to be copied, and what is said of it; or why there is none."""
        from sparkmem.render.copied import copied  # here: most who read a run copy nothing
        from sparkmem.render.origin import Origin
        from sparkmem.render.run.markdown import run_markdown, runs_markdown
        from sparkmem.requests.copying import CannotHold

        if format == "postmortem":
            if not self.reports:
                return {"ok": False, "said": "That needs the log, which no address holds: give it to this page again."}
            several = len(self.reports) > 1
            text = runs_markdown(self.reports) if several else run_markdown(self.reports[0][1], date)
            return {"ok": True, "text": text, "said": "Copied as Markdown, for a postmortem."}
        if len(self.reports) > 1 or not self.sides:
            return {"ok": False, "said": "Settings are copied of one run: give the page one log."}
        try:
            found = copied({"calculator": "explain", "inputs": self.sides[-1]}, format, Origin(date=date))
        except CannotHold as error:
            return {"ok": False, "said": error.message}
        return {"ok": True, "text": found.text, "said": found.said}


def of_reports(found: Sequence[tuple[str, Report]]) -> Taken:
    """Of one run as it ran, and as it is advised; of two runs both; of more none."""
    if len(found) > 1:
        own = [peaks_of(one).inputs for _, one in found]
        return Taken(found, own if len(own) == 2 else [])
    one = found[0][1]
    now, changed = peaks_of(one).inputs, one.right_size.changed
    return Taken(found, [now, {**now, **changed}] if changed else [now])


def of_digests(found: Sequence[Digest]) -> Taken:
    """The same of runs that came by their address."""
    own = [dict(peaks_in(one).inputs) for one in found]
    if len(own) > 1:
        return Taken([], own if len(own) == 2 else [])
    advised = found[0].advised
    return Taken([], [own[0], own[0] | dict(advised)] if advised else own)
