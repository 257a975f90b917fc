"""What the table of exit codes has of a code, with the way to each row of it."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.html import link
from sparkmem.render.line_ends import with_code
from sparkmem.spark.ends.exit_code import ExitCode
from sparkmem.spark.ends.exit_codes import EXIT_CODES

TABLE = "reference/exit-codes/"


def rows_of(code: int | None) -> list[ExitCode]:
    """Each end that has the code."""
    return [found for found in EXIT_CODES if found.code == code]


def exit_rows(code: int | None, page: str) -> str:
    """A list in HTML, one entry for each end that has the code; empty where none has.

    >>> exit_rows(1000, ""), exit_rows(137, "").count("<li>"), "#exit-137" in exit_rows(137, "")
    ('', 2, True)
    """
    return _list([_whole(found, page) for found in rows_of(code)])


def exit_rows_after(code: int | None, page: str, begun: bool) -> str:
    """The same below the lines that ``at_once`` has of the first end, with its first sentence in them or not.

    >>> exit_rows_after(137, "", False).count("Exit code 137"), exit_rows_after(54, "", True)
    (1, '')
    """
    first, *others = rows_of(code)
    left = first.meaning.removeprefix(first_sentence(first)).strip() if begun else first.meaning
    return _list(([_meaning(left)] if left else []) + [_whole(found, page) for found in others])


def named(code: ExitCode) -> str:
    """The code, its name, and who ends a process so."""
    name = f" ({code.name})" if code.name else ""
    return f"Exit code {code.code}{name}: ended by {code.by}"


def first_sentence(code: ExitCode) -> str:
    """What it means, in its first sentence.

    >>> first_sentence(rows_of(50)[0])
    'An exception left a thread that nobody guards.'
    """
    end = code.meaning.find(". ")
    return code.meaning[: end + 1] if end >= 0 else code.meaning


def _meaning(text: str) -> str:
    return f"<p>{with_code(text)}</p>"


def row_link(code: ExitCode, page: str) -> str:
    """The way to its row."""
    return f'<p><a href="{escape(link(f"{TABLE}#{code.id}", page))}">Its row in the table of exit codes</a></p>'


def _whole(code: ExitCode, page: str) -> str:
    return f'<p class="sm-headline">{escape(named(code))}</p>{_meaning(code.meaning)}{row_link(code, page)}'


def _list(items: list[str]) -> str:
    return f'<ul class="sm-meanings">{"".join(f"<li>{item}</li>" for item in items)}</ul>' if items else ""
