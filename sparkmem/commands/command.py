"""What a command is, and how its words are read: by argparse, with errors that say what to write."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from textwrap import fill
from typing import Any, NoReturn

from sparkmem.errors import BadInputs, InputError

SEE = "explain/#command-line"
_COLUMNS = 80


@dataclass(frozen=True)
class Command:
    """One command: its line in ``sparkmem --help``, its options, what it does, what stands below its help, its usage."""

    name: str
    group: str
    about: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
    below: str = ""
    usage: str = "[OPTIONS]"


def called(command: Command, words: Sequence[str]) -> int:
    """What the command returns for these words, or 0 with its help printed; ``BadInputs`` where they are wrong."""
    parser = parser_of(command)
    words = joined(words, parser)
    if "-h" in words or "--help" in words:
        print(parser.format_help(), end="")
        return 0
    return command.run(parsed(parser, words))


def parser_of(command: Command) -> Parser:
    """The parser of a command, with its options."""
    parser = Parser(command.name, command.about, command.below)
    parser.usage = f"{parser.prog} {command.usage}"
    command.options(parser)
    return parser


class Parser(ArgumentParser):
    """Argparse's parser, which raises our own error and ends no process."""

    def __init__(self, name: str, about: str, below: str) -> None:
        super().__init__(
            prog=f"sparkmem {name}".rstrip(), description=fill(about, _COLUMNS), epilog=below,
            add_help=False, allow_abbrev=False, argument_default=SUPPRESS,
            formatter_class=partial(RawDescriptionHelpFormatter, width=_COLUMNS),
        )  # fmt: skip
        self.add_argument("-h", "--help", action="store_true", help="print this")

    def error(self, message: str) -> NoReturn:
        """Raise ``BadInputs`` with what argparse says."""
        option, lacks, _ = message.partition(": expected one argument")
        if lacks:
            name = option.rpartition("--")[2]
            raise BadInputs([InputError(name, f"--{name} has no value", SEE, change=f"write --{name} VALUE")])
        raise BadInputs([InputError(self.prog, message, SEE, change=f"see {self.prog} --help")])


class Once(Action):
    """The value of an option that may stand once."""

    def __call__(self, parser: ArgumentParser, namespace: Namespace, values: Any, option_string: str | None = None) -> None:
        if hasattr(namespace, self.dest):
            said = f"{option_string} is given twice"
            raise BadInputs([InputError(self.dest, said, SEE, change="leave one of the two out")])
        setattr(namespace, self.dest, values)


def joined(words: Sequence[str], parser: ArgumentParser) -> list[str]:
    """Each option in one word with its value, which may begin with a hyphen, as the JVM's flags do.

    >>> parser = Parser("x", "", "")
    >>> _ = parser.add_argument("--flags")
    >>> joined(["--flags", "-Xss4m", "job.sh", "--help"], parser)
    ['--flags=-Xss4m', 'job.sh', '--help']
    """
    switches = {name for action in parser._actions if action.nargs is not None for name in action.option_strings}
    found, rest = list[str](), iter(words)
    for word in rest:
        takes = word.startswith("--") and word != "--" and not any(one == "=" or one.isspace() for one in word)
        value = next(rest, None) if takes and word not in switches else None
        found.append(word if value is None else f"{word}={value}")
    return found


def parsed(parser: Parser, words: Sequence[str]) -> Namespace:
    """The words by name; ``BadInputs`` where one is no option of this command, with the one that may be meant."""
    found, others = parser.parse_known_args(list(words))
    if others:
        raise BadInputs([_unknown(parser, word) for word in others])
    return found


def _unknown(parser: Parser, word: str) -> InputError:
    name = word.partition("=")[0][:80]
    if not word.startswith("-"):
        return InputError("", f"{name!r} is not an option", SEE, change=f"see {parser.prog} --help")
    names = [one for action in parser._actions for one in action.option_strings]
    near = get_close_matches(name, names, 1, 0.6)
    change = f"did you mean {near[0]}?" if near else f"see {parser.prog} --help"
    return InputError(name.lstrip("-"), f"{parser.prog.rpartition(' ')[2]} has no option {name}", SEE, change=change)


def value(group: Any, name: str, metavar: str, about: str) -> None:
    """An option with a value, that may stand once."""
    group.add_argument(f"--{name}", action=Once, metavar=metavar, help=about.replace("%", "%%"), dest=name)
