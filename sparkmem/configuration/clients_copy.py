"""What an application's own copy of Hadoop's settings says of the cluster: on the Environment page, and in its event log.

It holds the defaults of a client that has no file for them, 8192 MiB for the largest container first of all, and it
stands there because the application runs.  What YARN grants at most it says itself when an application is submitted
(``verifyClusterResources`` in v4.3.0 resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/Client.scala).
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.environment_rows import FORMAT as ENVIRONMENT
from sparkmem.configuration.setting import Ignored, Said

_COPIED = re.compile(r"\bhadoopProperties\b|\bHadoop Properties\b")
_LIMITS = ("yarn.scheduler.maximum-allocation-mb", "yarn.nodemanager.resource.memory-mb")
_MIB = re.compile(r"[0-9]{1,9}")
COPIED_MOST = "copied-maximum"
_WHY = "the application's copy: YARN's own decides, and the application runs"


def without_its_limits(whole: Configuration, text: str) -> Configuration:
    """The same without limits of YARN's that an application only has a copy of, each named among what is left out."""
    copied = [key for key in _LIMITS if key in whole.cluster]
    if not copied or not (whole.format == ENVIRONMENT or _COPIED.search(text)):
        return whole
    kept = {key: value for key, value in whole.cluster.items() if key not in copied}
    most = kept_as_said(whole, text)
    named = tuple(Ignored(text.count("\n", 0, max(0, text.find(key))) + 1, key, _WHY) for key in copied)
    return replace(whole, cluster=kept, ignored=(*whole.ignored, *named), said=(*whole.said, *most))


def kept_as_said(whole: Configuration, text: str) -> tuple[Said, ...]:
    """The largest container by that copy, for what is said beside the verdict; it refuses nothing."""
    value = whole.cluster.get(_LIMITS[0], "").strip()
    at = max(0, text.find(_LIMITS[0]))
    return (Said(COPIED_MOST, f"{value}m", text.count("\n", 0, at) + 1, _LIMITS[0]),) if _MIB.fullmatch(value) else ()
