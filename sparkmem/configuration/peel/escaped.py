"""A text that stands escaped on one line, as it is inside a string of JSON or in a log."""

from __future__ import annotations

import re

from sparkmem.configuration.piece import Piece

_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MEANT = {"n": "\n", "t": "\t", "r": "", '"': '"', "\\": "\\", "/": "/"}
_FEWEST = 2


def peel(piece: Piece) -> Piece:
    r"""The text with its line breaks, where the whole of it is one string; all its lines are that one.

    >>> peel(Piece('"a b 1\\nc d \\"2\\""')).text
    'a b 1\nc d "2"'
    """
    text = piece.text.strip()
    if "\\" not in text:
        return piece
    if "\n" in text:
        return _of_a_program(piece)
    whole = len(text) > 1 and text[0] == text[-1] == '"' and not re.search(r'(?<!\\)"', text[1:-1])
    if not whole and (text.count("\\n") < _FEWEST or re.search(r"(?<!\\)\"", text)):
        return piece
    plain = _ESCAPES.sub(_letter, text[1:-1] if whole else text)
    return Piece(plain, [1] * (plain.count("\n") + 1))


_TWO = re.compile(r"\\\\(?=[ \t]*$)", re.MULTILINE)
_ONE = re.compile(r"(?<!\\)\\[ \t]*$", re.MULTILINE)


def _of_a_program(piece: Piece) -> Piece:
    """A command inside a text of Groovy, Python or the like, where two backslashes at the end of a line are one."""
    if "\\\\" not in piece.text or len(_TWO.findall(piece.text)) < _FEWEST or _ONE.search(piece.text):
        return piece
    return Piece(_TWO.sub(lambda _: "\\", piece.text), piece.lines)


def _letter(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if not 0xD800 <= code < 0xE000 else " "
    return _MEANT.get(match[2], match[0])
