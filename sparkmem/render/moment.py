"""What a machine's text says of memory at a moment, as text, Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.render.escaping import escape
from sparkmem.render.html import link
from sparkmem.size import mib_text

_COMMAND = re.compile(rf"\bsparkmem ({'|'.join(CALCULATORS)})\b")


def moment_text(one: Mapping[str, Any]) -> str:
    """Part by part, for a terminal."""
    lines = [f"{one['title']}  (line {one['line']})"]
    for part in one["held"]:
        note = f", {part['note']}" if part["note"] else ""
        lines.append(f"  {mib_text(part['bytes']):>16}  {part['name']}{note}")
    lines += [f"  {words}" for words in one["says"]]
    lines += [f"  Change: {change['key']} to {change['value']}. {change['why']}" for change in one["set"]]
    return "\n".join(lines)


def moment_markdown(one: Mapping[str, Any]) -> str:
    """The same as a table and a list."""
    rows = [f"| {part['name'].replace('|', '/')} | {mib_text(part['bytes'])} | {part['note']} |" for part in one["held"]]
    says = [f"- {words}" for words in one["says"]]
    says += [f"- Change: `{change['key']}` to `{change['value']}`. {change['why']}" for change in one["set"]]
    return "\n".join([f"### {one['title']}", "", "| Held | Size | Of that |", "|---|---:|---|", *rows, "", *says])


def moment_html(one: Mapping[str, Any], page: str) -> str:
    """The same for the page, where a command is a link to its calculator; what is wider than the page scrolls."""
    rows = "".join(
        f'<tr><th scope="row">{escape(part["name"])}</th><td>{escape(mib_text(part["bytes"]))}</td>'
        f"<td>{escape(part['note'])}</td></tr>"
        for part in one["held"]
    )
    says = "".join(f"<p>{_COMMAND.sub(lambda named: _calculator(named, page), escape(words))}</p>" for words in one["says"])
    settings = "".join(
        f"<p><code>{escape(change['key'])}</code> <code>{escape(change['value'])}</code>: {escape(change['why'])}</p>"
        for change in one["set"]
    )
    title = escape(one["title"])
    head = "".join(f'<th scope="col">{words}</th>' for words in ("Held", "Size", "Of that"))
    return (
        f'<section class="sm-moment" data-moment="{escape(one["kind"])}">'
        f'<p class="sm-finding-title"><b>{title}</b> (line {one["line"]})</p>'
        f'<div class="sm-moment-scroll" role="region" tabindex="0" aria-label="{title}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{says}{settings}</section>"
    )


def _calculator(named: re.Match[str], page: str) -> str:
    return f'<a href="{link(CALCULATORS[named[1]].see, page)}">{named[0]}</a>'
