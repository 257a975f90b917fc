"""An explained job on a terminal: what was taken and lost, the verdict, a picture in bars, what to mind."""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.answer.note import Note
from sparkmem.answer.read import Read
from sparkmem.answer.result import Result
from sparkmem.render.bars import bars
from sparkmem.render.read import told
from sparkmem.render.screen import Screen

_VERDICT_COLOURS = {"Fits,": 214, "Fits": 114, "Refused": 203, "Does not fit": 203}
_OTHERWISE = 214


def explained_text(result: Result, screen: Screen, figures: Sequence[str] = ()) -> str:
    """The answer in lines of the screen's width; with ``figures`` these too, and every remark."""
    lines = [*(_read(result.read, screen) if result.read else []), ""]
    lines += _verdict(result.headline, screen)
    lines += screen.filled(result.assumed.text) if result.assumed else []
    lines += ["", *bars(result.breakdowns, screen)]
    lines += ["", *figures] if figures else []
    shown = [note for note in result.remarks if figures or note.level == "warning"]
    for note in shown:
        lines += ["", *_note(note, screen)]
    more = len(result.remarks) - len(shown)
    if not figures:
        remarks = f", and {more} more remark{'s' if more > 1 else ''}" if more else ""
        lines += ["", *screen.filled(f"--figures shows every figure with its reason{remarks}; --json is for programs.")]
    return "\n".join(lines).strip("\n")


def _read(read: Read, screen: Screen) -> list[str]:
    lines = list[str]()
    for name, rows in told(read):
        words = screen.filled(f"{name}: {', '.join(word + more for word, more in rows)}", hanging=2)
        lines += [screen.painted(line, _OTHERWISE) if name == "Lost" else line for line in words]
    return lines


def _verdict(headline: str, screen: Screen) -> list[str]:
    colour = next((colour for start, colour in _VERDICT_COLOURS.items() if headline.startswith(start)), _OTHERWISE)
    return [screen.bold(screen.painted(line, colour)) for line in screen.filled(headline)]


def _note(note: Note, screen: Screen) -> list[str]:
    return screen.filled(f"{note.level}: {note.text}", hanging=2)
