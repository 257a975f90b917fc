"""A bare exit code, as people have it in hand, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.finding import CONSEQUENCE, POSSIBLE, Finding
from sparkmem.spark.ends.exit_codes import EXIT_CODES

LONGEST_CODE = 60
CODE = (
    r"(?:(?:the )?(?:process |container |executor |driver |command |pod )?(?:exit(?:ed)?|terminated|finished|return(?:ed)?)"
    r"(?: with)?(?: exit)?[ -]?(?:code|status|value)?|exit ?code|exit status|status|code)?[ :=#(]{0,3}(-?[0-9]{1,5})\)?\.?"
    r"(?: ?\((?:signal )?[A-Z]{3,8}\)| [0-9a-z ]{1,20} ago)?"
)
"""How a bare exit code is written, in letters of either case; scripts match it too (``macros/at_once.py``)."""
_CODE = re.compile(f"(?i){CODE}")
_AMONG = re.compile(
    r"(?i)\b(?:(?:exit(?:ed)?|code|status|signal|rc)\b[^0-9\n]{0,20}?(-?[0-9]{1,5})"
    r"|(?:oom|(?:oom)?[- ]?killed)\b[^0-9\n]{0,20}?(1[2-9][0-9]))\b"
)
_SIGNAL = re.compile(r"(?i)(?:signal |killed by signal )?(SIG[A-Z]{3,5}|[0-9]{1,2})")
SIGNALS = {found.name: found.code for found in EXIT_CODES if found.kind == "signal"}
"""What a shell says of the end by each."""
OF_SHELLS = 128
"""A shell's number for the end by a signal is this much more."""
_ENDING = (6, 9, 11, 15)
"""SIGABRT, SIGKILL, SIGSEGV, SIGTERM: what ends a process that did not end by itself."""
_LIKE_SIGNALS = {as_: OF_SHELLS + number for number in _ENDING for as_ in (-number, 256 - number)}
_KNOWN = frozenset(found.code for found in EXIT_CODES)


def code_in(text: str) -> int | None:
    """The exit code that a short text is, where it is one that somebody writes; None for any other text.

    >>> [code_in(text) for text in ("137", "exit code: 52", "Exit status -104", "SIGKILL", "8192", "137 tasks")]
    [137, 52, -104, 137, None, None]
    """
    short = text.strip()
    if len(short) > LONGEST_CODE:
        return None
    if match := _SIGNAL.fullmatch(short):
        if (named := SIGNALS.get(match[1].upper())) is not None:
            return named
        if match[1].isdigit() and "signal" in short.lower():
            return OF_SHELLS + int(match[1])
    match = _CODE.fullmatch(short)
    code = int(match[1]) if match else None
    return None if code is None else known_code(code)


def known_code(code: int) -> int | None:
    """The code as it stands in a table: itself, or a shell's number for a signal that is written as a negative one.

    >>> [known_code(code) for code in (137, -9, 247, 241, 99, -104)]
    [137, 137, 137, 143, None, -104]
    """
    return code if code in _KNOWN else _LIKE_SIGNALS.get(code)


def written_as(code: int, text: str) -> str:
    """Why a text that has another number than a code has is told as that; empty where it has the code itself.

    >>> written_as(137, "exit code 247")[:29], written_as(137, "return code -9")[:24], written_as(137, "137")
    ('247 is -9 in eight bits, and ', '-9 is signal 9 as Python', '')
    """
    number = code - OF_SHELLS
    if number not in _ENDING or re.search(rf"(?<![0-9]){code}(?![0-9])", text):
        return ""
    negative = f"-{number} is signal {number} as Python's subprocess writes it: {code} of a shell."
    if re.search(rf"(?<![0-9]){256 - number}(?![0-9])", text):
        return f"{256 - number} is -{number} in eight bits, and {negative}"
    return negative if re.search(rf"(?<![0-9])-{number}(?![0-9])", text) else ""


def of_a_code(text: str) -> bool:
    """Whether a short text is nothing but an exit code, of whatever number.

    >>> of_a_code("exit code 99"), of_a_code("exit code 99 of a shell job")
    (True, False)
    """
    return len(text) <= LONGEST_CODE and bool(_CODE.fullmatch(text.strip()))


def code_among(text: str) -> int | None:
    """The exit code that stands among a few words behind one that says so.

    >>> [code_among(text) for text in ("kubernetes exit code is 137", "oom killed 137", "137 tasks", "oom 3", "code 8192")]
    [137, 137, None, None, None]
    """
    found = (known_code(int(match[1] or match[2])) for match in _AMONG.finditer(text))
    return next((code for code in found if code is not None), None)


def findings_of(code: int, known: Mapping[str, Finding]) -> list[Finding]:
    """What a bare code says: the findings that it makes of others, else what the table of exit codes has of it."""
    sharpened = [one.id for found in known.values() for one in found.sharper if condition(one.when, {"code": code})]
    if sharpened:
        return [known[id] for id in dict.fromkeys(sharpened)]
    return [
        Finding(found.id, f"Exit code {found.code}: {found.name}", found.meaning, CONSEQUENCE, certainty=POSSIBLE,
                see=f"reference/exit-codes.md#{found.id}")
        for found in EXIT_CODES if found.code == code
    ]  # fmt: skip
