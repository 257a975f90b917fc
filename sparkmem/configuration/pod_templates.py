"""Sizes of memory in a pod's template, over which Spark puts its own.

``BasicExecutorFeatureStep`` and ``BasicDriverFeatureStep`` add requests and limits of memory, heap and overhead together,
to the resources of the container that the template has under the name of ``Constants``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sparkmem.configuration.lost import IN_A_TEMPLATE, LOST
from sparkmem.configuration.setting import Lost

_CONTAINER = re.compile(r"\bname[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?spark-kubernetes-(driver|executor)\b")
_NEXT = re.compile(r"^[ \t]*-[ \t]+[\"']?name[\"']?:|^---", re.MULTILINE)
_MEMORY = re.compile(r"\bmemory[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?[0-9]{1,9}(?:\.[0-9]{1,3})?[kKMGTmgt]?i?\b")
_MOST, _NEAR = 20, 1500


def sizes_in_templates(text: str) -> Iterator[Lost]:
    """Each process whose template has memory among its resources.

    >>> pod = "podTemplateFile: t.yaml\\n- name: spark-kubernetes-executor\\n  resources: {limits: {memory: 16Gi}}"
    >>> [(one.key, one.line) for one in sizes_in_templates(pod)]
    [('spark.executor.memory', 3)]
    """
    if "emplate" not in text or "spark-kubernetes-" not in text:
        return
    words, see = LOST[IN_A_TEMPLATE]
    for container in islice(_CONTAINER.finditer(text), _MOST):
        end = container.end() + _NEAR
        behind = _NEXT.search(text, container.end(), end)
        if size := _MEMORY.search(text, container.end(), behind.start() if behind else end):
            line = text.count("\n", 0, size.start()) + 1
            key = f"spark.{container[1]}.memory"
            yield Lost(IN_A_TEMPLATE, line, key, words, f"set {key} and {key}Overhead, which make up the pod's size", see)
