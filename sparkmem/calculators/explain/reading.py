"""What a reader pasted or what an address holds, as the inputs of the calculators: what was taken, passed over, assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from sparkmem.answer.read import Read
from sparkmem.calculators.explain.above_the_node import PLATFORMS, above_the_node
from sparkmem.calculators.explain.clusters import SIZED_BY_THEM, of_the_cluster
from sparkmem.calculators.explain.idle import LOCAL, idle, idle_keys, sizes_first
from sparkmem.calculators.explain.losses import with_earlier
from sparkmem.configuration import Configuration, ConfigurationError, configuration
from sparkmem.configuration.carried import carried
from sparkmem.configuration.formats import read, write
from sparkmem.configuration.forms import FORMATS
from sparkmem.configuration.lost import IDLE_IN_LOCAL_MODE, NOT_IN_TEXT
from sparkmem.configuration.lost_words import MAXIMIZED, NOT_COMPUTED, SIZED_BY, in_words
from sparkmem.configuration.passed_over import (
    EARLIER,
    ELSEWHERE,
    NOT_ASKED,
    NOT_HANDED_ON,
    OTHER_DOCUMENT,
    OTHER_SESSION,
    SECOND_COMMAND,
)
from sparkmem.configuration.peel.typography import NOT_TYPED
from sparkmem.configuration.setting import Said
from sparkmem.configuration.words_of_local_mode import NO_MASTER
from sparkmem.errors import BadInputs, InputError
from sparkmem.record import record
from sparkmem.spark.ends.exit_codes import code_written
from sparkmem.subjects.job.example import EXAMPLE, LOST_SETTINGS, NO_SETTINGS, PAGE

ASKED = ("cluster-manager", "deploy-mode", "language", "release")

WRITTEN_BY = {
    "emr": "EMR writes it by the types of the cluster's instances, where the job does not set it",
    "dataproc": "Dataproc writes it by the machine type of its workers, where the job does not set it",
    "sagemaker": "SageMaker writes it by the type of the instances, where the job does not set it",
    "synapse": "it comes from the size of the pool's nodes, where the session does not set it",
    "fabric": "it comes from the size of the pool's nodes, where the session does not set it",
    "hdinsight": "the cluster's own configuration in Ambari sets it, where the job does not",
}
"""Who writes an executor's heap of their own where a job sets none, by vendor, so that Spark's default does not hold."""


_OF_NOTHING = "its value is not in the text, and it does nothing in local mode"


@record
class Reading:
    """The inputs that a text and the form come to, and where they are from.

    ``unknown`` are keys whose value the text does not hold, each with the reason; ``runs_on`` is what runs the job where
    that is not computed here; ``nothing`` is whether no size of any memory is set.
    """

    texts: Mapping[str, str]
    found: Configuration
    read: Read
    assumed: tuple[str, ...]
    unknown: Mapping[str, str]
    runs_on: str = ""
    nothing: bool = False
    overruled: Mapping[str, str] = field(default_factory=dict)
    """What the text says of inputs for which something else was given beside it, and that goes before it."""


_IN_AN_ADDRESS = (("local-cluster", "local"), ("databricks", "local"))
"""What runs the job, and the cluster manager that an address has beside it: any other has been chosen instead."""


def read_job(texts: Mapping[str, str]) -> Reading:
    """The inputs of a request; ``BadInputs`` where its text is in no format that is read."""
    own = {name: text for name, text in texts.items() if name != "text" and (text or name.startswith("spark."))}
    settings = {name: text for name, text in own.items() if carried(name)}
    earlier = own.pop(LOST_SETTINGS, "")
    given = NO_SETTINGS in own or bool(settings) or bool(earlier)
    example = "text" not in texts and not given
    found = _found(EXAMPLE if example else texts.get("text"), settings)
    if earlier:
        found = with_earlier(found, earlier)
    known = [setting for setting in found.settings if not setting.variables]
    unknown = {key: reason for key, reason in found.unknown.items() if key not in own}
    beside = found.circumstances.as_inputs() | of_the_cluster(found)
    from_text = beside | {setting.key: setting.value for setting in known}
    merged = {**from_text, **own}
    nothing = not any(is_size(name) for name in merged)
    without_lost = not nothing or found.settings or not found.lost
    if found.vendor in WRITTEN_BY and without_lost and SIZED_BY_THEM not in merged:
        unknown.setdefault(SIZED_BY_THEM, WRITTEN_BY[found.vendor])
    if not any(carried(name) for name in merged):
        merged[NO_SETTINGS] = "none"
    else:
        merged.pop(NO_SETTINGS, None)
    runs_on = _runs_on(found, nothing)
    if "cluster-manager" in own and (runs_on, own["cluster-manager"]) not in _IN_AN_ADDRESS:
        runs_on = ""
    of_nothing = set(idle_keys({"cluster-manager": merged.get("cluster-manager", ""), **unknown}))
    unknown = {key: reason for key, reason in unknown.items() if key not in of_nothing}
    # An address holds what counts and what was lost, also of one key; what is given beside a text goes before its losses.
    over = own if texts.get("text") else {}
    lost = tuple(one for one in found.lost if one.id != NOT_IN_TEXT and one.key not in over)
    lost += tuple(above_the_node(found, merged, runs_on)) if runs_on in PLATFORMS else ()
    carried_over = in_words(lost, unknown, runs_on, sized_by(found))
    merged |= {LOST_SETTINGS: carried_over} if carried_over else {}
    does_nothing = {one.key: one for one in idle(merged, found)}
    lost = tuple(one for one in lost if one.id != IDLE_IN_LOCAL_MODE or merged.get("cluster-manager") == LOCAL)
    name = FORMATS[found.format].name if found.format else ""
    no_master = "cluster-manager" not in own and any(one.words.endswith(NO_MASTER) for one in found.said if one.assumed)
    assumed = tuple(name for name in ASKED if name not in merged or (no_master and name == "cluster-manager"))
    return Reading(
        merged,
        found,
        Read(
            name,
            tuple((s.line, s.key, s.value) for s in known if s.key not in does_nothing)
            + tuple((0, key, text) for key, text in beside.items()),
            tuple((item.line, item.text, item.reason) for item in (*found.ignored, *found.remarks))
            + tuple((_line_of(found, key), key, _OF_NOTHING) for key in sorted(of_nothing)),
            example,
            "" if found.format else _as_text(found),
            tuple(sorted((*lost, *does_nothing.values()), key=lambda one: (one.line, sizes_first(one.key)))),
            tuple((_line_of(found, key), key, reason) for key, reason in unknown.items()),
            (*found.said, *(Said(name, "", assumed=True) for name in assumed if name not in merged)),
            _apart(found),
        ),
        assumed,
        unknown,
        runs_on,
        nothing,
        {} if example else {name: said for name, said in from_text.items() if name in own and own[name] != said},
    )


def _apart(found: Configuration) -> tuple[tuple[int, str, str], ...]:
    """Of what was passed over the jobs and files that are not read, a master not in the text, and what no shell takes."""
    unsaid = not found.circumstances.cluster_manager
    apart = (SECOND_COMMAND, OTHER_DOCUMENT, OTHER_SESSION, NOT_TYPED, EARLIER, NOT_ASKED, *ELSEWHERE)
    return tuple(
        (item.line, item.text, item.reason)
        for item in (*found.ignored, *found.remarks)
        if item.reason in apart
        or item.reason.startswith(NOT_HANDED_ON)
        or (unsaid and item.text == "spark.master" and item in found.ignored)
    )


def is_size(name: str) -> bool:
    """Whether a setting says how much memory a process or a part of its heap has, and not how large a buffer in it is.

    >>> [is_size(f"spark.{name}") for name in ("executor.memory", "driver.maxResultSize", "shuffle.file.buffer")]
    [True, True, False]
    """
    return carried(name) and bool(_OF_A_PROCESS.search(name))


_OF_A_PROCESS = re.compile(
    r"\.memory$|[mM]emoryOverhead|JavaOptions$|^spark\.memory\.|Fraction$|\.offHeap|^spark\.testing\.|tmpfs$|maxResultSize$"
)


def sized_by(found: Configuration) -> str:
    """What writes the sizes that the job leaves out, where the text or an address says so."""
    maximized = found.cluster.get(MAXIMIZED, "").strip().lower() == "true"
    return MAXIMIZED if maximized else found.value_said(SIZED_BY)


def _runs_on(found: Configuration, nothing: bool) -> str:
    """What runs the job, where that is not computed here, also a single node of a platform that sizes its heap itself.

    What a message or a key says of YARN does not outdo a vendor.
    """
    master, manager = found.value_said("master"), found.circumstances.cluster_manager
    told = [one.words.lower() for one in found.said if one.name == "cluster-manager"]
    passing = manager == "yarn" and told and not any("master" in words for words in told)
    own = passing or not manager or (nothing and _is_single_node(found))
    vendor = found.vendor if own else ""
    return next((kind for kind in (master, vendor) if kind in NOT_COMPUTED), "")


def _is_single_node(found: Configuration) -> bool:
    return (found.vendor, found.circumstances.cluster_manager) in _IN_AN_ADDRESS


def _line_of(found: Configuration, key: str) -> int:
    lines = [row.line for row in found.settings if row.key == key]
    lines += [row.line for row in found.lost if row.key == key and row.id == NOT_IN_TEXT]
    return lines[0] if lines else 0


def _found(text: str | None, settings: Mapping[str, str]) -> Configuration:
    try:
        return configuration(settings) if text is None else _read(text)
    except ConfigurationError as error:
        from sparkmem.configuration.unread import next_step  # here: most texts are read

        code = code_written(text or "")
        see = f"reference/exit-codes/#{code.id}" if code else PAGE + "#formats"
        change = f"see what exit code {code.code} means, or enter settings" if code else next_step(text or "")
        raise BadInputs([InputError("text", error.message, see, change=change)]) from None


@lru_cache(maxsize=2)  # most edits are of a field, and the text is what it was
def _read(text: str) -> Configuration:
    return read(text, in_force=True)


def _as_text(found: Configuration) -> str:
    """The settings of an address as a text that reads the same; empty where no file of defaults can hold them."""
    try:
        return write(found, "spark-defaults")
    except ConfigurationError:
        return ""
