"""``sparkmem write``: settings, or a configuration in any form, in; one form out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sparkmem.commands.command import Command
from sparkmem.commands.convert import GROUP, format_option, one_format, told
from sparkmem.requests.convert import written
from sparkmem.requests.plain_text import input_text

BELOW = """\
examples:
  echo '{"spark.executor.memory": "8g"}' | sparkmem write spark-defaults
  sparkmem read < submit.sh | sparkmem write emr-json"""
ABOUT = "Write settings in JSON, or a configuration in any form, from standard input in a form of your choice."


def _run(given: Namespace) -> int:
    format = given.formats

    def run() -> None:
        name = one_format(format, needed=True)
        sys.stdout.write(written(input_text(), name))

    return told("write", run)


def _options(parser: ArgumentParser) -> None:
    format_option(parser)


WRITE = Command("write", GROUP, ABOUT, _options, _run, BELOW, "FORMAT < FILE")
