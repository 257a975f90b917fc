"""Shipped with the page's standard library, where Python runs it before anything else.

`dataclass` and `namedtuple` write functions as text and compile them, each time that Python starts: that is half of
what importing sparkmem costs, and it wakes a compiler that nothing else here needs.  The texts are known when the
runtime is made, so their bytecode lies in each archive beside the modules (see generated.py); a text that is not there
is compiled as ever.
"""

import collections
import marshal
import sys

NAME = "generated"
_CODE: dict[str, bytes] = {}


def entries(data: bytes) -> dict[str, bytes]:
    """Bytecode by text: each text and each bytecode follows its length in four bytes."""
    pieces, start = [], 0
    while start < len(data):
        end = start + 4 + int.from_bytes(data[start : start + 4], "little")
        pieces.append(data[start + 4 : end])
        start = end
    return {text.decode(): code for text, code in zip(pieces[::2], pieces[1::2])}  # noqa: B905


def compiled(text: str) -> object:
    """The code that the text is compiled to, or the text."""
    if text not in _CODE:
        # One more archive may be here by now, or one may hold more than it did.
        for importer in sys.path_importer_cache.values():
            try:
                _CODE.update(entries(importer.get_data(NAME)))
            except (AttributeError, ImportError, OSError):
                continue  # a folder, or an archive without
    code = _CODE.get(text)
    return marshal.loads(code) if code else text


def _run(text: str, names: dict, local: dict) -> None:
    exec(compiled(text), names, local)


def _evaluated(text: str, names: dict) -> object:
    return eval(compiled(text), names)


collections.eval = _evaluated

import dataclasses  # noqa: E402  it makes tuples of its own

dataclasses.exec = _run
