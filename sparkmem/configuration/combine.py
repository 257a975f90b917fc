"""Several configurations of one text as one, with Spark's precedence; what was overridden is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sparkmem.configuration.another_job import lost, of_another
from sparkmem.configuration.carried import shaped
from sparkmem.configuration.configuration import Circumstances, Configuration
from sparkmem.configuration.found import OF_THE_DRIVERS_JVM
from sparkmem.configuration.gathered import MOST_NAMED
from sparkmem.configuration.lost import BY_PROGRAM, LOST, MAY_STAND, NOT_IN_TEXT, SET_TOO_LATE
from sparkmem.configuration.passed_over import OTHER_DOCUMENT, OTHER_SESSION, SECOND_COMMAND
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Ignored, Lost, Setting
from sparkmem.configuration.submit_options import ENVIRONMENT

# SparkConf of the program over the command, over the file of defaults, over the environment: SparkSubmitArguments of 4.3.0
# (``loadEnvironmentArguments``), which was asked, and for the driver's heap the launcher's SparkSubmitCommandBuilder.
_STRENGTH = {
    "any-text": 0, "properties-xml": 5, "environment-variables": 8, "spark-defaults": 10, "spark-submit": 30, "sql": 40,
    "session-builder": 50, "code": 35,
}  # fmt: skip
_IN_BETWEEN = 25
_BELOW_OPTIONS = 29
"""Of what a program hands to the command that starts its driver's JVM, beside options that a variable gives it already.

``getClientModeSparkSubmitOpts`` of SparkR leaves out what SPARKR_SUBMIT_ARGS has; PySpark hands it on by ``--conf``.
"""
_OF_OPTIONS = ("spark-submit", "code")
"""Forms in which a value that is not in the text stands in the place of a file's; a program may have read that file."""


def combined(parts: Sequence[Configuration]) -> Configuration:
    """All parts as one; a driver that runs already takes its heap from what started it, not from the program."""
    parts = _of_one_session(_of_one_job([part for part in parts if part]))
    if len(parts) == 1:
        return parts[0]
    settings: dict[str, tuple[int, Setting]] = {}
    overridden: list[Ignored] = []
    unheard: list[Lost] = []
    givers: dict[str, Configuration] = {}
    for part in parts:
        for setting in part.settings:
            strength = strength_of(part.format, setting.key, setting.written_as)
            before = settings.get(setting.key)
            if before is None or strength >= before[0]:
                settings[setting.key] = (strength, setting)
            winner, earlier = settings[setting.key][1], givers.get(setting.key, part)
            if winner is setting:
                givers[setting.key] = part
            if before:
                loser = before[1] if winner is setting else setting
                unheard += _unheard(loser, winner, part if loser is setting else earlier, givers[setting.key])
                verb = "has the same" if is_same(loser.key, loser.value, winner.value) else "wins"
                reason = f"{winner.written_as} on line {winner.line} {verb}"
                overridden.append(Ignored(loser.line, loser.written_as, reason))
    for part in parts:
        for one in part.lost:
            strength, weaker = settings.get(one.key, (100, None))
            unknown = one.id == NOT_IN_TEXT and MAY_STAND not in one.text
            stronger = part.format in _OF_OPTIONS and strength_of(part.format, one.key) > strength
            if weaker and unknown and stronger:
                del settings[one.key]
                reason = f"what is on line {one.line} wins, and its value is not in the text"
                overridden.append(Ignored(weaker.line, weaker.written_as, reason))
    by_strength = sorted(parts, key=lambda part: strength_of(part.format, ""))
    known: dict[str, str] = {}
    for part in by_strength:
        known |= {name: text for name, text in vars(part.circumstances).items() if text}
    known |= _mode_of(known.get("cluster_manager", ""), by_strength)
    first = max(parts, key=lambda part: len(part.settings))
    kept = [setting for _, setting in settings.values()]
    return replace(
        first,
        settings=tuple(kept),
        circumstances=Circumstances(**known),
        cluster={key: text for part in by_strength for key, text in part.cluster.items()},
        ignored=_named([*overridden, *(item for part in parts for item in part.ignored)]),
        remarks=tuple(item for part in parts for item in part.remarks)[:MOST_NAMED],
        lost=(*_of_another_master(parts), *unheard, *(item for part in parts for item in part.lost))[:MOST_NAMED],
        said=tuple(item for part in parts for item in part.said),
    )


def _mode_of(manager: str, parts: Sequence[Configuration]) -> dict[str, str]:
    """The deploy mode that stands beside the cluster manager, or beside none: that of another is of another job."""
    modes = [one.deploy_mode for part in parts if (one := part.circumstances).cluster_manager in ("", manager)]
    return {"deploy_mode": next(filter(None, reversed(modes)), "")}


