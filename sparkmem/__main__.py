"""The command line: ``sparkmem COMMAND`` or ``sparkmem CALCULATOR``, each with a ``--help`` of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches

from sparkmem.calculators import CALCULATORS
from sparkmem.commands import COMMANDS
from sparkmem.commands.answer import calculator_command
from sparkmem.commands.command import SEE, called
from sparkmem.commands.overview import overview
from sparkmem.errors import BadInputs, InputError
from sparkmem.render.text import errors_text
from sparkmem.requests.streams import guarded
from sparkmem.version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: what the command returns, or 2 with the errors on standard error."""
    return guarded(lambda: _run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview(), end="")
        return 0 if words else 2
    if words[0] == "--version":
        print(f"sparkmem {__version__}")
        return 0
    try:
        name = words[0]
        if name in COMMANDS:
            return called(COMMANDS[name], words[1:])
        if name in CALCULATORS:
            return called(calculator_command(name), words[1:])
        raise BadInputs([_unknown(name)])
    except BadInputs as bad:
        print(errors_text(bad.errors), file=sys.stderr)
        return 2


def _unknown(name: str) -> InputError:
    names = [*COMMANDS, *CALCULATORS]
    near = get_close_matches(name[:80], names, 1, 0.6)
    change = f"did you mean {near[0]}?" if near else f"write one of {', '.join(names)}"
    return InputError("", f"{name[:80]!r} is no command", SEE, change=change)


if __name__ == "__main__":
    sys.exit(main())
