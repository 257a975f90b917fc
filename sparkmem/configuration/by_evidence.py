"""What the parts of a text hold: of each by the surest form that takes something of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sparkmem.configuration import command_beside
from sparkmem.configuration.carried import carried
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.forms import FORMATS, LAST_RESORT, LIKELY
from sparkmem.configuration.peel.peeled import peeled
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.slips import ALONE
from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.configuration.unsaid import with_the_rest

_MOST_PIECES = 60
_MOST_INSIDE = 40
_DEEPEST = 5
_around: list[int] = []  # the lengths of the texts around the one that is being read
_NONE = "none of the formats that are read"


def read_parts(text: str) -> tuple[list[Configuration], ConfigurationError | None]:
    """What the parts of a text hold, and what the surest form said of the first of which nothing is read."""
    found: list[Configuration] = []
    error: ConfigurationError | None = None
    for piece in peeled(text)[:_MOST_PIECES]:
        try:
            found.append(read_piece(piece))
        except ConfigurationError as refused:
            error = error or refused
    return found, error


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
    for form in LIKELY.in_text(piece.text):
        if not form.looks_like(piece.text):
            continue
        try:
            found = form.read(piece.text)
        except ConfigurationError as refused:
            error = error or refused
            continue
        poor = _only_unreadable(found, piece.text) or _only_of_a_cluster(found)
        if accounts(found) and not (poor and _more_to_take(piece.text)):
            found = command_beside.with_command(found, piece.text, FORMATS["spark-submit"].read)
            return piece.placed(_also(with_the_rest(found, piece.text), first))
        first = first or found
    if first is None:
        raise error or ConfigurationError(_NONE)
    return piece.placed(first)


def accounts(found: Configuration) -> bool:
    """Whether a form took a memory setting, or says what became of one."""
    if found.settings or found.lost or found.cluster:
        return True
    return any(carried(OPTIONS.get(item.text, item.text.removeprefix("--conf "))) for item in found.ignored)


def _only_unreadable(found: Configuration, text: str) -> bool:
    """Whether all that a form says is that values are not such as Spark reads, as of words in a sentence, or not there.

    What a text itself calls the file of defaults is no sentence.
    """
    if "spark-defaults" in text or found.format not in _WORDY or not (found.lost or found.settings):
        return False
    if any(one.value for one in found.settings):
        return False
    return all(one.id in _UNREADABLE and not one.write.endswith(ALONE) for one in found.lost)


def _only_of_a_cluster(found: Configuration) -> bool:
    """Whether a form takes limits of a cluster alone, beside which the settings of a job may stand in another form."""
    return bool(found.cluster) and not (found.settings or found.lost)


_WORDY = ("spark-defaults", "spark-submit")
"""Forms that a sentence can be taken for; what stands in brackets and quotes is none."""
_UNREADABLE = ("value-not-readable", "option-without-value")


def _more_to_take(text: str) -> bool:
    return LAST_RESORT.looks_like(text) and bool(LAST_RESORT.read(text).settings)


def _also(found: Configuration, before: Configuration | None) -> Configuration:
    """What was taken, with what a surer form said of the same text without taking a setting."""
    if before is None:
        return found
    known = {name: text for name, text in vars(before.circumstances).items() if text}
    cluster = {**before.cluster, **found.cluster}
    return replace(
        found, circumstances=replace(found.circumstances, **known), cluster=cluster, said=(*before.said, *found.said)
    )
