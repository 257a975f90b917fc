"""A bare exit code, as people have it in hand, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.finding import CONSEQUENCE, POSSIBLE, Finding
from sparkmem.spark.ends.exit_codes import EXIT_CODES

LONGEST_CODE = 60
_CODE = re.compile(
    r"(?i)(?:(?:the )?(?:process |container |executor |driver |command |pod )?(?:exit(?:ed)?|terminated|return(?:ed)?)"
    r"(?: with)?(?: exit)?[ -]?(?:code|status|value)?|exit ?code|exit status|status|code)?[ :=#]{0,3}(-?[0-9]{1,5})\.?"
)
_AMONG = re.compile(
    r"(?i)\b(?:(?:exit(?:ed)?|code|status|signal|rc)\b[^0-9\n]{0,20}?(-?[0-9]{1,5})"
    r"|(?:oom|(?:oom)?[- ]?killed)\b[^0-9\n]{0,20}?(1[2-9][0-9]))\b"
)
_SIGNAL = re.compile(r"(?i)(?:signal |killed by signal )?(SIG[A-Z]{3,5}|[0-9]{1,2})")
_SIGNALS = {found.name: found.code for found in EXIT_CODES if found.kind == "signal"}


def code_in(text: str) -> int | None:
    """The exit code that a short text is, where it is one that somebody writes; None for any other text.

    >>> [code_in(text) for text in ("137", "exit code: 52", "Exit status -104", "SIGKILL", "8192", "137 tasks")]
    [137, 52, -104, 137, None, None]
    """
    short = text.strip()
    if len(short) > LONGEST_CODE:
        return None
    if match := _SIGNAL.fullmatch(short):
        if (named := _SIGNALS.get(match[1].upper())) is not None:
            return named
        if match[1].isdigit() and "signal" in short.lower():
            return 128 + int(match[1])
    match = _CODE.fullmatch(short)
    code = int(match[1]) if match else None
    return code if code is not None and any(found.code == code for found in EXIT_CODES) else None


def code_among(text: str) -> int | None:
    """The exit code that stands among a few words behind one that says so.

    >>> [code_among(text) for text in ("kubernetes exit code is 137", "oom killed 137", "137 tasks", "oom 3", "code 8192")]
    [137, 137, None, None, None]
    """
    found = (int(match[1] or match[2]) for match in _AMONG.finditer(text))
    return next((code for code in found if any(one.code == code for one in EXIT_CODES)), None)


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
