"""``sparkmem read``: a configuration in, its settings as JSON out."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from sparkmem.commands.command import Command, value
from sparkmem.commands.convert import GROUP, format_option, one_format, told
from sparkmem.requests.convert import read_text
from sparkmem.requests.plain_text import input_text

BELOW = """\
examples:
  sparkmem read < submit.sh
  sparkmem read emr-json --release 3.5 < configurations.json"""


def _options(parser: ArgumentParser) -> None:
    format_option(parser)
    value(parser, "release", "RELEASE", "of Spark, whose keys are judged; else the one that the text names, else the newest")


def _run(given: Namespace) -> int:
    text = input_text()

    def run() -> None:
        found = read_text(text, one_format(given.formats, needed=False), getattr(given, "release", ""))
        print(json.dumps(found, indent=2))

    return told("read", run)


ABOUT = "Read a configuration from standard input, and write what it sets as JSON."
READ = Command("read", GROUP, ABOUT, _options, _run, BELOW, "[FORMAT] [OPTIONS] < FILE")
