"""Runs first in the Python of generated.mjs, and keeps what dataclass and namedtuple compile."""

import collections
import marshal
import sys

FOUND: dict[tuple[str, str], bytes] = {}
"""Bytecode by module and text: two modules may come to the same text."""


def _kept(text: str, kind: str, module: str) -> object:
    code = compile(text, "<string>", kind, dont_inherit=True)
    FOUND[module, text] = marshal.dumps(code)
    return code


def _run(text: str, names: dict, local: dict) -> None:
    exec(_kept(text, "exec", names["__name__"]), names, local)


def _evaluated(text: str, names: dict) -> object:
    caller = sys._getframe(2)  # of namedtuple; typing.NamedTuple is one more away, and belongs to its caller
    while caller.f_globals["__name__"] == "typing":
        caller = caller.f_back
    return eval(_kept(text, "eval", caller.f_globals["__name__"]), names)


collections.eval = _evaluated

# What is imported from here on makes tuples and classes of its own.
import dataclasses  # noqa: E402

dataclasses.exec = _run

import base64  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402


def after(modules: str) -> str:
    """What was compiled until these modules (a list, as JSON) were imported."""
    for name in json.loads(modules):
        importlib.import_module(name)
    found = [(module, text, base64.b64encode(code).decode()) for (module, text), code in FOUND.items()]
    return json.dumps(found)
