"""What was made of a text: what was taken and what is lost, which stand beside the verdict, and the rest in a fold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sparkmem.answer.read import Read
from sparkmem.render.escaping import escape
from sparkmem.render.line_ends import options_whole

_MOST_APART = 2
_MOST_DEFAULTS = _MOST_OVERRIDDEN = 3
TO_CHECK = "To check"
_REPORTED = "failure-reported"  # as sparkmem.configuration.lost has it, which would bring all readers of texts along
_NOT_THERE = "its value is not in the text: "
_TAKEN = ("default in the text is taken", "taken as if it were")
_WINS = (" wins", " comes later")
_OF_MEMORY = re.compile("[mM]emory|MEMORY|offHeap|[hH]eap")


def told_html(read: Read, only: Sequence[str] = ()) -> str:
    """What was taken, lost and not known, and what the circumstances are concluded from: a line for each that there is.

    ``only`` names those of them that are wanted, where that is not all.
    """
    found = [(name, rows) for name, rows in told(read) if not only or name in only]
    return "".join(f'<p class="sm-told-{_slug(name)} sm-told"><b>{name}:</b> {_words(rows)}</p>' for name, rows in found)


def _slug(name: str) -> str:
    """Tells the lines apart, so that one that comes or goes leaves the others as they are."""
    return name.lower().replace(" ", "-")


def _words(rows: list[tuple[str, str]]) -> str:
    return ", ".join(f"<code>{options_whole(escape(word))}</code>{escape(more)}" for word, more in rows)


def told(read: Read) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The lines of ``told_html``: what each is of, and its words with what is said of them."""
    if read.example:
        return
    taken = [(f"{name} {value}".strip(), "") for _, name, value in read.taken]
    yield "Taken", taken or [("nothing", "")]
    if lost := [(one.key, f" ({_line(one.line)}{one.id.replace('-', ' ')})") for one in read.lost if one.id != _REPORTED]:
        yield "Lost", lost
    if reported := [(one.key, f" (line {one.line})" if one.line else "") for one in read.lost if one.id == _REPORTED]:
        yield "Reported", reported
    if overridden := list(_overridden(read)):
        yield "Overridden", overridden
    if check := list(_to_check(read)):
        yield TO_CHECK, check
    told = [said for said in read.circumstances if said.words and not said.assumed]
    if told:
        yield "Concluded", [(f"{said.name} {said.value}", f" ({_line(said.line)}{said.words})") for said in told]
    if read.apart:
        more = f", and {len(read.apart) - _MOST_APART} more" if len(read.apart) > _MOST_APART else ""
        rows = [(name, f" ({_line(line)}{reason})") for line, name, reason in read.apart[:_MOST_APART]]
        yield "Passed over", [*rows[:-1], (rows[-1][0], rows[-1][1] + more)]


def _overridden(read: Read) -> Iterator[tuple[str, str]]:
    """The sizes that another line of the text sets as well, and which that is; but what is named as lost."""
    lost = {one.line for one in read.lost}
    rows = [row for row in read.passed_over if row[2].endswith(_WINS) and _OF_MEMORY.search(row[1]) and row[0] not in lost]
    for line, name, reason in rows[:_MOST_OVERRIDDEN]:
        yield name, f" ({_line(line)}{reason})"


def _to_check(read: Read) -> Iterator[tuple[str, str]]:
    """What a reader has to look up: values and a master that the text does not hold, and defaults that were taken."""
    for line, name, reason in read.unknown:
        yield name, f" ({_line(line)}{reason.removeprefix(_NOT_THERE)})"
    for line, name, reason in read.apart:
        if name == "spark.master":
            yield name, f" ({_line(line)}{reason})"
    seen = set[str]()
    for line, name, reason in read.passed_over:
        if reason.endswith(_TAKEN) and name not in seen and len(seen) < _MOST_DEFAULTS:
            seen.add(name)
            yield name, f" ({_line(line)}{reason})"


def read_html(read: Read, calculator: str) -> str:
    """What was made of the text: a line that says so, which opens to every setting and all that was passed over."""
    taken = "".join(
        f"<li>{_line(line)}<code>{escape(name)}</code> = <code>{escape(value)}</code></li>"
        for line, name, value in read.taken
    )
    passed = "".join(
        f"<li>{_line(line)}<code>{escape(name)}</code>: {escape(reason)}</li>" for line, name, reason in read.passed_over
    )
    how = f"Read as {read.format}" if read.format else "Read from the address"
    summary = f"{how}: {len(read.taken)} taken, {len(read.passed_over)} left out"
    ignored = f"<p>Left out; no value of these is kept:</p><ul>{passed}</ul>" if passed else ""
    return (
        f'<details class="sm-read" id="{calculator}-answer--read"><summary>{escape(summary)}</summary>'
        f"<p>Taken:</p><ul>{taken}</ul>{ignored}</details>"
    )


def _line(number: int) -> str:
    return f"line {number}: " if number else ""
