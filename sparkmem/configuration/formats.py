"""Reading by evidence, and writing by name: the forms are tried from the surest on; the first that takes something wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sparkmem.configuration import (
    clients_copy,
    command_beside,
    default_profile,
    named_values,
    not_sparks,
    old_variables,
    other_jobs,
    own_heap,
    refused_there,
    requested,
    shown,
    stated_limits,
    talk,
)
from sparkmem.configuration.carried import carried
from sparkmem.configuration.circumstances import concluded
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.forms import FORMATS, FORMS, Format
from sparkmem.configuration.found import ALONE
from sparkmem.configuration.lost import MAY_STAND, NOT_IN_TEXT
from sparkmem.configuration.passed_over import APART
from sparkmem.configuration.peel import peeled, typography
from sparkmem.configuration.peel.long_text import parted
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.configuration.views import views

LONGEST = 1_000_000
LAST_RESORT = "any-text"
_MOST_PIECES = 60
_MOST_INSIDE = 40
_DEEPEST = 5
_around: list[int] = []  # the lengths of the texts around the one that is being read


def recognise(text: str) -> str:
    """The id of the form that the text is most surely in; empty where it is in none.

    >>> recognise("spark-submit --executor-memory 8g app.py"), recognise("spark.executor.memory  8g")
    ('spark-submit', 'spark-defaults')
    """
    near, _ = parted(text)
    return next((form.id for form in FORMS if form.looks_like(near)), "")


def read(text: str, format: str = "") -> Configuration:
    """The configuration in a text, in the form that is recognised; ``ConfigurationError`` where there is none.

    Where a form is named the text is read in that alone, and nothing is concluded from words beside its settings.

    >>> read("export A=1; spark-submit --executor-memory 8g app.py").values
    {'spark.executor.memory': '8g'}
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise ConfigurationError(f"a text of {len(text):,} characters: more than {LONGEST:,} are not read")
    if format:
        return _named(format).read(text)
    if not text.strip():
        raise ConfigurationError("there is nothing to read")
    near, rest = parted(text)
    unheard, near = talk.told(near), talk.heard(near)
    found, error = _parts(near)
    if _is_poor(found, near):
        for view, is_same in views(near, any(part.settings and part.format != LAST_RESORT for part in found)):
            other, _ = _parts(view)
            if _taken(other, is_same) > _taken(found, is_same):
                found = other
    if rest and FORMATS[LAST_RESORT].looks_like(rest):
        found.append(FORMATS[LAST_RESORT].read(rest))
    found = own_heap.with_heap(found, near)
    if not any(map(_accounts, found)) and "Granted executor" in near and (given := requested.granted(near)):
        found = [given]
    if default_profile.SIGN in near:
        found = default_profile.with_profile(found, near)
    if not found and "Will request " in near and (asked := requested.alone(near)):
        found = [asked]
    session = shown.by_a_session(near)
    if session and not any(map(_accounts, found)):
        found = [session]
    if not found:
        raise _unread(text, error)
    if not any(map(_accounts, found)) and _failure(text):
        raise _unread(text, None)
    if not any(map(_accounts, found)):
        found = _by_request(near, found)
    telling = [part for part in found if part.settings or part.lost or part.cluster]
    whole = concluded(combined(telling or found), named_values.peel(talk.without_advice(text)))
    whole = old_variables.lost_in_them(other_jobs.with_others(whole, telling, near), near)
    whole = stated_limits.with_limits(refused_there.with_refusals(whole, near), near)
    whole = shown.over(clients_copy.without_its_limits(whole, near), session, near)
    taken = {one.line for one in whole.settings if one.written_as.startswith("-Xmx")}
    ignored = (*whole.ignored, *not_sparks.named(near, taken), *unheard)
    return replace(whole, ignored=ignored, remarks=(*whole.remarks, *named_values.told(near), *typography.told(near)))


def _by_request(text: str, found: list[Configuration]) -> list[Configuration]:
    """What a text without a setting of memory says all the same: never that none is set, where a heap stands there."""
    if "Will request " in text and (asked := requested.alone(text)):
        return [asked]
    if _HEAP.search(text):
        raise _unread(text, ConfigurationError("-Xmx of a JVM, and no word that says of which process of Spark's"))
    return found


