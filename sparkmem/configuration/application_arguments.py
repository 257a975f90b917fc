"""Lists that a document gives to the application itself, told by what stands beside them: its file or its class."""

from __future__ import annotations

from collections.abc import Collection

from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.program import Program
from sparkmem.configuration.submit_options import of_application

_LISTS = ("args", "arguments", "parameters", "argv", "programarguments", "scriptarguments")
_MAIN = (
    "mainpythonfileuri", "mainjarfileuri", "mainrfileuri", "mainclass", "mainclassname", "mainapplicationfile",
    "pythonfile", "entrypoint", "entryfilepath", "submitapp", "application", "applicationfile", "file", "sqlfile",
    "scriptlocation", "jarfile", "mainfile", "mainjar", "entry",
    "sparkjob", "executormemory", "drivermemory", "numexecutors",
)  # fmt: skip
"""How platforms call the file or the class that they run (Dataproc, Databricks, EMR, Livy, SageMaker, Synapse, CDE), and
fields for the sizes of processes, so that these are not among arguments."""
_MOST = 60


def is_of_application(label: str, beside: Collection[str]) -> bool:
    """Whether a list under that name, with these names beside it, is what the application is given.

    >>> is_of_application("args", ["main_python_file_uri"]), is_of_application("args", ["image", "command"])
    (True, False)
    """
    if of_application(label):
        return True
    return _plain(label) in _LISTS and any(_plain(name) in _MAIN for name in beside)


def names_beside(program: Program, at: int) -> list[str]:
    """The names of the fields or the arguments of which the token's bracket is one."""
    opener = program.opener[at]
    if opener < 0:
        return []
    found, place, end = [], opener + 1, program.closing[opener]
    for _ in range(_MOST):
        if place >= end:
            break
        token = program.tokens[place]
        if token.kind in (NAME, STRING) and token.text and program.text(place + 1) in (":", "="):
            found.append(token.text)
        place = program.closing.get(place, place) + 1
    return found


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
