"""Keys that stand in a text, and of which nothing is said by what was read of it."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.any_text import pairs_of
from sparkmem.configuration.carried import carried
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.forms import LAST_RESORT
from sparkmem.configuration.lost import MAY_STAND, NOT_IN_TEXT
from sparkmem.configuration.passed_over import APART
from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS

_NAMED = re.compile(r"(?<![\w.])spark(?:\.\w{1,60}){1,6}")
_SENTENCE = re.compile(r"(?<![\w.$-])(?:[A-Za-z']{1,15} ){2,3}[a-z]{2,15}\b(?!\.\w)")
"""Three words in a row, as of somebody who tells of a setting beside what is run."""
_COMMAND, _OF_A_FILE = "spark-submit", "spark-defaults"
_EXHAUSTIVE = (LAST_RESORT.id, "table", "jvm-properties", "markdown", "environment", "get-all")
"""Forms of which nothing else than what their readers take is a setting."""


def is_poor(found: list[Configuration], text: str) -> bool:
    """Whether nothing is read but by the last resort, something is lost, or keys stand there of which nothing is said."""
    if any(part.lost or part.format == LAST_RESORT.id for part in found) or not any(part.settings for part in found):
        return True
    said = {one.key for part in found for one in part.settings}
    said |= {key for part in found for one in (*part.ignored, *part.remarks) for key in _keys_in(one.text)}
    return any(carried(key) and key not in said for key in set(_NAMED.findall(text)))


def with_the_rest(found: Configuration, text: str) -> Configuration:
    """What a form took, with the keys of the text of which it says nothing at all, by the last resort."""
    apart = any(item.reason.startswith(APART) for item in found.ignored)
    if found.format in _EXHAUSTIVE or apart or not LAST_RESORT.looks_like(text):
        return found
    named = {key for item in (*found.ignored, *found.remarks) for key in _keys_in(item.text)}
    perhaps = {one.key for one in found.lost if one.id == NOT_IN_TEXT and MAY_STAND in one.text}
    named |= {one.key for one in found.settings} | ({one.key for one in found.lost} - perhaps)
    weak = {one.key: one.line for one in found.settings if one.written_as in ENVIRONMENT}  # which goes behind a file's
    if not weak and LAST_RESORT.keys(text) <= named:
        return found
    try:
        rest = LAST_RESORT.read(text)
    except ConfigurationError:
        return found
    spoilt = {one.line for one in found.lost if one.id != NOT_IN_TEXT}
    lines = re.split(r"\r\n|\r|\n", text)
    sentences = {number for number, line in enumerate(lines, 1) if _SENTENCE.search(line[:2000])}
    in_a_sentence = found.format == _COMMAND and not found.starts  # options without a command, which a sentence may name
    spoilt |= sentences - ({one.line for one in found.settings} if in_a_sentence else set())
    if found.format == _COMMAND:  # beside which another is a remark
        spoilt |= {number for number, line in enumerate(lines, 1) if line.lstrip()[:1] == "#"}
    settings = tuple(
        one for one in rest.settings
        if one.line not in spoilt
        and (one.key not in named or (one.key in weak and one.written_as not in ENVIRONMENT and one.line != weak[one.key]))
    )  # fmt: skip
    lost = tuple(one for one in rest.lost if one.key not in named and one.line not in spoilt)
    if not (settings or lost):
        return found
    torn = {key for key in perhaps if len({value for one, _, value, _ in pairs_of(text) if one == key}) > 1}
    settings = tuple(one for one in settings if one.key not in torn)  # several, of which a condition may take one
    lost = tuple(one for one in lost if one.key not in torn)
    filled = perhaps & {one.key for one in settings}
    found = replace(found, lost=tuple(one for one in found.lost if one.key not in filled))
    form = _OF_A_FILE if any(one.key in weak for one in settings) else rest.format
    return combined([found, replace(rest, settings=settings, lost=lost, ignored=(), format=form)])


def _keys_in(name: str) -> tuple[str, ...]:
    """The keys that what was passed over may name: as itself, as an option, as a field."""
    word = name.removeprefix("--conf ").removeprefix("--properties ").split(" ", 1)[0]
    return (word, OPTIONS.get(word, ""), key_of_field(word.rsplit(".", 1)[-1]))
