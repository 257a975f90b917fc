"""What is done with the one configuration that a text comes to, in order: each step with its reason.

To add a step: a function that says why it is there, and its name in the table, at the place that the reason asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sparkmem.configuration import (
    clients_copy,
    fabric_sizes,
    fork_keys,
    heap_shown,
    misnamed,
    named_values,
    not_sparks,
    old_variables,
    options_refused,
    other_jobs,
    pasted_file,
    refused_there,
    reported,
    requested,
    shown,
    started_without_master,
    stated_limits,
    submit_args,
    thrift_server,
    told_without_effect,
    workers_environment,
    zeppelin,
)
from sparkmem.configuration.another_job import OF_ANOTHER, SIZES
from sparkmem.configuration.by_evidence import read_pieces
from sparkmem.configuration.carried import safe_name, shaped
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.configuration.other_environments import named
from sparkmem.configuration.passed_over import NOT_HANDED_ON, OTHER_ENVIRONMENT
from sparkmem.configuration.peel import typography
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Ignored, Lost
from sparkmem.configuration.steps_of_parts import Text
from sparkmem.configuration.submit_options import option_counts


def _other_jobs(whole: Configuration, text: Text) -> Configuration:
    """What another command or a sentence sizes otherwise is of another job."""
    return other_jobs.with_others(whole, text.telling, text.near)


def _other_environments(whole: Configuration, text: Text) -> Configuration:
    """Sizes of environments and of commands beside what is read are of other jobs."""
    if not (text.others or text.jobs):
        return whole
    known = {one.key for one in whole.lost}
    said, see = LOST[OF_ANOTHER]
    beside = [*(own for _, own in text.others), *text.jobs]
    found = [one for part in read_pieces([Piece(own) for own in beside]) for one in part.settings]
    sizes = {
        one.key: Lost(OF_ANOTHER, one.line, one.key, said.format(given=one.value), "", see)
        for one in reversed(found)
        if one.key in SIZES and one.key not in known and shaped(one.value)
        and not is_same(one.key, whole.values.get(one.key, ""), one.value)
    }
    reason = f"{OTHER_ENVIRONMENT}: {safe_name(text.environment)} is read"
    ignored = (Ignored(line, name, reason) for line, name in named(text.others))
    return replace(whole, lost=(*whole.lost, *sizes.values()), ignored=(*whole.ignored, *ignored))


def _out_of_reach(whole: Configuration, text: Text) -> Configuration:
    """What was taken out as it does not reach the job is named."""
    return replace(whole, lost=(*whole.lost, *text.out_of_reach)) if text.out_of_reach else whole


def _lost_limits(whole: Configuration, text: Text) -> Configuration:
    """A limit whose value YARN does not read is none, whoever says it again."""
    lost = {one.key for one in whole.lost}
    return replace(whole, cluster={key: value for key, value in whole.cluster.items() if key not in lost})


def _cut_off(whole: Configuration, text: Text) -> Configuration:
    """A value of which the text ends inside is not one that only a run would tell."""
    last = text.near.rstrip().count("\n") + 1
    if not any(one.id == NOT_IN_TEXT and one.line == last for one in whole.lost) or not _ends_inside(text.near):
        return whole
    said, _ = LOST[NOT_IN_TEXT]
    words = said.format(given="the text ends inside it")
    lost = (replace(one, text=words) if one.id == NOT_IN_TEXT and one.line == last else one for one in whole.lost)
    return replace(whole, lost=tuple(lost))


def _ends_inside(text: str) -> bool:
    """Whether the last line of a text opens a quote that nothing closes."""
    line = text.rstrip().rpartition("\n")[2]
    return any(line.replace(f"\\{quote}", "").count(quote) % 2 for quote in "\"'")


def _not_handed_on(whole: Configuration, text: Text) -> Configuration:
    """Options that the whole text's cluster manager has no use for are dropped, as in a command that names it.

    Keys of a manager do not name it: they stand in files that commands for another use as well.
    """
    manager = whole.circumstances.cluster_manager
    told = next((one.words for one in whole.said if one.name == "cluster-manager"), "master")
    if told != "spark.master" and told.startswith("spark."):
        return whole
    options = [one for one in whole.settings if one.written_as in _OF_A_MANAGER]
    idle = [one for one in options if not option_counts(one.written_as, manager, "")]
    reason = f"{NOT_HANDED_ON} where the master is {manager}"
    said = (Ignored(one.line, one.written_as, reason) for one in idle)
    return replace(whole.without(*(one.key for one in idle)), ignored=(*whole.ignored, *said)) if idle else whole


def _as_shown(whole: Configuration, text: Text) -> Configuration:
    """What a session shows holds, whatever was asked for: after all that says what was asked for."""
    return shown.over(whole, text.session, text.near)


def _passed_over(whole: Configuration, text: Text) -> Configuration:
    """Sizes of other programs and what is only advised are named: last, as a heap that was taken is none of theirs."""
    taken = {one.line for one in whole.settings if one.written_as.startswith("-Xmx")}
    named = (*not_sparks.named(text.near, taken), *text.unheard)
    return replace(whole, ignored=(*whole.ignored, *named)) if named else whole


def _filled_in(whole: Configuration, text: Text) -> Configuration:
    """Where a value was filled in, or a sign of typography mended, the reader is told."""
    told = (*named_values.told(text.near), *typography.told(text.near))
    return replace(whole, remarks=(*whole.remarks, *told)) if told else whole


_OF_A_MANAGER = ("--num-executors", "--total-executor-cores")

def _near(step: Callable[[Configuration, str], Configuration]) -> Callable[[Configuration, Text], Configuration]:
    """A step that asks the text as any form reads it."""
    return lambda whole, text: step(whole, text.near)


OF_THE_WHOLE: tuple[Callable[[Configuration, Text], Configuration], ...] = (
    _other_jobs,
    _other_environments,
    _out_of_reach,
    _near(workers_environment.without_them),  # what a worker's container has is no application's
    _near(requested.with_overhead),  # what YARN was asked for says the overhead, where nothing sets it
    _near(requested.with_java_options),  # an executor's pod has its Java options word by word, in variables of their own
    _near(old_variables.lost_in_them),  # variables that Spark reads no longer lose their settings in any form
    _near(misnamed.named),  # names beside a setting's are in no form's hands, as no field or variable has them
    _near(thrift_server.with_its_heap),  # the Thrift server has a daemon's heap
    _near(zeppelin.without_its_heap),  # Zeppelin's variable for a heap does not reach the interpreter of Spark
    _near(fork_keys.with_them),  # what a pod's limit shows to have held is not lost
    _near(refused_there.with_refusals),  # what the text itself shows to be refused was tried, whatever else it says
    _near(fabric_sizes.with_sizes_not_offered),  # what the platform refuses never gets to Spark
    _near(started_without_master.without_them),  # a command that runs shows what was not handed on
    _near(submit_args.without_an_application),  # a variable with all that spark-submit is given may lack the application
    _near(pasted_file.without_doubt),  # what a command leaves to a file stands in it, or nowhere
    _near(options_refused.without_them),  # an option that a program says it does not take has set nothing
    _near(told_without_effect.without_them),  # whoever runs the job has seen what a setting does there
    _near(stated_limits.with_limits),  # sentences say what a cluster, a node or a container has
    _lost_limits,
    _cut_off,
    _not_handed_on,
    _near(clients_copy.without_its_limits),  # limits of YARN's in an application's own copy bind nobody
    _as_shown,
    _near(heap_shown.as_shown),  # a heap that is shown to be another is not the one that was set
    _passed_over,
    _filled_in,
    _near(reported.with_reports),  # what the text says that came of it stands beside all that is lost
)
