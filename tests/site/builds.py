"""python builds.py FOLDER < TEXTS: builds the site of one page in a folder with each of these texts in turn.

Each build is the command `mkdocs build`, from the reading of mkdocs.yml to the exit status; all of them run in one
Python, which reads MkDocs, the theme and our macros once.  Texts and what comes of them (status, what was said) are JSON.
"""

import json
import os
import sys
from pathlib import Path

from click.testing import CliRunner
from mkdocs.__main__ import cli


def built(page: Path, text: str) -> tuple[int, str]:
    page.write_text(text)
    done = CliRunner().invoke(cli, ["build", "--site-dir", "site"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    print(json.dumps([built(Path("docs/index.md"), text) for text in json.load(sys.stdin)]))
