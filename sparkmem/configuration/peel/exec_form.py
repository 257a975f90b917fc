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
_INSTEAD = re.compile(
    r"^[ ]{2,12}command:[^\n]{0,300}(?:\n[ ]{3,40}[^\n]{0,300}){0,3}?\bspark\d?-submit\b"
    r"|^(?![ \t]*#)[^\n]{0,80}\bdocker run\b[^\n]{0,300}[ ](?:\S{0,80}/)?spark\d?-submit\b",
    re.MULTILINE,
)
"""A command that is given in the place of an image's own."""
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
    told = [form for form in forms if _COMMAND.search(form[4])]
    entries = [form for form in told if form[2] == "ENTRYPOINT"]
    if not told:
        return text
    starts = (entries or told)[-1]  # docker takes the last of each
    behind = [form for form in forms if form[2] == "CMD" and form.start() > starts.start()][-1:] if entries else []
    others = [form for form in told if form is not starts and form not in behind]
    if not entries and _INSTEAD.search(text):
        starts, others = told[0], told  # what a service or docker run gives goes before it
    parts, end = [], 0
    for form in sorted({starts, *behind, *others}, key=lambda form: form.start()):
        words = _as_words(starts[4]) + (_as_words(behind[0][4]) if behind else [])
        line = f"{starts[1]}{starts[2]}{starts[3]}{' '.join(map(quoted, words))}"
        line = line if form is starts and form not in others else ""
        parts += [text[end : form.start()], line, "\n" * form[0].count("\n")]
        end = form.end()
    return "".join([*parts, text[end:]])


def _as_words(listed: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", word[1:-1]) for word in _WORDS.findall(listed)]
