"""Variables of an application in the environment of a standalone worker's container, where nothing reads them.

An executor's heap is what its application asks for: ``SPARK_EXECUTOR_MEMORY`` is read where that is submitted
(``SparkSubmitArguments.loadEnvironmentArguments``) and by its driver (``SparkContext``), and not by a worker.
"""

from __future__ import annotations

import re

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, NOT_HANDED_ON
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import ENVIRONMENT

_A_WORKER = re.compile(
    r"\bSPARK_MODE[\"']?(?:[ \t]{0,3}[=:]|[\s,]{1,40}[\"']?value[\"']?:)[ \t]{0,3}[\"']?worker\b"
    r"|\bdeploy\.worker\.Worker\b|\bstart-(?:worker|slave)\.sh\b"
)
_INTO = re.compile(r"\b(?:exec|run)\b[^\n]{0,120}\bspark-submit\b")
"""A command that is run in such a container has its variables."""
_ENVIRONMENT = re.compile(r"[ \t-]*[\"']?env(?:ironment)?[\"']?[ \t]*:")
_OF_WORKER = "a worker's container keeps it, and the application has its own"
_MOST = 200


def without_them(whole: Configuration, text: str) -> Configuration:
    """The same without such variables, each as lost."""
    named = [one for one in whole.settings if one.written_as in ENVIRONMENT]
    if not named or not _A_WORKER.search(text) or _INTO.search(text):
        return whole
    lines = text.split("\n")
    said, see = LOST[NOT_HANDED_ON]
    for one in named:
        if 0 < one.line <= len(lines) and _A_WORKER.search("\n".join(_container(lines, one.line - 1))):
            write = f"write {ENVIRONMENT[one.written_as]} among the options of the command that submits the application"
            words = f"{said.partition(':')[0]}: {_OF_WORKER}"
            whole = whole.losing(one, Lost(NOT_HANDED_ON, one.line, one.key, words, write, see))
    return whole


def _container(lines: list[str], at: int) -> list[str]:
    """The lines of the container whose environment holds a line, by how far they are indented; none outside of YAML."""
    head = next((n for n in range(at, max(-1, at - _MOST), -1) if _ENVIRONMENT.match(lines[n])), -1)
    if head < 0:
        return []
    margin = _indent(lines[head])
    first, last = head, head
    while first > 0 and (not lines[first - 1].strip() or _indent(lines[first - 1]) >= margin):
        first -= 1
    while last + 1 < len(lines) and (not lines[last + 1].strip() or _indent(lines[last + 1]) >= margin):
        last += 1
    return lines[first : last + 1]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
