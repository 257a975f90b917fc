"""The template of a memory incident's postmortem, with addresses of this site that a test finds again in the built site."""

from __future__ import annotations

from typing import Any

_TEMPLATE = """\
# <What failed, for whom, when>

Spark <release>, Java <version>, <YARN, Kubernetes or standalone>, <client or cluster mode>

## Summary
<Two sentences: what ran out, and why it ran out that day.>

## Impact
<What was late, wrong or lost, and for how long.>

## What was seen
- <log line of the executor or driver, verbatim>
- Exit code <code>: {exit-codes}
- Killed by <YARN, Kubernetes, the kernel, the JVM>; who writes what where: {who}

## What ran out
<One of these, with its figure and its limit>
- heap of the executor, <used> of <-Xmx>: {heap}
- heap of the driver, <used> of <-Xmx>: {driver}
- container, <resident> of <limit>; the limit is made of: {container}
- limit of a Python worker, <limit>: {python}
- execution memory of one task: {task}

## Numbers before and after
- Requested and granted with the settings of that day: {request}?release=<release>&<settings>
- The same with the new settings: {request}?release=<release>&<settings>
- If an upgrade came before it: {diff}?release=<old>&other-release=<new>&<settings>

## Root cause and trigger
<Cause: what made it possible. Trigger: what was different that day.>

## What we believed, and what is so
- <belief>: {claims}claim-<id>/

## What went well, what did not
<Detection, diagnosis, who was woken.>

## Actions
- [ ] <setting>: <old> to <new>, because <section>: {keys}<key>/
- [ ] what we will measure next time: {measure}

## Timeline
- <time> <event>
"""

ADDRESSES = {
    "exit-codes": "go/exit-codes.by-code/",
    "who": "go/where-to-look.runs-out/",
    "heap": "go/jvm-heap.runs-out/",
    "driver": "go/driver-memory.runs-out/",
    "container": "go/containers.how-big/",
    "python": "go/pyspark-memory.limit/",
    "task": "go/task-memory.runs-out/",
    "request": "calculators/container-request/",
    "diff": "calculators/release-diff/",
    "claims": "go/",
    "keys": "go/",
    "measure": "go/where-to-look.what-to-change/",
}


class Postmortem:
    """The macro that fills in where the site lies."""

    def __init__(self, env: Any) -> None:
        self._env = env

    def template(self) -> str:
        """The template, its addresses complete."""
        site = str(self._env.conf["site_url"]).rstrip("/") + "/"
        filled = _TEMPLATE
        for name, address in ADDRESSES.items():
            filled = filled.replace(f"{{{name}}}", site + address)
        return filled.rstrip()
