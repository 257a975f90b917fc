"""Commands whose line breaks are blanks where they stand: a plain scalar of YAML, a text that a program splits or joins.

Of an instruction over several lines docker leaves out remarks and empty lines before a shell sees it.
"""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.piece import numbered

_NAME = r"(?:spark[23]?-(?:submit|shell|sql)|pyspark|sparkR)(?:\.cmd)?"
_COMMAND = re.compile(rf"\b{_NAME}\b|\s--(?:conf|executor-memory|driver-memory)\b")
_SCALAR = re.compile(
    r"^(?P<indent>[ \t]*)(?P<dash>(?:- {1,9})*)(?P<key>[\w.-]{1,60}: {1,9})?"
    rf"(?=[\w./~$])[^\n\"'({{[]{{0,400}}\b{_NAME}(?![\w:])[^\n\\#]{{0,2000}}+$",
    re.MULTILINE,
)
_NO_PART = re.compile(r"[ \t]*(?:- |#|[\"']?[\w.-]{1,60}[\"']?:(?:\s|$))")
_TEXT = re.compile(r"(?P<quote>\"\"\"|''')(?P<body>.*?)(?P=quote)", re.DOTALL)
_BREAKS = r"r?[\"'](?:\\?\\r\?)?(?:\\?\\[ns]\+?|\[\\?\\n[^\"'\]\n]{0,9}\]\+?)[\"']\s{0,3},\s{0,3}[\"'] ?[\"']"
_BEHIND = re.compile(
    r"(?:\s{0,60}\)?\s{0,60}\.(?:l?r?strip|trim|strip(?:Margin|Indent))(?:\(\))?){0,3}\s{0,60}\)?\s{0,60}\."
    rf"(?:split(?:lines)?\b|lines(?:Iterator)?\b|replace(?:All)?\(\s{{0,9}}{_BREAKS})"
)
_BEFORE = re.compile(rf"(?:\bshlex\.split\(|\bre\.sub\(\s{{0,9}}{_BREAKS}\s{{0,9}},)\s{{0,60}}[a-z]?$")
_GIVEN_TO = re.compile(r"(?<![\w.])([A-Za-z_]\w{0,60})[ \t]{0,9}(?::[ \t]{0,9}\w{1,30}[ \t]{0,9})?=\s{0,9}\(?\s{0,9}[a-z]?$")
_INSTRUCTION = re.compile(r"^[ \t]*(?:RUN|CMD|ENTRYPOINT)[ \t][^\n]*$", re.MULTILINE)
_FROM = re.compile(r"^FROM[ \t]+\S", re.MULTILINE)
_MOST, _MOST_LINES, _NEAR = 60, 100, 200


def peel(text: str) -> str:
    """The text with such a command on one line, or with a backslash at the end of each of its lines.

    >>> peel("script:\\n  - spark-submit\\n    --driver-memory 2g\\n    a.py")
    'script:\\n  - spark-submit --driver-memory 2g a.py\\n\\n'
    """
    if "\n" not in text or not _COMMAND.search(text):
        return text
    text = _scalars(text)
    if '"""' in text or "'''" in text:
        text = _texts(text)
    return _of_docker(text) if _FROM.search(text) else text


def _scalars(text: str) -> str:
    """Plain scalars of YAML, which go on below where a line is indented further than the item or the key."""
    lines = text.split("\n")
    for number, one in numbered(islice(_SCALAR.finditer(text), _MOST)):
        line = number - 1
        if (one["dash"] or one["key"]) and lines[line]:
            least = len(one["indent"]) + (len(one["dash"]) if one["key"] else 0)
            end = line + 1
            while end < min(len(lines), line + _MOST_LINES) and _goes_on(lines[end], least):
                end += 1
            joined = [lines[line].rstrip(), *(part.strip() for part in lines[line + 1 : end])]
            lines[line:end] = [" ".join(joined), *[""] * (end - line - 1)]
    return "\n".join(lines)


def _goes_on(line: str, least: int) -> bool:
    words = line.strip()
    return bool(words) and len(line) - len(line.lstrip()) > least and not (_NO_PART.match(line) or words.endswith("\\"))


def _texts(text: str) -> str:
    """Texts of several lines that a program parts at blanks, or whose line breaks it makes blanks of."""
    parts, end = [], 0
    for one in islice(_TEXT.finditer(text), _MOST):
        if "\n" in one["body"] and _COMMAND.search(one["body"]) and _is_folded(text, one):
            parts += [text[end : one.start("body")], _continued(one["body"])]
            end = one.end("body")
    return "".join([*parts, text[end:]])


def _is_folded(text: str, one: re.Match[str]) -> bool:
    before = text[max(0, one.start() - _NEAR) : one.start()]
    if _BEHIND.match(text, one.end()) or _BEFORE.search(before):
        return True
    name = _GIVEN_TO.search(before)
    return bool(name) and any(
        _BEHIND.match(text, use.end()) or _BEFORE.search(text[max(0, use.start() - _NEAR) : use.start()])
        for use in islice(re.finditer(rf"(?<![\w.]){name[1]}\b" if name else "", text), _MOST)
    )


def _continued(body: str) -> str:
    """The lines with a backslash at the end of each that others follow."""
    lines = body.split("\n")
    said = [at for at, line in enumerate(lines) if line.strip()]
    for at in range(said[0], said[-1]):
        if not lines[at].rstrip().endswith("\\"):
            lines[at] = f"{lines[at].rstrip()} \\"
    return "\n".join(lines)


def _of_docker(text: str) -> str:
    """Instructions over several lines, among which remarks and empty lines do not count."""
    lines = text.split("\n")
    for number, _ in numbered(islice(_INSTRUCTION.finditer(text), _MOST)):
        at = line = number - 1
        while at + 1 < len(lines) and at < line + _MOST_LINES and lines[at].rstrip().endswith("\\"):
            at += 1
            if not lines[at].strip() or lines[at].lstrip().startswith("#"):
                lines[at] = "\\"
    return "\n".join(lines)
