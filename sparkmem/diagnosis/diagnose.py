"""A text of a failure, of any length, as findings: the first cause first, harmless lines apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from sparkmem.diagnosis.asked_for import AskedFor, begun_from
from sparkmem.diagnosis.chains import Chains
from sparkmem.diagnosis.clues import Clues
from sparkmem.diagnosis.codes import LONGEST_CODE, OF_SHELLS, code_among, code_in, findings_of, written_as
from sparkmem.diagnosis.ended import Ended
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE, HARMLESS, NOBODY, POSSIBLE, Finding
from sparkmem.diagnosis.found import Found, found_alone
from sparkmem.diagnosis.in_a_sentence import in_a_run
from sparkmem.diagnosis.lines import FIRST_BLOCK, of_text
from sparkmem.diagnosis.local_mode import Master, as_one_jvm
from sparkmem.diagnosis.misread import LONGEST, SAID, mended
from sparkmem.diagnosis.moment.gathered import Gathered
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.named import NAMED, Named
from sparkmem.diagnosis.order import ordered
from sparkmem.diagnosis.processes import settled
from sparkmem.diagnosis.raised import CUT, RAISED, REPORTS, Raised
from sparkmem.diagnosis.said import Said
from sparkmem.diagnosis.scan import Anchors, Scan, anchored
from sparkmem.diagnosis.standing import of_their_moment, without_guesses
from sparkmem.diagnosis.weighed import Around, weighed
from sparkmem.diagnosis.whose import Whose
from sparkmem.diagnosis.words import LONGEST_WORDS, findings_with

_MANAGERS = (
    ("kubernetes", ("exec-", "kubelet", "Kubernetes", "pod")),
    ("yarn", ("container_", "YARN", "NodeManager", "application_")),
    ("standalone", ("Command exited with code", "Worker:")),
)


@dataclass(frozen=True)
class Diagnosis:
    """What was found in a text, and how much was read: ``lines``, and ``size_bytes``.

    ``by_words``: no known text is there, only a few words that are part of some.
    ``moments``: what machines wrote of memory.
    """

    findings: tuple[Found, ...]
    harmless: tuple[Found, ...]
    lines: int
    size_bytes: int
    manager: str = ""
    by_words: bool = False
    moments: tuple[Moment, ...] = ()

    @property
    def first(self) -> Found | None:
        """The first cause, or what stands first where there is none."""
        return self.findings[0] if self.findings else None

    @property
    def causes(self) -> list[Found]:
        """The causes among the findings; a few words tell none."""
        return [] if self.by_words else [one for one in self.findings if one.finding.kind == CAUSE]


def diagnosed(text: str) -> Diagnosis:
    """What a text says.

    >>> diagnosed("java.lang.OutOfMemoryError: Java heap space").first.finding.id
    'heap-space'
    """
    return diagnosed_stream(of_text(text))


@cache
def _anchors() -> Anchors:
    """Those of every finding, which are many."""
    return anchored(findings().values())


def diagnosed_stream(read: Callable[[int], bytes], known: Iterable[Finding] | None = None) -> Diagnosis:
    """The same of what ``read`` gives, which is asked for so many bytes at a time until nothing comes."""
    by_id = findings() if known is None else {one.id: one for one in known}
    anchors = _anchors() if known is None else anchored(by_id.values())
    gathered, named, ended, raised, whose = Gathered(), Named(), Ended(), Raised(), Whose()
    asked, chains, master, clues = AskedFor(), Chains(), Master(), Clues()
    seen = (gathered, named, ended, raised, whose, asked, chains, master, clues)
    scan = Scan(anchors, [one.see for one in seen])
    found: dict[str, Found] = {}
    begin = read(FIRST_BLOCK)
    short = begin.decode("utf-8", "replace").strip() if len(begin) <= LONGEST_WORDS else ""
    code = code_in(short) if len(short) <= LONGEST_CODE else None
    for finding in findings_of(code, by_id) if code is not None else ():
        told = finding if code is None or code < OF_SHELLS or _OF_EXECUTORS in short else replace(finding, process="")
        found[finding.id] = replace(found_alone(told, {"code": code or 0}, short), heard=written_as(code or 0, short))
    said = Said(by_id, found)
    for place in scan.places(_first(begin, read)):
        said.take(place)
    found = said.found()
    for id, many in scan.counted.items():
        if id in found:
            found[id] = replace(found[id], times=found[id].times + many)
    found = of_their_moment(found, gathered.collections, by_id)
    logged = _LOGGED.search(short) or _SHORT_LINES.search(short)
    alone = bool(short) and scan.bytes <= LONGEST_WORDS and not logged  # nothing came after the first piece
    if "\n" in short or not alone:  # a person's few words are one line
        found |= _ends(found.values(), ended, by_id)
    of_memory = {id: one for id, one in by_id.items() if id not in (RAISED, CUT)}
    by_words = {} if found or not alone else {one.id: one for one in findings_with(short, of_memory)}
    if named.line and not any(one.kind == CAUSE and one.region not in ("", "none") for one in by_words.values()):
        by_words = {}  # it says itself that memory ran out
    among = code_among(short) if by_words else None
    of_the_code = [one.id for one in findings_of(among, by_id)] if among is not None else []
    for id, perhaps in by_words.items():
        heard = written_as(among, short) if among is not None and id in of_the_code else ""
        found[id] = replace(found_alone(perhaps, {}, short), certainty=POSSIBLE, heard=heard)
    if not by_words:
        found |= _ends(found.values(), ended, by_id)
    if named.line and NAMED in by_id and not by_words and not any(one.finding.kind == CAUSE for one in found.values()):
        found[NAMED] = replace(found_alone(by_id[NAMED], {}, named.quote, named.line), times=named.times)
    if RAISED in by_id and not by_words and whose.sparks and raised.ended(found.values()):
        found[RAISED] = raised.found(by_id[RAISED])
    if CUT in by_id and not by_words and whose.sparks and all(one.finding.id in REPORTS for one in found.values()):
        failed = raised.failed_connection(by_id[CUT])
        found |= {failed.finding.id: failed} if failed else {}
    if not found and _ERROR.search(short) and "\n" not in short and scan.bytes <= LONGEST_WORDS:
        by_words = {one.id: one for one in in_a_run(short, of_memory.values())}
        found = {id: replace(found_alone(one, {}, short), certainty=POSSIBLE) for id, one in by_words.items()}
    found = as_one_jvm(chains.one_event(settled(without_guesses(found) if "\n" in short or not alone else found)), master)
    moments = gathered.moments()
    settings = asked.settings() if found and not by_words else {}
    if not by_words:
        found = weighed(found, Around(clues, settings, moments), by_id)
    apart = [one for one in found.values() if one.finding.kind == HARMLESS and not found.keys() & {*one.finding.gives_way}]
    if any(one.finding.kind == CAUSE for one in found.values()):
        apart = [one for one in apart if not one.finding.generic]
    causes = (one for one in found.values() if one.finding.kind != HARMLESS)
    telling = ordered(causes, by_id, apart, bool(by_words))
    if whose.elsewhere and not by_words:
        telling = [replace(one, elsewhere=whose.elsewhere, by_stack=False, process=NOBODY) for one in telling]
    manager = _manager(telling) or clues.manager
    if not by_words:
        telling = begun_from(telling, settings, moments)
    if whose.elsewhere:
        moments = tuple(replace(one, settings=()) for one in moments)
    made = Diagnosis(tuple(telling), tuple(apart), scan.lines, scan.bytes, manager, bool(by_words), moments)
    return made if (telling and not by_words) or moments or scan.bytes > LONGEST else _as_mended(begin, made, known)


def _as_mended(begin: bytes, made: Diagnosis, known: Iterable[Finding] | None) -> Diagnosis:
    """What a short text of which nothing is known says with its letters put right, where that tells a failure."""
    text = begin.decode("utf-8", "replace")
    if (right := mended(text)) == text:
        return made
    again = diagnosed_stream(of_text(right), known)
    if again.by_words or not again.findings:
        return made
    first = again.findings[0]
    told = replace(first, heard=f"{SAID} {first.heard}".strip())
    return replace(again, findings=(told, *again.findings[1:]), size_bytes=made.size_bytes)


def _ends(found: Iterable[Found], ended: Ended, known: Mapping[str, Finding]) -> dict[str, Found]:
    """How processes ended in words of their own, where nothing else is a cause; what is found already stays."""
    if any(one.finding.kind == CAUSE for one in found):
        return {}
    told = {one.finding.id for one in found}
    return {one.finding.id: one for one in ended.findings(known) if one.finding.id not in told}


_LOGGED = re.compile(r"\b(?:DEBUG|INFO|WARN|ERROR|FATAL)\b[^\n]{0,60}: ")
"""A line of a log, which is no person's few words."""
_ERROR = re.compile(r"\b(?:ERROR|FATAL)\b[^\n]{0,60}: ")
_SHORT_LINES = re.compile(r"\n\[")
"""Lines of a kernel's or a container's log, however short."""
_OF_EXECUTORS = "xecutor"
"""A bare number of a signal is any process's, unless these letters stand beside it."""


def _first(begin: bytes, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """What gives a beginning that was read already, and then the rest."""
    waiting = [begin]
    return lambda many: waiting.pop() if waiting else read(many)


def _manager(found: list[Found]) -> str:
    """The cluster manager that the findings speak of, or the words of their quotes do."""
    for one in found:
        if len(one.finding.managers) == 1:
            return one.finding.managers[0]
    for name, words in _MANAGERS:
        if any(word in one.quote for one in found for word in words):
            return name
    return ""
