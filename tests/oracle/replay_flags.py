"""Recorded options put to the model: what a JVM says where it does not start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sparkmem.jvm.refused import refused_options
from sparkmem.jvm.refused_flags import IGNORE

PROCESSORS = 2  # of the machine on which the JVMs were asked


def said(options: str, java: int) -> str:
    """The model's words; "" where it takes a JVM to start."""
    return refused_options(options, java, PROCESSORS)


def recorded(row: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Options, Java and the JVM's words, "" where it started; and the same with what passes over unknown flags."""
    for outcome in row["said"]:
        for java in outcome["java"]:
            text = outcome.get("says", "") if outcome["status"] else ""
            yield row["flags"], java, text
            other = outcome.get("ignoring")
            if other:
                passed = "" if other == "same" or not other["status"] else other.get("says", "")
                yield f"{IGNORE} {row['flags']}", java, text if other == "same" else passed
