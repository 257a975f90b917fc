"""The text of a job, from files, standard input, or words of a command line that name none."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import exists
from pathlib import Path

from sparkmem.commands.command import SEE
from sparkmem.errors import BadInputs, InputError
from sparkmem.requests.plain_text import input_text, whole_text


def text_of(names: Sequence[str]) -> str:
    """What these files hold; of several, each between fences of its own, as one text."""
    texts = [_file(name) for name in names]
    return texts[0] if len(texts) == 1 else "".join(f"~~~~~~\n{text.rstrip()}\n~~~~~~\n" for text in texts)


def _file(name: str) -> str:
    """What a file holds, or standard input, or the words themselves that name none; ``BadInputs`` where that is no text."""
    if (name[:1] in ("[", "{") or any(map(str.isspace, name))) and not exists(name):
        return name
    if name == "-":
        return input_text()
    try:
        with Path(name).open("rb") as file:
            return whole_text(file, name)
    except (OSError, ValueError) as error:
        said = f"{name}: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise BadInputs([InputError("text", said, SEE, change="name a file that can be read, or -")]) from None
