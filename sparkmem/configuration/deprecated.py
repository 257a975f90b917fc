"""Keys that a release does not take as they stand: deprecated, or ignored beside another that is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sparkmem.spark.settings.key_table import LEGACY_SWITCH
from sparkmem.spark.settings.keys import DEPRECATED, IGNORED, About, about

_STATIC_ONLY = frozenset(
    f"spark.{name}"
    for name in (
        "storage.memoryFraction",
        "storage.safetyFraction",
        "storage.unrollFraction",
        "shuffle.memoryFraction",
        "shuffle.safetyFraction",
    )
)


def not_taken(values: Mapping[str, str], release: str) -> list[About]:
    """What is to be said of each such key among those that are set, with what to write instead."""
    return [remark for key in values if (remark := _about(key, values, release)).status in (DEPRECATED, IGNORED)]


def _about(key: str, values: Mapping[str, str], release: str) -> About:
    remark = about(key, release)
    if remark.status != DEPRECATED:
        return remark
    static = values.get(LEGACY_SWITCH, "false").strip().lower() == "true"
    if key in _STATIC_ONLY and not static:
        return replace(remark, status=IGNORED, text=f"Spark {release} ignores {key}: {LEGACY_SWITCH} is not true")
    if key not in _STATIC_ONLY and remark.replaced_by in values:
        text = f"Spark {release} ignores {key}: {remark.replaced_by} is set, and wins"
        return replace(remark, status=IGNORED, text=text)
    return remark
