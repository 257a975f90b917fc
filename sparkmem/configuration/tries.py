"""Several commands of one text: earlier tries of the same application, and the job of several that the text asks about.

Of tries the last is the one that holds; of jobs the first is read, but where prose beside the commands speaks of another
one alone, or says of that one that it fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sparkmem.configuration.before_and_after import SIZED, without_what_was
from sparkmem.configuration.setting import Ignored
from sparkmem.configuration.submit_options import COMMANDS_LINE
from sparkmem.configuration.talk import ADVICE, Talk, kind_of

EARLIER = "an earlier try of the same application: the last one is read"
NOT_ASKED = "a job that the text does not ask about: another one is read"
_GOES_ON = re.compile(r"[ \t]*--?[a-z][\w-]|[ \t]*\S{1,200}\.(?:jar|py|R)(?:[ \t]|$)")
_APPLICATION = re.compile(r"(?<=[\s\"'])(?!-)[^\s\"']{1,300}\.(?:jar|py|R)(?=[\s\"'\\]|$)(?P<behind>[^\n]{0,300})")
_LISTED = re.compile(r"--(?:jars|py-files|files|archives|driver-class-path)[ =]$")
_CLASS = re.compile(r"--class[= ]{1,3}[\"']?([\w.$]{1,200})")
_NAME = re.compile(r"--name[= ]{1,3}[\"']?([\w.-]{1,80})")
_WHERE = re.compile(r"--(?:master|deploy-mode)[= ]{1,3}\S{1,200}")
_PART = re.compile(r"[A-Z]?[a-z]{3,40}|[A-Z]{4,40}")
_WORDS = re.compile(r"[A-Za-z]{2,40}(?:['’][a-z]{1,3})?")
_SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?]*")
_FAILS = re.compile(
    r"(?i)\b(?:fail\w*|die[sd]?|dying|dead|killed|kills|oom\w*|out of memory|crash\w*|slow\w*|stuck|hangs?|errors?|refused"
    r"|exits?|exit code|lost|loses|problem|trouble|wrong)\b|\?"
)
_NO_PROSE = re.compile(r"(?:- )?[\w-]{1,40}:(?:[ ]|$)|#|//|--|\$|at |\||>|echo |\d{2,4}[-/:]\d")
_THEN = re.compile(
    r"(?i)[ \t#*=_-]{0,8}(?:and )?(?:then|now|later|next|again|also|after|finally|second|another|new)\b[^=]{0,60}$"
)
_OTHER_USES = re.compile(r"(?i)\bor\b|\|\|")
_QUOTED = re.compile(r"^[ \t]{0,3}>", re.MULTILINE)
"""What somebody else wrote, which may stand above or below the answer to it."""
_NAMES = ("-submit", "-shell", "-sql", "pyspark", "sparkR")
_MOST, _LONGEST = 40, 100_000
_BLANK = re.compile(r"[^\n]")


@dataclass(frozen=True)
class _Command:
    start: int
    end: int
    line: int
    text: str
    application: tuple[str, ...]
    """Its file, class and arguments, and where it runs: of tries these are the same."""
    names: frozenset[str]
    """Words by which prose may speak of it."""


def apart(text: str) -> tuple[str, list[Ignored], list[str]]:
    """The text with one try of several, and one job of several; what is left out by name, and the texts of other jobs.

    Each text has the lines of the whole.

    >>> two = "spark-submit --executor-memory 4g a.py\\nstill slow, then\\nspark-submit --executor-memory 8g a.py"
    >>> apart(two)[0].split()[-3:], [one.line for one in apart(two)[1]]
    (['--executor-memory', '8g', 'a.py'], [1])
    """
    if len(text) > _LONGEST:
        return text, [], []
    text, ignored = without_what_was(text)
    commands = _commands(text) if sum(map(text.count, _NAMES)) > 1 else []
    if len(commands) < 2 or _QUOTED.search(text) or Talk(text).has_answers:
        return text, ignored, []
    earlier = _earlier_tries(commands, text)
    ignored += [Ignored(one.line, "spark-submit", EARLIER) for one in earlier]
    left = [one for one in commands if one not in earlier]
    asked = _asked_about(left, text) if len({one.application[:2] for one in left}) > 1 else None
    others = [one for one in left if asked and one is not asked]
    ignored += [Ignored(one.line, "spark-submit", NOT_ASKED) for one in others]
    alone = [_with(text, [one]) for one in others]
    return _without(text, [*earlier, *others]), ignored, alone


def _commands(text: str) -> list[_Command]:
    """The commands that size something, each with its further lines."""
    found: list[_Command] = []
    for begun, _ in zip(COMMANDS_LINE.finditer(text), range(_MOST), strict=False):
        start = text.rfind("\n", 0, begun.end() - 1) + 1
        if found and start < found[-1].end:
            continue
        end = _end(text, start)
        own = text[start:end]
        if SIZED.search(own):
            line = text.count("\n", 0, start) + 1
            application, names = _named(own, text[max(0, start - 200) : start])
            found.append(_Command(start, end, line, own, application, names))
    return found


def _end(text: str, start: int) -> int:
    """Where a command ends: lines that a backslash joins, and options on lines of their own."""
    at = start
    while True:
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        joined = text[at:end].rstrip().endswith(("\\", "^", "`"))
        if not joined and not _GOES_ON.match(text, end + 1):
            return end
        at = end + 1


def _named(command: str, above: str) -> tuple[tuple[str, ...], frozenset[str]]:
    files = (one for one in _APPLICATION.finditer(command) if not _LISTED.search(command[: one.start()][-30:]))
    found = next(files, None)
    file = found[0][: len(found[0]) - len(found["behind"])] if found else ""
    main = one[1] if (one := _CLASS.search(command)) else ""
    name = one[1] if (one := _NAME.search(command)) else ""
    where = " ".join(sorted(_WHERE.findall(command)))
    remark = above.rstrip("\n").rpartition("\n")[2]
    remark = remark if remark.lstrip().startswith(("#", "//")) or remark.rstrip().endswith(":") else ""
    words = _PART.findall(f"{file.rpartition('/')[2].rpartition('.')[0]} {main.rpartition('.')[2]} {name} {remark}")
    behind = " ".join(found["behind"].split()) if found else ""
    return (file, main, where, behind), frozenset(word.lower() for word in words if len(word) > 3)


def _earlier_tries(commands: Sequence[_Command], text: str) -> list[_Command]:
    """Commands that start what a later one starts as well, where nothing between them says that the later is advice."""
    found: list[_Command] = []
    for one, other in pairwise(commands):
        between = text[one.end : other.start]
        same = one.application == other.application and any(one.application[:2])
        if same and one.text.split() != other.text.split() and not _OTHER_USES.search(one.text[-20:] + between[:40]):
            said = [line for line in between.split("\n") if _is_prose(line) or _THEN.match(line)]
            if not said or kind_of("\n".join(said)) == ADVICE:
                return []
            found.append(one)
    return found


def _asked_about(commands: Sequence[_Command], text: str) -> _Command | None:
    """The one command, and not the first, that prose beside them names, or says to fail; None where it is not told."""
    common = {name for one in commands for name in one.names if all(name in other.names for other in commands)}
    prose = "\n".join(line for line in _without(text, commands).split("\n") if _is_prose(line))
    named = [[one for one in commands if _names(one, common, told[0])] for told in _SENTENCE.finditer(prose)]
    failing = [[one for one in commands if _names(one, common, told[0])]
               for told in _SENTENCE.finditer(prose) if _FAILS.search(told[0])]  # fmt: skip
    for told in (failing, named):
        spoken_of = {one.start: one for several in told for one in several}
        if len(spoken_of) == 1:
            (asked,) = spoken_of.values()
            return asked if asked is not commands[0] else None
    return None


def _names(command: _Command, common: set[str], sentence: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(sentence)}
    return bool((command.names - common) & words)


def _is_prose(line: str) -> bool:
    """Whether a line is somebody's sentence, and no remark, code, log or entry of a file."""
    bare = line.strip()
    return len(_WORDS.findall(bare)) > 3 and not _NO_PROSE.match(bare) and "=" not in bare


def _without(text: str, commands: Sequence[_Command]) -> str:
    for one in commands:
        text = text[: one.start] + _BLANK.sub(" ", text[one.start : one.end]) + text[one.end :]
    return text


def _with(text: str, commands: Sequence[_Command]) -> str:
    (one,) = commands
    return _BLANK.sub(" ", text[: one.start]) + text[one.start : one.end]
