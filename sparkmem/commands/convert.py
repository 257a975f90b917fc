"""What ``sparkmem read`` and ``sparkmem write`` have in common: the name of a format, and how faults of a text are told."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence

from sparkmem.configuration import FORMATS, ConfigurationError

GROUP = "other forms of a configuration"


def format_option(parser: ArgumentParser) -> None:
    """The name of a format."""
    parser.add_argument("formats", metavar="FORMAT", nargs="*", default=[], help=f"one of {', '.join(FORMATS)}")


def one_format(formats: Sequence[str], needed: bool) -> str:
    """The one that was named, or none where none is needed."""
    if len(formats) > 1 or (needed and not formats):
        raise ConfigurationError(f"name one format of {', '.join(FORMATS)}")
    return "".join(formats)


def told(name: str, run: Callable[[], None]) -> int:
    """0, or 2 with what is wrong with the text on standard error."""
    try:
        run()
    except ConfigurationError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return 0