_HEAP = re.compile(r"(?<![\w-])-Xmx[0-9]")


def _parts(text: str) -> tuple[list[Configuration], ConfigurationError | None]:
    """What the parts of a text hold, and what the surest form said of the first of which nothing is read."""
    found: list[Configuration] = []
    error: ConfigurationError | None = None
    for piece in peeled(text)[:_MOST_PIECES]:
        try:
            found.append(read_piece(piece))
        except ConfigurationError as refused:
            error = error or refused
    return found, error


def _taken(found: list[Configuration], is_same: bool) -> tuple[int, int]:
    """How many settings of memory are taken, and of a text with the same words how few of them are lost."""
    lost = sum(len(part.lost) for part in found) if is_same else 0
    return len({one.key for part in found for one in part.settings}), -lost


def _is_poor(found: list[Configuration], text: str) -> bool:
    """Whether nothing is read but by the last resort, something is lost, or keys stand there of which nothing is said."""
    if any(part.lost or part.format == LAST_RESORT for part in found) or not any(part.settings for part in found):
        return True
    said = {one.key for part in found for one in part.settings}
    said |= {key for part in found for one in (*part.ignored, *part.remarks) for key in _keys_in(one.text)}
    return any(carried(key) and key not in said for key in set(_NAMED.findall(text)))


_NAMED = re.compile(r"(?<![\w.])spark(?:\.\w{1,60}){1,6}")


def _failure(text: str) -> bool:
    from sparkmem.configuration.unread import tells_of_failure  # here: the same

    return tells_of_failure(text)


def _unread(text: str, error: ConfigurationError | None) -> ConfigurationError:
    """What the surest form said of a text of which nothing is read, and what the text looks like."""
    from sparkmem.configuration.unread import unread  # here: most texts are read

    return ConfigurationError(unread(text) if error is None or _failure(text) else f"{error.message}; {unread(text)}")


def read_piece(piece: Piece) -> Configuration:
    """What a part of a text holds, with the lines of the whole: by the surest form that takes something of it.

    Readers come back here with texts that stand inside theirs; each has to be shorter than the one around it.
    """
    if len(_around) >= _DEEPEST or (_around and len(piece.text) >= _around[-1]):
        raise ConfigurationError(f"a text inside a text inside a text, deeper than {_DEEPEST}")
    _around.append(len(piece.text))
    try:
        return _by_evidence(piece)
    finally:
        _around.pop()


def read_pieces(pieces: Sequence[Piece], most: int = _MOST_INSIDE) -> list[Configuration]:
    """What the first of several texts inside another hold, each where something of it is read."""
    found: list[Configuration] = []
    for piece in pieces[:most]:
        with suppress(ConfigurationError):
            found.append(read_piece(piece))
    return found


def _by_evidence(piece: Piece) -> Configuration:
    first: Configuration | None = None
    error: ConfigurationError | None = None
    for form in FORMS:
        if not form.looks_like(piece.text):
            continue
        try:
            found = form.read(piece.text)
        except ConfigurationError as refused:
            error = error or refused
            continue
        if _accounts(found) and not ((_only_unreadable(found) or _only_of_a_cluster(found)) and _more_to_take(piece.text)):
            found = command_beside.with_command(found, piece.text, FORMATS["spark-submit"].read)
            return piece.placed(_also(_with_the_rest(found, piece.text), first))
        first = first or found
    if first is None:
        raise error or ConfigurationError(_NONE)
    return piece.placed(first)


def _accounts(found: Configuration) -> bool:
    """Whether a form took a memory setting, or says what became of one."""
    if found.settings or found.lost or found.cluster:
        return True
    return any(carried(OPTIONS.get(item.text, item.text.removeprefix("--conf "))) for item in found.ignored)


def _only_unreadable(found: Configuration) -> bool:
    """Whether all that a form says is that values are not such as Spark reads, as of words in a sentence, or not there."""
    if found.format not in _WORDY or not (found.lost or found.settings) or any(one.value for one in found.settings):
        return False
    return all(one.id in _UNREADABLE and not one.write.endswith(ALONE) for one in found.lost)


