"""``sparkmem --help``: every command and calculator in its group, and examples."""

from __future__ import annotations

from itertools import groupby

from sparkmem.calculators import CALCULATORS
from sparkmem.commands import COMMANDS
from sparkmem.commands.command import Parser

_EXAMPLES = """\
examples:
  sparkmem explain submit.sh
  sparkmem executor-memory --spark.executor.memory 8g
  sparkmem fit-node --help

sparkmem COMMAND --help has the options of each, examples and its exit status."""


def overview() -> str:
    """The help of the whole."""
    parser = Parser("", "What is in the memory of a Spark job, to the byte, release by release.", "")
    parser.usage = "sparkmem COMMAND [OPTIONS]"
    parser.add_argument("--version", action="store_true", help="print the version")
    groups = [(title, [(c.name, c.about) for c in found]) for title, found in groupby(COMMANDS.values(), lambda c: c.group)]
    asked = [(id, calculator.question) for id, calculator in CALCULATORS.items() if id not in COMMANDS]
    groups.append(("one question", asked))
    width = max(len(name) for _, rows in groups for name, _ in rows) + 2
    for title, rows in groups:
        parser.add_argument_group(title, "\n".join(_entry(name, about, width) for name, about in rows))
    parser.epilog = _EXAMPLES
    return parser.format_help()


def _entry(name: str, about: str, width: int) -> str:
    """A name and what it is, in 80 columns, of which argparse takes two."""
    lines, line = list[str](), f"{name:<{width}}"
    for word in about.split():
        if len(line) + len(word) >= 78:
            lines, line = [*lines, line.rstrip()], " " * width
        line += f"{word} "
    return "\n".join([*lines, line.rstrip()])
