"""What stands around a document: sentences, the command that shows it, numbers of its lines, a margin."""

from __future__ import annotations

import re

from sparkmem.configuration.beside import KEY

_SENTENCE = re.compile(
    r"[ \t]{0,3}(?:[A-Za-z][^{}\[\]=<>\"\n]{0,400}?"
    r"(?:[,.?!]|(?:\s[^\s{}\[\]=<>\"]{1,40}){2}\s[^{}\[\]=<>\"\n]{1,400}|\b[a-z.]{1,40}:)"
    r"|(?i:hi|hello|thanks|thank you|cheers|regards|best)\b[^\n]{0,80})[ \t]*"
)
_SHOWS = re.compile(
    r"[ \t]{0,3}(?:"
    r"(?:cat|less|more|head|tail|bat|type|Get-Content|vi|vim|nano)[ \t]+(?:-\w{1,9}[ \t]+)?[\w./~\\:${}-]{1,200}"
    r"|(?:kubectl|oc)[ \t]+(?:-n[ \t]*\S{1,80}[ \t]+)?(?:get|describe)[ \t][^|<>\n]{1,200}"
    r"|(?:aws|az|gcloud|databricks|helm)[ \t][^|<>'\"{\n]{0,160}(?:describe|get|show|list)[^|<>'\"{\n]{0,160})[ \t]*"
)
_SETTING = re.compile(r"\bspark\.|--\w|^[ \t]*(?:- )?[\"']?[\w.-]{1,60}[\"']?:(?:[ \t]|$)|\d[ ]?[kKmMgGtT][iI]?[bB]?\b")
_DOCUMENT = re.compile(
    r"[ \t]*(?:[\[{]|---[ \t]*$|<(?:\?xml|[a-zA-Z][\w-]{0,40})[\s>]|(?:\$schema|apiVersion|kind|AWSTemplateFormatVersion"
    r"|services|version|type|spec|metadata|resources|bundle|jobs|[nN]ame|API Version)[ \t]*:"
    r"|(?:- +)?[\"']?\$?[\w./+-]{1,60}[\"']?:[ \t]*$)"
)
_NUMBERED = re.compile(r"[ \t]{0,8}(\d{1,6})(?:[:|.)]?[ \t]|[:|]?$)")
_FEWEST = 3
_LONGEST = 100_000


def peel(text: str) -> str:
    """The text with only its document on its lines; the same text where nothing around it is of such a kind.

    >>> peel("Hi, what is wrong here?\\n\\n  {\\n    1\\n  }\\nThanks!").split("\\n")
    ['', '', '{', '  1', '}', '']
    """
    if len(text) > _LONGEST or "\n" not in text:
        return text
    lines = _without_numbers(text.split("\n"))
    first, last = 0, len(lines)
    while first < last and _is_around(lines[first]):
        first += 1
    while last > first and _is_around(lines[last - 1]):
        last -= 1
    if first == last or not _DOCUMENT.match(lines[first]):
        return "\n".join(lines)
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines[first:last] if line.strip())
    inside = [line[margin:] for line in lines[first:last]]
    return "\n".join([*([""] * first), *inside, *([""] * (len(lines) - last))])


def _is_around(line: str) -> bool:
    if not line.strip():
        return True
    if len(line) > 600 or _SETTING.search(line) or KEY.search(line):
        return False
    return bool(_SHOWS.fullmatch(line) or (_SENTENCE.fullmatch(line) and not _DOCUMENT.match(line)))


def _without_numbers(lines: list[str]) -> list[str]:
    """The lines without the numbers that they begin with, where each has the next one."""
    said = [line for line in lines if line.strip()]
    numbers = [_NUMBERED.match(line) for line in said[:_FEWEST]]
    if len(numbers) < _FEWEST or not all(numbers):
        return lines
    found = [(match, int(match[1])) for line in said if (match := _NUMBERED.match(line))]
    first = found[0][1]
    if len(found) != len(said) or any(number != first + at for at, (_, number) in enumerate(found)):
        return lines
    rests = [line[match.end(1) :].lstrip(":|.)") for line, (match, _) in zip(said, found, strict=True)]
    margin = min((len(rest) - len(rest.lstrip(" ")) for rest in rests if rest.strip()), default=0)
    plain = iter(rest[margin:] for rest in rests)
    return [next(plain) if line.strip() else line for line in lines]