def _only_of_a_cluster(found: Configuration) -> bool:
    """Whether a form takes limits of a cluster alone, beside which the settings of a job may stand in another form."""
    return bool(found.cluster) and not (found.settings or found.lost)


_WORDY = ("spark-defaults", "spark-submit")
"""Forms that a sentence can be taken for; what stands in brackets and quotes is none."""
_UNREADABLE = ("value-not-readable", "option-without-value")


def _more_to_take(text: str) -> bool:
    resort = FORMATS[LAST_RESORT]
    return resort.looks_like(text) and bool(resort.read(text).settings)


def _with_the_rest(found: Configuration, text: str) -> Configuration:
    """What a form took, with the keys of the text of which it says nothing at all, by the last resort."""
    resort = FORMATS[LAST_RESORT]
    apart = any(item.reason.startswith(APART) for item in found.ignored)
    if found.format in _EXHAUSTIVE or apart or not resort.looks_like(text):
        return found
    named = {key for item in (*found.ignored, *found.remarks) for key in _keys_in(item.text)}
    perhaps = {one.key for one in found.lost if one.id == NOT_IN_TEXT and MAY_STAND in one.text}
    named |= {one.key for one in found.settings} | ({one.key for one in found.lost} - perhaps)
    if resort.keys(text) <= named:
        return found
    try:
        rest = resort.read(text)
    except ConfigurationError:
        return found
    spoilt = {one.line for one in found.lost if one.id != NOT_IN_TEXT}
    spoilt |= {number for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1) if _SENTENCE.search(line[:2000])}
    settings = tuple(one for one in rest.settings if one.key not in named and one.line not in spoilt)
    lost = tuple(one for one in rest.lost if one.key not in named and one.line not in spoilt)
    if not (settings or lost):
        return found
    filled = perhaps & {one.key for one in settings}
    found = replace(found, lost=tuple(one for one in found.lost if one.key not in filled))
    return combined([found, replace(rest, settings=settings, lost=lost, ignored=())])


_SENTENCE = re.compile(r"(?<![\w.$-])(?:[A-Za-z']{1,15} ){2,3}[a-z]{2,15}\b(?!\.\w)")
"""Three words in a row, as of somebody who tells of a setting beside what is run."""
_EXHAUSTIVE = (LAST_RESORT, "table", "jvm-properties", "markdown", "environment", "get-all")
"""Forms of which nothing else than what their readers take is a setting."""


def _keys_in(name: str) -> tuple[str, ...]:
    """The keys that what was passed over may name: as itself, as an option, as a field."""
    word = name.removeprefix("--conf ").removeprefix("--properties ").split(" ", 1)[0]
    return (word, OPTIONS.get(word, ""), key_of_field(word.rsplit(".", 1)[-1]))


def _also(found: Configuration, before: Configuration | None) -> Configuration:
    """What was taken, with what a surer form said of the same text without taking a setting."""
    if before is None:
        return found
    known = {name: text for name, text in vars(before.circumstances).items() if text}
    cluster = {**before.cluster, **found.cluster}
    return replace(
        found, circumstances=replace(found.circumstances, **known), cluster=cluster, said=(*before.said, *found.said)
    )


def write(configuration: Configuration, format: str) -> str:
    """The configuration in a format; ``ConfigurationError`` where the format cannot hold it.

    What is known beside the settings is written where the format has a word for it.
    """
    found = _named(format)
    if not found.write:
        raise ConfigurationError(f"{found.id} is read and not written")
    for setting in configuration.settings:
        if setting.variables and format != "spark-submit":
            raise ConfigurationError(f"{setting.key} holds ${setting.variables[0]}, which only a shell fills in")
    if configuration.cluster and format not in ("emr-json", "markdown"):
        keys = ", ".join(configuration.cluster)
        raise ConfigurationError(f"{found.id} has no place for settings of the cluster: {keys}")
    return found.write(configuration)


def _named(id: str) -> Format:
    if id not in FORMATS:
        raise ConfigurationError(f"no format {id!r}; there are {', '.join(FORMATS)}")
    return FORMATS[id]


_NONE = "none of the formats that are read"
