"""What the table of exit codes has of a code, with the way to each row of it."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.html import link
from sparkmem.spark.ends.exit_code import ExitCode
from sparkmem.spark.ends.exit_codes import EXIT_CODES

_PAGE = "reference/exit-codes/"


def exit_rows(code: int | None, page: str) -> str:
    """A list in HTML, one entry for each end that has the code; empty where none has.

    >>> exit_rows(1000, ""), exit_rows(137, "").count("<li>"), "#exit-137" in exit_rows(137, "")
    ('', 2, True)
    """
    rows = "".join(_code(found, page) for found in EXIT_CODES if found.code == code)
    return f'<ul class="sm-meanings">{rows}</ul>' if rows else ""


def _code(code: ExitCode, page: str) -> str:
    see = f"{_PAGE}#{code.id}"
    name = f" ({code.name})" if code.name else ""
    return (
        f'<li><p class="sm-headline">Exit code {code.code}{escape(name)}: ended by {escape(code.by)}</p>'
        f"<p>{_with_code(code.meaning)}</p>"
        f'<p><a href="{escape(link(see, page))}">Its row in the table of exit codes</a></p></li>'
    )


def _with_code(text: str) -> str:
    """A text with its quotations marked up.

    >>> _with_code("a `b <c>` d")
    'a <code>b &lt;c&gt;</code> d'
    """
    pieces = text.split("`")
    return "".join(f"<code>{escape(piece)}</code>" if n % 2 else escape(piece) for n, piece in enumerate(pieces))
