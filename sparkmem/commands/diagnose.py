"""``sparkmem diagnose``: the text of a failure, of any size, and its first cause."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sparkmem.commands.command import Command
from sparkmem.diagnosis.diagnose import diagnosed, diagnosed_stream
from sparkmem.errors import BadInputs, InputError
from sparkmem.render.diagnosis import diagnosis_markdown, diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict, redaction_for
from sparkmem.requests.plain_text import NoTextError, binary, pieces

SEE = "what-happened/#command-line"
BELOW = """\
Causes come first, then what follows from them.  A log is read in one go, and
takes no more memory however long it is; packed (gzip, zstd, LZ4, Snappy, zip)
or in UTF-16 as well.

examples:
  sparkmem diagnose driver.log
  kubectl describe pod app-exec-1 | sparkmem diagnose -
  yarn logs -applicationId APPLICATION | sparkmem diagnose - --markdown
  sparkmem diagnose "Command exited with code 137"

exit status:
  0  the text was read, whatever it says
  2  it cannot be read"""


def _options(parser: ArgumentParser) -> None:
    about = "files with what was logged, read one after the other; - is standard input; or the text itself, quoted"
    parser.add_argument("files", nargs="*", metavar="FILE", help=about, default=[])
    group = parser.add_argument_group("what is told")
    group.add_argument("--json", action="store_true", help="all of it, for programs")
    group.add_argument("--markdown", action="store_true", help="for an incident's channel or a postmortem, without names")
    group.add_argument("--names", action="store_true", help="with --markdown: leave hosts, users and addresses in")


def _run(given: Namespace) -> int:
    begun: dict[str, bytes] = {}
    found = diagnosed_stream(_reader(given.files or ["-"], begun))
    if not (found.findings or found.harmless or found.moments):
        for name, first in begun.items():
            if said := binary(first):
                raise _unreadable(name, NoTextError(said))
    hidden = hasattr(given, "markdown") and not hasattr(given, "names")
    told = diagnosis_dict(found, redaction_for(found) if hidden else None)
    if hasattr(given, "json"):
        print(json.dumps(told, indent=2))
    elif hasattr(given, "markdown"):
        print(diagnosis_markdown(told), end="")
    else:
        print(diagnosis_text(told))
    return 0


def _reader(names: Sequence[str], begun: dict[str, bytes]) -> Callable[[int], bytes]:
    """What reads the texts of the files one after the other, a piece at a time; each begins a line.

    ``begun`` gets the first bytes of each.
    """
    waiting = [(name, _opened(name)) for name in names]

    def texts() -> Iterator[bytes]:
        for number, (name, file) in enumerate(waiting):
            yield b"\n" if number else b""
            try:
                with file:
                    for piece in pieces(file):
                        begun.setdefault(name, piece)
                        yield piece
            except (OSError, NoTextError) as error:
                raise _unreadable("standard input" if name == "-" else name, error) from None

    found = filter(None, texts())
    held = bytearray()

    def read(many: int) -> bytes:
        while len(held) < many and (piece := next(found, b"")):
            held.extend(piece)
        out = bytes(held[:many])
        del held[:many]
        return out

    return read


def _opened(name: str) -> BinaryIO:
    """A file, standard input, or the words themselves that name no file: several, or one that means something, as 137."""
    if name == "-":
        if sys.stdin is None:
            raise BadInputs([InputError("", "standard input is closed: nothing can be read from it", SEE)])
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        if any(map(str.isspace, name)) or diagnosed(name).findings:
            return BytesIO(name.encode("utf-8", "replace"))
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: Exception) -> BadInputs:
    said = str(error) if isinstance(error, NoTextError) else "that is no name of a file"
    said = (error.strerror or said) if isinstance(error, OSError) else said
    return BadInputs([InputError("", f"{name}: {said}", SEE, change="name a file that can be read, or -")])


DIAGNOSE = Command(
    "diagnose", "a whole job", "Read the text of a failure, whatever it is, and name its first cause.",
    _options, _run, BELOW, "[FILE ...] [OPTIONS]",
)  # fmt: skip
