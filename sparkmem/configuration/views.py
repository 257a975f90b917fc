"""Other ways to look at a text of which little is read: without what is before each line, its escapes, its sentences.

Each has its lines at the same places.  What it comes to is taken only where it holds more settings than the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration import named_values, script
from sparkmem.configuration.peel import diffs, line_prefixes, notebook_files, notebook_lines

_SENTENCE = re.compile(
    r"[ \t]{0,8}(?:(?:[A-Za-z(*_>]|[0-9](?!:))[^{}\[\]=<>\"\n]{0,400}?(?:[,.?!:]|\s\S{1,40}\s\S{1,40}\s\S[^\n]{0,400})"
    r"|!?\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)"
    r"|[\w.-]{1,40}\s{1,4}\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?"
    r"|(?i:hi|hello|thanks|thank you|cheers|regards|best|cat|EOF)\b[^\n]{0,80})[ \t\r]*"
)
_SETTING = re.compile(r"\bspark\.|--conf|^[ \t]*[\w.-]{1,60}:(?:[ \t]|$)|spark\d?-(?:submit|shell|sql)\b[^\n]*\\[ \t\r]*$")
"""What no sentence has: a setting, a field, and a command that goes on behind a backslash."""
_STRUCTURE = re.compile(
    r"^[ \t]{0,8}[\[{<]|^[ \t]{0,8}[\"']?[\w.-]{1,60}[\"']?[ \t]{0,3}:(?:[ \t\r]|$)|^---", re.MULTILINE
)
_CONDITION = re.compile(r"[ \t]*(?:\}[ \t]*)?(?:if|elif|else if|else)\b[^\n]{0,400}[:{][ \t\r]*$")
_HEREDOC = "<<"
_LONGEST = 100_000


def views(text: str, in_a_form: bool) -> Iterator[tuple[str, bool]]:
    """The other texts, and whether all words that say something are in it; of a long text none.

    Of a text of which a form took something only what stands before its lines is left out.
    """
    if len(text) > _LONGEST:
        return
    text = diffs.peel(notebook_files.peel(text))
    bare = line_prefixes.peel(text)
    if bare != text:
        yield bare, True
    cells = notebook_lines.peel(text)
    if cells != text:
        yield cells, True
    if in_a_form:
        return
    without = _without_sentences(bare)
    if without != bare:
        yield without, False
    if _HEREDOC in text:
        for body in script.without_heredocs(named_values.peel(text))[1]:
            above = body.line(1) - 1
            yield "\n" * above + body.text, False


def _without_sentences(text: str) -> str:
    """The text with its sentences left empty, where something of a structure is beside them."""
    if not _STRUCTURE.search(text):
        return text
    lines = text.split("\n")
    if any(_CONDITION.match(line) for line in lines):  # a program's, whose words decide what counts
        return text
    return "\n".join("" if _SENTENCE.fullmatch(line) and not _SETTING.search(line) else line for line in lines)
