"""Whose code a JVM was in when it crashed, by the problematic frame of its error report."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CRASHED = "jvm-crashed"
_FRAME = re.compile(
    r"#[ \t]{1,4}([CVjJv])[ \t]{1,4}(?:[0-9]{1,7}[ \t]{1,4}(?:[%!sbn][ \t]{1,4})?(?:[cC][12][ \t]{1,4})?)?"
    r"(?:\[([\w.+-]{1,80})\+0x[0-9a-f]{1,16}\])?[ \t]{0,4}([^\n]{0,120})"
)
_SIGNAL = re.compile(r"#[ \t]{1,4}(SIG[A-Z]{3,6}|EXCEPTION_[A-Z_]{4,40}|Internal Error)\b")
_HEADING = "Problematic frame:"
_OF_THE_JVM = ("libjvm.", "jvm.dll")


def frame_of(id: str, lines: Iterable[str]) -> str:
    """The signal and the frame in a sentence, for a JVM that crashed; empty where the lines do not have the frame.

    >>> frame_of("jvm-crashed", ["#  SIGSEGV (0xb) at pc=0x7f", "# Problematic frame:", "# C  [liba.so+0x1e850]  a+0x10"])
    'The signal is SIGSEGV, and the frame is in liba.so: native code outside of the JVM.'
    """
    if id != _CRASHED:
        return ""
    signal, frame, heading = "", "", False
    for line in lines:
        if not frame and line.startswith("#"):
            signal = signal or next(iter(_SIGNAL.findall(line)), "")
            match = _FRAME.match(line) if heading else None
            frame = _said(match[1], match[2] or "", match[3]) if match else ""
            heading = _HEADING in line
    if not frame:
        return ""
    return f"The signal is {signal}, and the frame is {frame}." if signal else f"The frame is {frame}."


def _said(letter: str, library: str, name: str) -> str:
    """Where a frame is; the letters are those that the report itself explains."""
    if letter in "jJ":
        method = name.split("(")[0].split()
        return f"in Java's {method[-1] if method else 'code'}: code of Java, and mostly something native that it called"
    if letter in "Vv" or library.startswith(_OF_THE_JVM):
        return f"in {library or 'the JVM'}: the JVM's own code"
    return f"in {library}: native code outside of the JVM" if library else "in native code outside of the JVM"
