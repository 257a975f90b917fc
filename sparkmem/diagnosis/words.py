"""A few words, as people have them in hand: the texts that hold them, which then are possible and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from sparkmem.diagnosis.codes import code_among, findings_of, of_a_code
from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.finding import CAUSE, HARMLESS, Finding
from sparkmem.diagnosis.in_a_sentence import MOST, by_own_words, in_a_run, ran_out
from sparkmem.diagnosis.phrases import DENIED
from sparkmem.diagnosis.said_of import few, region, stems_held, texts_of, weights
from sparkmem.diagnosis.sizing_asked import sizing_asked
from sparkmem.diagnosis.stems import PASSED_OVER, known_words, stems, taken_apart

LONGEST_WORDS = 120
_FEWEST = 6
_FEW = 4
_SHARE = 0.6
"""Of what the words weigh, how much has to be there: a word that no text holds weighs most."""
_NEARLY = 0.9
"""Of the best, what is as good."""
_BESIDE = 0.5
"""What a word is worth that stands in another text of the same finding than the others."""
_LONGEST_SENTENCE = 20
_NAME = re.compile(r"[A-Z][A-Za-z]{1,60}(?:Error|Exception|Failure|Killed)")
_MARKS = " \t\r\n\"'`.,:;!?()[]{}<>*|#-"
_CLASS = re.compile(r"(?:[a-z_][a-z0-9_]*\.)+[A-Z][A-Za-z]*(?:Error|Exception)")
_THROWN = re.compile(r"(?:[a-z_]\w{0,40}\.){2,12}[A-Z]\w{0,80}:")
"""What a program threw is nobody's sentence."""
_BLANKS = re.compile(r"\s+")
_KEY = re.compile(r"[a-z]\.[a-z]|[a-z][A-Z]")
_SHORT = dict.fromkeys(("oom", "ooms", "outofmemory"), "OutOfMemoryError")
_NOBODYS_WORDS = re.compile(r'\s*(?:"[^"]{1,80}"\s*:\s*[0-9]|==> \S|spark\.[\w.]{3,80}[ \t]{0,8}=[^\n]{1,80}\n)')
"""A number in JSON, the name of a file above its lines, and lines of settings: no words of anybody's."""
_OF_CODES = re.compile(r"(?i)\b(?:exit(?:ed)?|code|status|signal|is|was|with)\b")


def findings_with(words: str, known: Mapping[str, Finding]) -> list[Finding]:
    """The findings with a text or a title that holds these words; none where too many do.

    What holds them whole comes alone, else what holds each of them, in any order and form; numbers count for nothing,
    but for an exit code.  Causes come first, and the heap before what is outside.

    >>> from sparkmem.diagnosis.families import findings
    >>> [[one.id for one in findings_with(words, findings())] for words in ("Java heap space", "a pod was evicted: disk")]
    [['heap-space'], ['evicted-disk']]
    """
    if len(words) > LONGEST_WORDS or _NOBODYS_WORDS.match(words) or sizing_asked(words) or of_a_code(words):
        return []
    asked = _BLANKS.sub(" ", words).strip(_MARKS)
    asked = _SHORT.get(asked.lower(), asked)
    if _CLASS.fullmatch(asked):
        asked = asked.rpartition(".")[2]
    code = code_among(asked)
    if code is None:
        return _told(asked, known.values())
    with_it = {"code": code}
    of_it = [one for one in known.values() if all(not text.when or condition(text.when, with_it) for text in one.text)]
    rest = _OF_CODES.sub(" ", asked.replace(str(code), " ")).strip(_MARKS)
    where = stems(" ".join(name for one in known.values() for name in (*one.vendors, *one.managers)))
    told = _told(rest, of_it)
    if stems(rest) <= where:  # a place is no failure, but where the code is one there
        told = [one for one in told if any(text.when for text in one.text)]
    of_the_code = findings_of(code, known)
    tells = len(told) < MOST and any(one.kind == CAUSE for one in told)
    told, more = (told, of_the_code) if tells else (of_the_code, told)
    return [*told, *(one for one in more if one not in told)]


