"""Keys of the fork that ran Spark on Kubernetes before Spark did: where the text shows it, they count.

It had ``spark.kubernetes.driver.memoryOverhead`` and the same of executors (apache-spark-on-k8s/spark, ``Config.scala`` of
``resource-managers/kubernetes/core``); Spark's own releases have none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.setting import Ignored, Said, Setting
from sparkmem.size import SizeError, byte_string_as_mb

_GIVEN = clue(
    (".memoryOverhead",),
    r"\bspark\.kubernetes\.(?P<process>driver|executor)\.memoryOverhead[\"']?[=: \t]{1,6}[\"']?"
    r"(?P<value>[0-9]{1,6}[kKmMgG]?)\b",
)
_OF_THE_FORK = re.compile(r"\bkubespark/|\bspark\.kubernetes\.(?:driver|executor|initcontainer)\.docker\.image\b")
_LIMITS = re.compile(
    r"\b[lL]imits:[ \t]*\n(?:[ \t]{1,40}[\w./-]{1,40}:[^\n]{0,40}\n){0,3}?"
    r"[ \t]{1,40}memory:[ \t]{0,20}[\"']?(?P<size>[0-9]{1,6})(?P<unit>[KMG])i\b"
    r"|\blimit (?P<kib>[0-9]{6,12})kB\b"
)
_UNITS = {"K": 1 / 1024, "M": 1, "G": 1024}
_HELD = "a key of the fork for Kubernetes, which holds there: the text shows it"
_MOST = 20


def with_them(whole: Configuration, text: str) -> Configuration:
    """The same with such an overhead in the place of what was lost, where a pod's limit is the heap and it together."""
    given = {match["process"]: match for match in islice(_GIVEN.finditer(text), _MOST)}
    if not given or not (_OF_THE_FORK.search(text) or _is_shown(whole, given, text)):
        return whole
    settings = list(whole.settings)
    kept = list(whole.lost)
    for process, match in given.items():
        key, line = f"spark.{process}.memoryOverhead", text.count("\n", 0, match.start()) + 1
        name = f"spark.kubernetes.{process}.memoryOverhead"
        if key not in whole.values and shaped(match["value"]):
            settings.append(Setting(key, match["value"], line, name))
        kept = [one for one in kept if one.key not in (key, name)]
    remarks = (*whole.remarks, *(Ignored(one.line, one.written_as, _HELD) for one in settings[len(whole.settings) :]))
    whole = replace(whole, settings=tuple(settings), lost=tuple(kept), remarks=remarks)
    return whole if whole.circumstances.deploy_mode else _in_cluster_mode(whole, next(iter(given.values())))


def _in_cluster_mode(whole: Configuration, told: re.Match[str]) -> Configuration:
    """The same in the one deploy mode that the fork had."""
    line = told.string.count("\n", 0, told.start()) + 1
    said = Said("deploy-mode", "cluster", line, "a key of the fork for Kubernetes")
    return replace(whole, circumstances=replace(whole.circumstances, deploy_mode="cluster"), said=(*whole.said, said))


def _is_shown(whole: Configuration, given: dict[str, re.Match[str]], text: str) -> bool:
    """Whether a limit in the text is what one of them and the heap beside it come to."""
    limits = {round(mib) for mib in _limits(text)}
    for process, match in given.items():
        try:
            asked = byte_string_as_mb(whole.values.get(f"spark.{process}.memory", "1g")) + byte_string_as_mb(match["value"])
        except SizeError:
            continue
        if asked in limits:
            return True
    return False


def _limits(text: str) -> Iterator[float]:
    for match in islice(_LIMITS.finditer(text) if "imit" in text else (), _MOST):
        yield int(match["kib"]) / 1024 if match["kib"] else int(match["size"]) * _UNITS[match["unit"]]
