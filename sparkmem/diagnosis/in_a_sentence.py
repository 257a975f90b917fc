"""What somebody's own sentence about a failure names: words of a known text, a name of ours, or that memory ran out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sparkmem.diagnosis.finding import CAUSE, HARMLESS, Finding
from sparkmem.diagnosis.phrases import DENIED, longest_runs
from sparkmem.diagnosis.said_of import few, is_thrown, place, region, stems_held, texts_of, weights, words_of
from sparkmem.diagnosis.stems import stems

MOST = 4
"""Findings for one sentence."""
_FIRST = 2
"""Those where nothing says which."""
_SHORTEST_NAME = 6
_OF_MANAGERS = (("kubernetes", re.compile(r"(?i)\b(?:pods?|k8s|kube\w*)\b")), ("yarn", re.compile(r"(?i)\b(?:yarn|emr)\b")))
_OFFERED = "serverless connect"
_KILLED = re.compile(r"OOMKilled|exceeding physical memory limits")
_THROWN = re.compile(r"(?<![A-Za-z])OutOfMemoryError")
_TELLS, _OWN = 3.0, 10.0
"""What other words have to weigh to say which memory ran out, and what one weighs that people have for it."""
_RAN_OUT = re.compile(
    r"(?i)(?P<killed>\boom[ -]?kill(?:ed|ing|s)?\b"
    r"|\b(?:containers?|pods?)\b.{1,40}\b(?:kill\w*|beyond|exceed\w*|blow\w*|goes over)\b.{1,30}\bmem(?:ory)?\b)"
    r"|\boom(?:s|ed|ing)?\b(?![ -]kill)"
    r"|(?<![/.])\bout[ -]?of[ -]?(?:mem(?:ory)?(?:errors?|exceptions?)?|heap)\b"
    r"|\b(?:runs?|ran|running)(?: \w+){0,2} out of (?:\w+ )?(?:mem(?:ory)?|ram|heap)\b"
    r"|\b(?:blows?|fills?|eats?|exhausts?)(?: up)?(?: \w+){0,2} (?:heap|memory)\b"
)
_FAILED = re.compile(
    r"(?i)\b(?:error|exception|fail\w*|kill\w*|lost|dies?|dead|died|crash\w*|exceed\w*|full|fills?|eats?|grow\w*|leak\w*|limit"
    r"|vanish\w*|disappear\w*)\b|Error|Exception"
)


def in_a_run(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What has a run of a sentence's words in one of its texts; none where too many have.

    >>> from sparkmem.diagnosis.families import findings
    >>> [one.id for one in in_a_run("a job fails with java heap space when two tables are joined", findings().values())]
    ['heap-space']
    """
    failures = {one.id: one for one in sorted(known, key=place) if one.kind != HARMLESS}
    texts = {id: [one.title, *(words_of(text.text) for text in one.text)] for id, one in failures.items()}
    where = {word for one in failures.values() for word in stems(" ".join([*one.vendors, *one.managers, _OFFERED]))}
    weight = weights(stems(asked), map(stems_held, failures.values())) | dict.fromkeys(where, 0.0)
    found = longest_runs(asked, texts, weight)
    return [failures[id] for id in found] if len(found) <= MOST else []


def ran_out(asked: str, known: Iterable[Finding], *, surely: bool = False) -> list[Finding]:
    """Where a sentence says no more than that memory ran out: the heap first, unless a rare word tells of another.

    ``surely``: only where such a word does.

    >>> from sparkmem.diagnosis.families import findings
    >>> [ran_out(asked, findings().values())[0].id for asked in ("one task always ooms", "k8s keeps OOMKilling executors")]
    ['heap-space', 'oom-killed']
    >>> ran_out("no oom since then", findings().values())
    []
    """
    said = _RAN_OUT.search(asked)
    if not said or DENIED.intersection(asked[: said.start()].lower().split()[-1:]):
        return []
    name = _KILLED if said["killed"] else _THROWN
    causes = [one for one in known if one.kind == CAUSE and not one.generic and one.region != "none" and is_thrown(one)]
    possible = [one for one in causes if any(name.search(text) for text in texts_of(one))]
    rest = f"{asked[: said.start()]} {asked[said.end() :]}"
    weight = weights(stems(rest), map(stems_held, known))

    def managed(one: Finding) -> bool:
        return any(words.search(asked) for manager, words in _OF_MANAGERS if manager in one.managers)

    def told(one: Finding) -> float:
        score = sum(weight.get(word, 0.0) for word in stems(one.title)) + _OWN * (_says(one, rest) or managed(one))
        return score if score >= _TELLS else 0.0

    best = sorted(possible, key=lambda one: (-told(one), region(one)))
    certain = sum(told(one) > 0 for one in best[:MOST])
    return best[: certain if surely else max(_FIRST, certain)]


def by_own_words(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What people have a word of their own for that stands in the sentence; none where too many do.

    >>> from sparkmem.diagnosis.families import findings
    >>> [one.id for one in by_own_words("permgen grows in a job that never ends", findings().values())]
    ['metaspace']
    """
    if not _FAILED.search(asked):
        return []
    found = [one for one in known if one.kind != HARMLESS and _says(one, asked)]
    return few(found) if len(found) <= MOST else []


def _says(one: Finding, asked: str) -> bool:
    names = "|".join(re.escape(words) for words in one.words if len(words) >= _SHORTEST_NAME)
    return bool(names) and bool(re.search(rf"(?i)(?<![\w.])(?:{names})(?![\w.])", asked))
