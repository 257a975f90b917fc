"""Differences of files: a line with ``-`` or ``<`` before it is gone, and is left out; what came instead stays."""

from __future__ import annotations

import re

_HUNK = re.compile(r"@@+ -[0-9]{1,7}(?:,([0-9]{1,7}))? \+[0-9]{1,7}(?:,([0-9]{1,7}))? @@")
_HEAD = re.compile(
    r"diff -|index [0-9a-f]{4,40}\.\.|--- \S|\+\+\+ \S|(?:new|deleted) file mode |\\ No newline|rename (?:from|to) "
)
_OF_ED = re.compile(r"[0-9]{1,7}(?:,[0-9]{1,7})?[acd][0-9]{1,7}(?:,[0-9]{1,7})?\s*")
_FENCE = re.compile(r"[ \t]{0,8}(?:```|~~~)")
_SIGNED = re.compile(r"[+-](?![+-]{2})[ \t]{0,20}[\w\"'<{\[#-]")
_SIGNS = ("\n+", "\n>")


def peel(text: str) -> str:
    """The text as a difference leaves its files, where it is one or holds one.

    >>> peel("@@ -1,2 +1,2 @@\\n a\\n-b\\n+c").split("\\n"), peel("- a\\n+ b"), peel("- a\\n- b")
    (['', 'a', '', 'c'], '\\n b', '- a\\n- b')
    """
    if not (text.startswith(("+", ">")) or any(sign in text for sign in _SIGNS)):
        return text
    lines = text.split("\n")
    if any(line.startswith("@@") and _HUNK.match(line) for line in lines):
        return "\n".join(_unified(lines))
    if any(line[:1].isdigit() and _OF_ED.fullmatch(line) for line in lines):
        return "\n".join(_of_ed(lines))
    return "\n".join(_by_blocks(lines))


def _unified(lines: list[str]) -> list[str]:
    """Lines of hunks by their counts; where a paste cut one short it ends with the first line that is none of it."""
    kept: list[str] = []
    before = after = 0
    for line in lines:
        sign = line[:1]
        if hunk := _HUNK.match(line):
            before, after = (int(count) if count else 1 for count in hunk.groups())
            kept.append("")
        elif (before > 0 or after > 0) and sign in ("", " ", "+", "-", "\\", "\r"):
            before -= sign != "+" and sign != "\\"
            after -= sign != "-" and sign != "\\"
            kept.append(line[1:] if sign in (" ", "+") else _nothing(kept))
        else:
            before = after = 0
            kept.append("" if _HEAD.match(line) else line)
    return kept


def _of_ed(lines: list[str]) -> list[str]:
    """What ``diff`` writes without options: ``3c3``, lines with ``<``, ``---``, lines with ``>``."""
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(_OF_ED.fullmatch(line)) or (inside and (line[:2] in ("< ", "> ", "<", ">") or line.rstrip() == "---"))
        if not inside:
            kept.append(line)
        else:
            kept.append(line[1:] if line[:1] == ">" else _nothing(kept))
    return kept


def _nothing(kept: list[str]) -> str:
    """In the place of a line that is gone: where the one above goes on below, it still does."""
    return "\\" if kept and kept[-1].endswith("\\") else ""


def _by_blocks(lines: list[str]) -> list[str]:
    """Lines with signs alone, in a fenced block by itself or as the whole text."""
    kept: list[str] = []
    block: list[str] = []
    for line in [*lines, None]:
        if line is not None and not _FENCE.match(line):
            block.append(line)
            continue
        kept += _bare(block) if _is_bare(block) else block
        kept += [] if line is None else [line]
        block = []
    return kept


def _is_bare(lines: list[str]) -> bool:
    """Whether each line has a sign or is one beside such, and both signs are there."""
    said = [line for line in lines if line.strip() and not _HEAD.match(line)]
    signs = {line[0] for line in said if _SIGNED.match(line)}
    return signs == {"+", "-"} and all(line[0] in "+- " for line in said)


def _bare(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        gone = line[:1] == "-" or bool(_HEAD.match(line))
        kept.append(_nothing(kept) if gone else line[line[:1] in ("+", " ") :])
    return kept
