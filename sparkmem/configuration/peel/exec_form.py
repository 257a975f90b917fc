"""The words of a command that a Dockerfile has in brackets, ``CMD ["spark-submit", "--conf", …]``, as a shell's line."""

from __future__ import annotations

import re

from sparkmem.configuration.shell_word import quoted

_WORD = r"\"(?:[^\"\\\n]|\\.)*+\""
_BLANK = r"(?:[ \t]|\\?\r?\n)*+"
_LIST = rf"\[{_BLANK}{_WORD}(?:{_BLANK},{_BLANK}{_WORD})*+{_BLANK}\]"
_FORM = re.compile(rf"^([ \t]*)(ENTRYPOINT|CMD)([ \t]+)({_LIST})[ \t\r]*$", re.MULTILINE)
_WORDS = re.compile(_WORD)
_COMMAND = re.compile(r"\"(?:[^\"\n]{0,200}/)?(?:spark\d?-(?:submit|shell|sql)|pyspark|sparkR)\"")
_ARGUMENTS = re.compile(r"-ArgumentList(?:[ \t`]*+\n?[ \t]*+,?[ \t`]*+\n?[ \t]*+(?:\"[^\"\n]*+\"|'[^'\n]*+'))++")
"""Words of a command that PowerShell starts, with a comma between each."""
_COMMA = re.compile(r",(?=[ \t`]*\n?[ \t]*[\"'])")
_ESCAPED = re.compile(r"\\(.)")


def peel(text: str) -> str:
    """The text with such a command as a line, and the words of ``CMD`` behind those of an entry point.

    >>> peel('ENTRYPOINT ["spark-submit", "--master", "local[2]"]\\nCMD ["a.py"]')
    "ENTRYPOINT spark-submit --master 'local[2]' a.py\\n"
    """
    if "-ArgumentList" in text:
        text = _ARGUMENTS.sub(lambda found: _COMMA.sub(" ", found[0].removeprefix("-ArgumentList")), text)
    if "ENTRYPOINT" not in text and "CMD" not in text:
        return text
    forms = list(_FORM.finditer(text))
    starts = next((form for form in forms if _COMMAND.search(form[4])), None)
    if starts is None:
        return text
    behind = [form for form in forms if form[2] == "CMD" and form.start() > starts.start()][-1:]
    behind = behind if starts[2] == "ENTRYPOINT" else []  # docker takes the last of each
    parts, end = [], 0
    for form in (starts, *behind):
        words = _as_words(starts[4]) + (_as_words(behind[0][4]) if behind else [])
        line = f"{starts[1]}{starts[2]}{starts[3]}{' '.join(map(quoted, words))}" if form is starts else ""
        parts += [text[end : form.start()], line, "\n" * form[0].count("\n")]
        end = form.end()
    return "".join([*parts, text[end:]])


def _as_words(listed: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", word[1:-1]) for word in _WORDS.findall(listed)]
