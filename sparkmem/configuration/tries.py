"""Several commands of one text: earlier tries of the same application, and the job of several that the text asks about.

Of tries the last is the one that holds; of jobs the first is read, but where prose beside the commands speaks of another
one alone, or says of that one that it fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sparkmem.configuration.before_and_after import without_what_was
from sparkmem.configuration.commands_told import Command, commands_of
from sparkmem.configuration.documents_told import documents_of
from sparkmem.configuration.passed_over import EARLIER, NOT_ASKED
from sparkmem.configuration.piece import blanked
from sparkmem.configuration.setting import Ignored
from sparkmem.configuration.talk import ADVICE, Talk, kind_of

_WORDS = re.compile(r"[A-Za-z]{2,40}(?:['’][a-z]{1,3})?")
_SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?]*")
_CLAUSE = re.compile(r"[^.!?\n,;]{1,600}?(?:\b(?:but|while|whereas)\b|[.!?,;\n]|$)")
_ORDINAL = re.compile(
    r"(?i)\b(first|1st|second|2nd|third|3rd|fourth|4th|last|latter) (?:one|job|app(?:lication)?|command|submit|manifest"
    r"|document)\b"
)
_LAST = 1000
_NUMBERS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": _LAST, "latter": _LAST,
}  # fmt: skip
_FAILS = re.compile(
    r"(?i)\b(?:fail\w*|die[sd]?|dying|dead|killed|kills|oom\w*|out of memory|crash\w*|slow\w*|stuck|hangs?|errors?|refused"
    r"|exits?|exit code|lost|loses|problem|trouble|wrong)\b|\?"
)
_NO_PROSE = re.compile(r"(?:- )?[\w-]{1,40}:(?:[ ]|$)|#|//|--|\$|at |\||>|echo |\d{2,4}[-/:]\d")
_THEN = re.compile(
    r"(?i)[ \t#*=_-]{0,8}(?:and )?(?:then|now|later|next|again|also|after|finally|second|another|new)\b[^=]{0,60}$"
)
_TRIED = re.compile(
    r"(?i)\b(?:still|again|then|tried|after(?:wards)?|now|next|later|fail\w*|same|no (?:luck|change|difference)|didn['’]?t"
    r"|did not|does(?:n['’]t| not)|increased|raised|changed|doubled|bumped|lowered|reduced|instead|second"
    r"|better|worse|slow\w*)\b"
)
"""Words between two tries, of what came of the first or what was done about it."""
_ALL_TRIED = re.compile(
    r"(?i)\b(?:(?:i|we)(?:['’]ve| have)? tried|tried (?:these|this|all|each|with)"
    r"|none (?:of (?:them|these) )?(?:works?|helps?)"
    r"|(?:all|each|every one) (?:of (?:them|these) )?fails?|same (?:error|result|failure) (?:with|for|each|every))\b"
)
"""Words above several commands that were tried one after the other."""
_ALTERNATIVE = re.compile(
    r"(?i)\b(?:or|alternatively|otherwise|if you|whenever|(?:for|with|on|in) (?:a |an |the |your )?(?:large\w*|small\w*"
    r"|big\w*|huge|more|less|prod\w*|dev\w*|test\w*|stag\w*|local\w*|cluster|full|daily|hourly|weekly|monthly))\b"
)
"""Words between two commands that are for two cases."""
_OTHER_USES = re.compile(r"(?i)\bor\b|\|\|")
_QUOTED = re.compile(r"^[ \t]{0,3}>", re.MULTILINE)
"""What somebody else wrote, which may stand above or below the answer to it."""
_NAMES = ("-submit", "-shell", "-sql", "pyspark", "sparkR")
_LONGEST = 100_000


def apart(text: str) -> tuple[str, list[Ignored], list[str]]:
    """The text with one try of several, and one job of several; what is left out by name, and the texts of other jobs.

    Each text has the lines of the whole.

    >>> two = "spark-submit --executor-memory 4g a.py\\nIt was slow, then I tried:\\nspark-submit --executor-memory 8g a.py"
    >>> apart(two)[0].split()[-3:], [one.line for one in apart(two)[1]]
    (['--executor-memory', '8g', 'a.py'], [1])
    """
    if len(text) > _LONGEST:
        return text, [], []
    text, ignored = without_what_was(text)
    commands = commands_of(text) if sum(map(text.count, _NAMES)) > 1 else []
    documents = documents_of(text) if not commands and text.count("kind:") > 1 else []
    if len(commands or documents) < 2 or _QUOTED.search(text) or Talk(text).has_answers:
        return text, ignored, []
    earlier = _earlier_tries(commands, text)
    ignored += [Ignored(one.line, "spark-submit", EARLIER) for one in earlier]
    left = documents or [one for one in commands if one not in earlier]
    asked = _asked_about(left, text) if len({one.application[:2] for one in left}) > 1 else None
    others = [one for one in left if asked and one is not asked]
    ignored += [Ignored(one.line, "SparkApplication" if documents else "spark-submit", NOT_ASKED) for one in others]
    alone = [_with(text, [one]) for one in others]
    return _without(text, [*earlier, *others]), ignored, alone


def _earlier_tries(commands: Sequence[Command], text: str) -> list[Command]:
    """Commands that start what a later one starts as well, where nothing between them says that the later is advice."""
    found: list[Command] = []
    for one, other in pairwise(commands):
        between = text[one.end : other.start]
        if not between.strip() and _ALL_TRIED.search(text[: commands[0].start].rpartition("\n\n")[2]):
            between = "then tried:"
        same = one.application == other.application and any(one.application[:2])
        if same and one.text.split() != other.text.split() and not _OTHER_USES.search(one.text[-20:] + between[:40]):
            said = "\n".join(line for line in between.split("\n") if _is_prose(line) or _THEN.match(line))
            if not _TRIED.search(said) or _ALTERNATIVE.search(said) or kind_of(said) == ADVICE:
                return []
            found.append(one)
    return found


def _asked_about(commands: Sequence[Command], text: str) -> Command | None:
    """The one command, and not the first, that prose beside them names, or says to fail; None where it is not told."""
    common = {name for one in commands for name in one.names if all(name in other.names for other in commands)}
    prose = "\n".join(line for line in _without(text, commands).split("\n") if _is_prose(line))
    named = [[one for one in commands if _names(one, common, told[0])] for told in _SENTENCE.finditer(prose)]
    failing = [[one for one in commands if _names(one, common, told[0])]
               for told in _SENTENCE.finditer(prose) if _FAILS.search(told[0])]  # fmt: skip
    counted = [_counted(commands, told[0]) for told in _CLAUSE.finditer(prose) if _FAILS.search(told[0])]
    for told in (failing, named, counted):
        spoken_of = {one.start: one for several in told for one in several}
        if len(spoken_of) == 1:
            (asked,) = spoken_of.values()
            return asked if asked is not commands[0] else None
    return None


def _counted(commands: Sequence[Command], clause: str) -> list[Command]:
    """The commands that a clause speaks of by their number."""
    words = {_NUMBERS.get(told[1].lower(), -1) for told in _ORDINAL.finditer(clause)}
    last = len(commands) - 1
    return [one for at, one in enumerate(commands) if at in words or (at == last and _LAST in words)]


def _names(command: Command, common: set[str], sentence: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(sentence)}
    return bool((command.names - common) & words)


def _is_prose(line: str) -> bool:
    """Whether a line is somebody's sentence, and no remark, code, log or entry of a file."""
    bare = line.strip()
    return len(_WORDS.findall(bare)) > 3 and not _NO_PROSE.match(bare) and "=" not in bare


def _without(text: str, commands: Sequence[Command]) -> str:
    for one in commands:
        text = text[: one.start] + blanked(text[one.start : one.end]) + text[one.end :]
    return text


def _with(text: str, commands: Sequence[Command]) -> str:
    (one,) = commands
    return blanked(text[: one.start]) + text[one.start : one.end]