def _told(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What holds the words whole; where only harmless lines do, or nothing does, what holds each of them too."""
    found = _whole(asked, known) or _whole(_bare(asked), known) or _named(asked, known)
    if any(one.kind != HARMLESS for one in found):
        return [*found, *(one for one in _titled(asked, known) if one not in found)]
    return [*(one for one in _said(asked, known) if one not in found), *found]


def _said(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What a sentence names; of few words what holds each of them beside, or alone where that is one."""
    if _THROWN.search(asked):
        return _each(asked, known)
    runs = in_a_run(asked, known) if " " in asked else []
    each = _each(asked, known)
    long = len(stems(asked)) > _FEW
    if len(each) == 1 and not long:
        return each
    sure = runs or (ran_out(asked, known, surely=True) if long else [])
    if not sure and not 0 < len(each) < MOST:
        sure = ran_out(asked, known) or by_own_words(asked, known)
    return sure if sure and long else [*sure, *(one for one in each if one not in sure)]


def _named(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What holds a name out of a program, in a sentence that says more.

    >>> from sparkmem.diagnosis.families import findings
    >>> [one.id for one in _named("pod OOMKilled, what now", findings().values())]
    ['oom-killed']
    """
    words = [part.strip(_MARKS) for part in asked.split(" ")[:_LONGEST_SENTENCE]]
    names = (name for before, name in zip(["", *words], words, strict=False) if before.lower() not in DENIED)
    return next((found for name in names if _NAME.fullmatch(name) and (found := _whole(name, known))), [])


def _titled(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What has all of several words in its title."""
    wanted = stems(asked)
    return [one for one in known if wanted <= stems(one.title)] if len(wanted) > 1 else []


def _bare(asked: str) -> str:
    """The words without those at both ends that say nothing, and in the form in which texts have them.

    >>> _bare("my spark job: out of memory error"), _bare("OOM")
    ('out of memory', 'OutOfMemoryError')
    """
    words = [_SHORT.get(word.lower(), word) for word in (part.strip(_MARKS) for part in asked.split(" ")) if word]
    for end in (0, -1):
        while words and (words[end].lower() in PASSED_OVER or words[end] == "SparkException"):
            words.pop(end)
    return " ".join(words)


def _whole(asked: str, known: Iterable[Finding]) -> list[Finding]:
    if len(asked) < _FEWEST:
        return []
    whole = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(asked)}(?![A-Za-z0-9_])", re.IGNORECASE)
    keys = bool(_KEY.search(asked))
    return few(one for one in known if any(whole.search(text) for text in texts_of(one, keys=keys)))


def _each(asked: str, known: Iterable[Finding]) -> list[Finding]:
    """What holds most of the words, best in one text; of one word only what few hold, of more what holds the rare ones."""
    held = [(one, *stems_held(one)) for one in known]
    wanted = taken_apart(asked, known_words(tuple(text for one in known for text in (*texts_of(one), one.says))))
    weight = weights(wanted, ((texts, about) for _, texts, about in held))
    enough = _SHARE * sum(weight.values())
    scores = {one.id: _score(wanted, texts, about, weight) for one, texts, about in held}
    best = max([enough, *scores.values()])
    near = [one for one, _, _ in held if scores[one.id] >= max(_NEARLY * best, enough) > 0]
    if len(wanted) < 2:
        return few(near) if len(near) <= _FEW else []
    told = (near, [one for one in near if one.kind == CAUSE], [one for one in near if scores[one.id] == best])
    fewest = next((kept for some in told if (kept := few(some))), [])
    return fewest or few(sorted(told[1] or near, key=lambda one: (-scores[one.id], region(one)))[:_FEW])


def _score(wanted: Set[str], texts: Iterable[Set[str]], about: Set[str], weight: Mapping[str, float]) -> float:
    """What of the words one text holds and, for less, the others of the same finding."""
    anywhere = set(about).union(*texts)
    beside = _BESIDE * sum(weight[word] for word in wanted & anywhere)
    one_text = max((sum(weight[word] for word in wanted & (text | about)) for text in texts if wanted & text), default=0.0)
    return (1 - _BESIDE) * one_text + beside
