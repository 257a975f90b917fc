"""Notebooks that say what their session gets, by ``%%configure`` or ``%spark.conf``; what comes later changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.setting import Ignored, Lost, Setting

FORMAT = "notebook-session"

_MAGIC = re.compile(r"^[ \t]*(?:%%configure\b[^\n{]{0,80}|%%spark config[ \t]*)\n?\s{0,20}(?=\{)", re.MULTILINE)
_PARAGRAPH = re.compile(r"^[ \t]*%(?:[\w-]{1,30}\.)?(?:spark\d?\.)?conf[ \t]*\n", re.MULTILINE)
_NEXT_PARAGRAPH = re.compile(r"^[ \t]*(?:%\w|\s*$)", re.MULTILINE)
_REFUSED = "Can not change interpreter properties when interpreter process has already been launched"
"""Of Zeppelin (ConfInterpreter.interpret)."""
_LATE = "set-on-running-session"
_LEVEL = "wrong-level"
_MASTER = "spark.master"
_KEYS = re.compile(r"[\"']([\w.-]{1,80})[\"']\s{0,20}:|\"(?:[^\"\\\n]|\\.)*+\"|[{}\[\]]")
_SHOWN = re.compile(r"^[ \t]*Current session configs:[^\n]*", re.MULTILINE)
"""What sparkmagic shows of a session, which nobody asks for there."""
_LONGEST = 100_000
_BEFORE = ("spark-defaults", "environment-variables", "environment", "table")
"""What is no cell of the notebook: files and pages that the session begins from."""
_WRITE = "set it before the session begins"
_IN_THE_CELL = "set it in the cell that configures the session, before it begins"


def looks_like(text: str) -> bool:
    """Whether a cell of either kind is there, and something else beside it."""
    magic = _MAGIC.search(text)
    if magic:
        end = _end_of_object(text, magic.end())
        return bool(text[: magic.start()].strip() or text[end:].strip() or _at_the_top(text[magic.end() : end]))
    return bool(_PARAGRAPH.search(text))


def read(text: str) -> Configuration:
    """The settings of the cell; those that other cells set after it are lost, and all where the text refuses them."""
    from sparkmem.configuration.by_evidence import read_piece, read_pieces  # here: it knows all forms, this one too

    magic = _MAGIC.search(text)
    if magic:
        begun, end = magic.end(), _end_of_object(text, magic.end())
        session = _on_their_level(read_piece(_part(text, begun, end)), text[begun:end])
        others = read_pieces([_without(text, magic.start(), end)])
    else:
        paragraph = _PARAGRAPH.search(text)
        if paragraph is None:
            raise ConfigurationError("no cell that configures a session")
        begun = paragraph.end()
        after = _NEXT_PARAGRAPH.search(text, begun)
        end = after.start() if after else len(text)
        session = read_piece(_part(text, begun, end))
        if _REFUSED in text[end:]:
            lost = tuple(_lost(setting) for setting in session.settings)
            return replace(session, settings=(), lost=(*session.lost, *lost), format=FORMAT)
        others = read_pieces([_without(text, paragraph.start(), end)])
    told = [_below(other, session) if other.format in _BEFORE else _too_late(other) for other in others]
    return combined([*told, session])


def _on_their_level(session: Configuration, body: str) -> Configuration:
    """A session without the keys of Spark's that stand beside Livy's fields, where it takes them below ``conf`` alone."""
    beside = _at_the_top(body)
    if not beside:
        return session
    said, see = LOST[_LEVEL]
    lost = [
        Lost(_LEVEL, one.line, one.key, said, f"write {one.key} below conf", see)
        for one in session.settings
        if one.written_as in beside
    ]
    kept = tuple(one for one in session.settings if one.written_as not in beside)
    ignored = tuple(Ignored(one.line, one.key, said) for one in lost)
    return replace(session, settings=kept, lost=(*session.lost, *lost), ignored=(*session.ignored, *ignored))


def _at_the_top(body: str) -> set[str]:
    """The keys of Spark's that stand in the object itself and in none of its parts.

    >>> _at_the_top('{"spark.a": 1, "conf": {"spark.b": 2}}')
    {'spark.a'}
    """
    depth, found = 0, set[str]()
    for token in _KEYS.finditer(body[:_LONGEST]):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        if depth == 1 and token[1] and token[1].startswith("spark."):
            found.add(token[1])
    return found


def _below(other: Configuration, session: Configuration) -> Configuration:
    """What a file or a page says, without what the session's own cell sets."""
    own = {one.key: one for one in session.settings}
    won = tuple(
        Ignored(one.line, one.written_as, f"{own[one.key].written_as} on line {own[one.key].line} wins")
        for one in other.settings
        if one.key in own
    )
    return replace(other.without(*own), ignored=(*other.ignored, *won))


def _too_late(other: Configuration) -> Configuration:
    """What another cell holds, whose settings come when the session runs already."""
    lost = tuple(_lost(setting) for setting in other.settings if not setting.key.startswith("spark.sql."))
    masters = [one for one in other.said if one.name == "cluster-manager" and one.words == _MASTER]
    lost += tuple(_lost(Setting(_MASTER, "", one.line)) for one in masters)
    if masters:
        circumstances = replace(other.circumstances, cluster_manager="", deploy_mode="")
        other = replace(other, circumstances=circumstances, said=tuple(one for one in other.said if one not in masters))
    named = tuple(Ignored(one.line, one.key, LOST[_LATE][0]) for one in lost)
    late = {(one.line, one.key) for one in lost}
    remarks = tuple(one for one in other.remarks if (one.line, one.text) not in late)
    said = (replace(one, write=_IN_THE_CELL) if one.id == _LATE else one for one in other.lost)
    return replace(other, settings=(), lost=(*said, *lost), ignored=(*other.ignored, *named), remarks=remarks)


def _lost(setting: Setting) -> Lost:
    said, see = LOST[_LATE]
    return Lost(_LATE, setting.line, setting.key, said, _WRITE, see)


def _part(text: str, begin: int, end: int) -> Piece:
    first = text.count("\n", 0, begin) + 1
    part = text[begin:end]
    return Piece(part, range(first, first + part.count("\n") + 1))


def _without(text: str, begin: int, end: int) -> Piece:
    """The text with a part of it left empty, line for line."""
    rest = text[:begin] + "\n" * text.count("\n", begin, end) + text[end:]
    return Piece(_SHOWN.sub("", rest), range(1, text.count("\n") + 2))


def _end_of_object(text: str, begin: int) -> int:
    """Where the object that begins here is closed; the end of the text where it is not."""
    depth = 0
    for bracket in re.finditer(r"\"(?:[^\"\\\n]|\\.)*+\"|[{}]", text[begin : begin + _LONGEST]):
        depth += {"{": 1, "}": -1}.get(bracket[0], 0)
        if depth == 0:
            return begin + bracket.end()
    return len(text)
