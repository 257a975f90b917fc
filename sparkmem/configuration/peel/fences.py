"""Markdown: fenced blocks and code in a line, apart from the prose around them."""

from __future__ import annotations

import re

from sparkmem.configuration.piece import Piece, whole_lines
from sparkmem.configuration.told_not import told_not

_FENCE = re.compile(r"^[ \t>]{0,12}(`{3,}|~{3,}|\{code(?::[^}\n]{0,80})?\}|\{noformat\})[^`\n]{0,80}$", re.MULTILINE)
_INLINE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]{6,4000})\1(?!`)")
_ROW = re.compile(r"^[ \t]{0,20}\|[ \t]{0,20}`", re.MULTILINE)  # of a table, whose cells belong together
_COMMAND = re.compile(
    r"(?:^|[/\s])(?:spark-submit|spark-shell|pyspark|spark-sql|spark\.\w)"
    r"|(?:^|\s)--(?:conf|[a-z]+-memory|[a-z]+-executors|[a-z]+-cores)\b"
)
_KEY = re.compile(r"[\w.-]+")


def _says_more(code: str) -> bool:
    """Whether code in a line is more than the name of a key."""
    return bool(_COMMAND.search(code[:200])) and not _KEY.fullmatch(code)


def _is_code(found: re.Match[str]) -> bool:
    return _says_more(found[2]) and not told_not(found.string, found.start())


def _underlines(text: str, tildes: re.Match[str]) -> bool:
    """Whether a line of tildes is below a title, as in reStructuredText."""
    title = text[max(0, tildes.start() - 200) : max(0, tildes.start() - 1)].rsplit("\n", 1)[-1].strip()
    return bool(title) and len(tildes[1]) >= len(title) and tildes[0].strip() == tildes[1]


def _begins_inside(fences: list[re.Match[str]]) -> bool:
    """Whether a text begins in a block: its first fence says nothing, and the next one which language it opens."""
    return len(fences) > 1 and fences[0][0].strip() == fences[0][1] and fences[1][0].strip() != fences[1][1]


def parts(text: str) -> list[Piece]:
    """Each fenced block, and all that stands between them; the whole where there is no fence, or nothing but fences."""
    if "`" not in text and "~~~" not in text and "{" not in text:
        return [Piece(text)]
    fences = [fence for fence in _FENCE.finditer(text) if fence[1][0] != "~" or not _underlines(text, fence)]
    if not fences:
        inline = [match for match in _INLINE.finditer(text) if _is_code(match)] if "`" in text else []
        shell = "`" in text and re.search(r"^\s{0,20}(?:\S{0,80}/)?spark-\w+ .{0,200}`", text, re.MULTILINE)
        if not inline or shell or _ROW.search(text):
            return [Piece(text)]
        quoted = [Piece(match[2], [text.count("\n", 0, match.start()) + 1]) for match in inline[:50]]
        return [*quoted, Piece(_INLINE.sub(lambda code: "" if _is_code(code) else code[0], text))]
    found: list[Piece] = []
    prose: list[str] = []
    at, line = 0, 1
    inside = _begins_inside(fences)
    opened: re.Match[str] | None = fences[0] if inside else None
    for fence in [*fences, None]:
        end = fence.start() if fence else len(text)
        between = text[at:end]
        if opened:
            body = between.removesuffix("\n")
            found.append(whole_lines(body.removeprefix("\n"), line + body.startswith("\n")))
            prose.append("\n" * between.count("\n"))
        else:
            prose.append(between)
        line += between.count("\n")
        if fence:
            at, opened = fence.end(), None if opened else fence
    rest = "".join(prose)
    kept = [piece for piece in found if piece.text.strip()] + ([Piece(rest)] if rest.strip() else [])
    return kept or [Piece(text)]