_PROGRAM, _OBJECT = "session-builder", "spark-application"
_HEAP = "spark.driver.memory"
_STARTED_WITH = "set by the program, and the options that its driver's JVM is started with have another heap, which holds"
_WRITE_ONCE = "leave it out of the program, or write there what is meant"


def _unheard(loser: Setting, winner: Setting, one: Configuration, other: Configuration) -> list[Lost]:
    """What is in vain: a command's option that the program it starts sets otherwise, and a heap that a program sets then."""
    if is_same(loser.key, loser.value, winner.value) or not shaped(winner.value):
        return []
    by_program = one.format in (_PROGRAM, "code") and loser.written_as not in ENVIRONMENT
    given = by_program and winner.written_as == "--driver-memory"
    if loser.key == _HEAP and (given or (one.format == _PROGRAM and other.starts)):
        said, see = LOST[SET_TOO_LATE]
        if not other.starts:
            said = _STARTED_WITH
        holds = f"the driver has {winner.value}, by {winner.written_as}"
        return [Lost(SET_TOO_LATE, loser.line, loser.key, said, holds, see)]
    if not one.starts or other.format != _PROGRAM:
        return []
    said, see = LOST[BY_PROGRAM]
    return [Lost(BY_PROGRAM, loser.line, loser.key, said.format(given=winner.line), _WRITE_ONCE, see)]


def _of_one_job(parts: list[Configuration]) -> list[Configuration]:
    """The parts without what a second command sets: it starts another application, and the first is read."""
    first = next((part for part in parts if part.starts and part.settings), None)
    return [_without_settings(part, first) if first and part.starts and part is not first else part for part in parts]


def _of_one_session(parts: list[Configuration]) -> list[Configuration]:
    """The parts without sessions on other cluster managers than one's: of the last that sizes something, or the last."""
    told = [part for part in parts if part.format == _PROGRAM and part.circumstances.cluster_manager]
    if len({part.circumstances.cluster_manager for part in told}) < 2:
        return parts
    read = [part for part in told if part.settings] or told
    manager = read[-1].circumstances.cluster_manager
    return [
        _without_settings(part, read[-1], "SparkSession", OTHER_SESSION)
        if part in told and part.circumstances.cluster_manager != manager
        else part
        for part in parts
    ]


def _without_settings(
    part: Configuration, first: Configuration, name: str = "spark-submit", reason: str = SECOND_COMMAND
) -> Configuration:
    if part.values == first.values and reason == SECOND_COMMAND:
        return part
    if part.format == _OBJECT and reason == SECOND_COMMAND:
        name, reason = "SparkApplication", OTHER_DOCUMENT
    line = min((one.line for one in part.settings), default=0)
    others = tuple(lost(one) for one in of_another(part.settings, first.values, alone=True))
    ignored = Ignored(line, name, reason)
    nothing = Circumstances()
    return replace(part, settings=(), circumstances=nothing, ignored=(ignored,), remarks=(), lost=others, said=())


def _of_another_master(parts: Sequence[Configuration]) -> list[Lost]:
    """Sizes in a file of Hive's whose master is not that of a command beside it: they are of two jobs, and not one."""
    masters = {part.circumstances.cluster_manager for part in parts if part.format == "spark-submit"} - {""}
    return [
        lost(one)
        for part in parts
        if part.format == "properties-xml" and part.circumstances.cluster_manager and masters
        if part.circumstances.cluster_manager not in masters
        for one in of_another(part.settings, {}, alone=True)
    ]


def _named(ignored: list[Ignored]) -> tuple[Ignored, ...]:
    """By their lines; of more than can be looked at the first, and how many there are beside them."""
    in_order = sorted(ignored, key=lambda item: item.line)
    left = len(in_order) - MOST_NAMED
    return (*in_order[:MOST_NAMED], *([Ignored(0, "…", f"{left} more, not listed")] if left > 0 else []))


def strength_of(format: str, key: str, written_as: str = "") -> int:
    """What a form goes before for a key: Spark's precedence, where the greater wins; a variable is one in any form."""
    own = _STRENGTH.get(format, _IN_BETWEEN)
    if written_as in ENVIRONMENT:
        own = 0 if format == "code" else min(own, _STRENGTH["environment-variables"])
    if key in OF_THE_DRIVERS_JVM and own > _STRENGTH["spark-defaults"]:
        return 1 if own >= 50 else _BELOW_OPTIONS if format == "code" and own else own
    return own
