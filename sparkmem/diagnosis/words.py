"""A few words, as people have them in hand: the texts that hold them, which then are possible and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from sparkmem.diagnosis.codes import code_among, findings_of
from sparkmem.diagnosis.finding import CAUSE, HARMLESS, KINDS, REGIONS, Finding
from sparkmem.diagnosis.template import without_fields

LONGEST_WORDS = 120
_FEWEST = 6
_MOST = 12
_FEW = 4
_SHARE = 0.6
"""Of what the words weigh, how much has to be there: a word that no text holds weighs most."""
_NEARLY = 0.9
"""Of the best, what is as good."""
_MARKS = " \t\r\n\"'`.,:;!?()[]{}<>*|#-"
_CLASS = re.compile(r"(?:[a-z_][a-z0-9_]*\.)+[A-Z][A-Za-z]*(?:Error|Exception)")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_KEY = re.compile(r"[a-z]\.[a-z]|[a-z][A-Z]")
_ENDINGS = ("ing", "ion", "ed", "er", "es", "s", "e")
_SHORTEST_STEM = 3
_PASSED_OVER = frozenset(re.findall(
    r"\w+",
    """a an and apache are at be because been by can cannot caused com due error errors exception fail failed failure for
    from get got had has how i in is it its java job keeps lang my no not of on or org our ran running spark than that the
    there this to too was we were what when why with x""",
))  # fmt: skip
"""Words that stand beside any failure, and say nothing of which."""
_MEAN = {
    "oom": ("out", "memory"), "ooms": ("out", "memory"), "outofmemory": ("out", "memory"), "timeout": ("tim", "out"),
    "mem": ("memory",), "jvms": ("jvm",), "gc": ("gc",), "big": ("larg",), "bigger": ("larg",), "huge": ("larg",),
    "timed": ("tim",), "died": ("end",), "dead": ("end",),
}  # fmt: skip
"""What people write short, or in one word."""
_SHORT = dict.fromkeys(("oom", "ooms", "outofmemory"), "OutOfMemoryError")
_OF_CODES = re.compile(r"(?i)\b(?:exit(?:ed)?|code|status|signal|is|was|with)\b")


def findings_with(words: str, known: Mapping[str, Finding]) -> list[Finding]:
    """The findings with a text or a title that holds these words; none where too many do.

    What holds them whole comes alone, else what holds each of them, in any order and form; numbers count for nothing,
    but for an exit code.  Causes come first, and the heap before what is outside.

    >>> from sparkmem.diagnosis.families import findings
    >>> [[one.id for one in findings_with(words, findings())] for words in ("Java heap space", "a pod was evicted: disk")]
    [['heap-space'], ['evicted-disk']]
    """
    if len(words) > LONGEST_WORDS:
        return []
    asked = _BLANKS.sub(" ", words).strip(_MARKS)
    asked = _SHORT.get(asked.lower(), asked)
    if _CLASS.fullmatch(asked):
        asked = asked.rpartition(".")[2]
    code = code_among(asked)
    if code is None:
        return _told(asked, known.values())
    told = _told(_OF_CODES.sub(" ", asked.replace(str(code), " ")).strip(_MARKS), known.values())
    return [*told, *(one for one in findings_of(code, known) if one not in told)]


def _told(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What holds the words whole; where only harmless lines do, or nothing does, what holds each of them too."""
    found = _whole(asked, known) or _whole(_bare(asked), known)
    if any(one.kind != HARMLESS for one in found):
        return found
    return [*(one for one in _each(asked, known) if one not in found), *found]


def _bare(asked: str) -> str:
    """The words without those at both ends that say nothing, and in the form in which texts have them.

    >>> _bare("my spark job: out of memory error"), _bare("OOM")
    ('out of memory', 'OutOfMemoryError')
    """
    words = [_SHORT.get(word.lower(), word) for word in (part.strip(_MARKS) for part in asked.split(" ")) if word]
    for end in (0, -1):
        while words and (words[end].lower() in _PASSED_OVER or words[end] == "SparkException"):
            words.pop(end)
    return " ".join(words)


def _whole(asked: str, known: Iterable[Finding]) -> list[Finding]:
    if len(asked) < _FEWEST:
        return []
    whole = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(asked)}(?![A-Za-z0-9_])", re.IGNORECASE)
    keys = bool(_KEY.search(asked))
    return _few(one for one in known if any(whole.search(text) for text in _texts(one, keys=keys)))


def _each(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What holds most of the words, in one text; of one word only what few hold, of more what holds the rare ones."""
    wanted = stems(asked)
    held = [(one, *_held(one)) for one in known]
    often = {word: sum(any(word in text for text in texts) for _, texts, _ in held) for word in wanted}
    weight = {word: log(len(held) / (0.5 + many)) for word, many in often.items()}
    enough = _SHARE * sum(weight.values())
    scores: dict[str, float] = {}
    for one, texts, about in held:
        sums = (sum(weight[word] for word in wanted & (text | about)) for text in texts if wanted & text)
        scores[one.id] = max(sums, default=0.0)
    best = max([enough, *scores.values()])
    near = [one for one, _, _ in held if scores[one.id] >= max(_NEARLY * best, enough) > 0]
    if len(wanted) < 2:
        return _few(near) if len(near) <= _FEW else []
    told = (near, [one for one in near if one.kind == CAUSE], [one for one in near if scores[one.id] == best])
    return next((few for some in told if (few := _few(some))), [])


def _few(found: Iterable[Finding]) -> list[Finding]:
    kept = sorted(found, key=lambda one: (KINDS.index(one.kind), REGIONS.index(one.region)))
    return kept if len(kept) <= _MOST else []


def _held(one: Finding) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The stems of each of its texts, and those of where it happens, which people put beside any of them."""
    anybody = "" if one.kind == HARMLESS else "driver executor"
    holder = "container pod" if one.region == "container" or "kubernetes" in one.managers else ""
    where = [one.process or anybody, holder, *one.managers, *one.vendors]
    return tuple(stems(text) for text in (*_texts(one), one.says)), stems(" ".join(where))


@lru_cache(maxsize=2048)  # the texts of all findings, which each short text is held against
def stems(text: str) -> frozenset[str]:
    """The words of a text that tell something, small and without their endings.

    >>> sorted(stems("Executors timed out: OOMKilled, spark.executor.memoryOverhead 137"))
    ['executor', 'kill', 'memory', 'out', 'overhead', 'tim']
    """
    found: set[str] = set()
    for match in _WORD.finditer(text.replace("K8s", "k8s").replace("k8s", "kubernetes")):
        word = match[0].lower()
        if word not in _PASSED_OVER and len(word) > 1:
            found.update(_MEAN.get(word) or (_stem(word),))
    return frozenset(found)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _texts(one: Finding, *, keys: bool = False) -> list[str]:
    """What is said of a finding; with the names of settings for words that look like one."""
    settings = [change.key for change in one.change] if keys else []
    return [one.title, *one.words, *settings, *(_BLANKS.sub(" ", without_fields(text.text)) for text in one.text)]
