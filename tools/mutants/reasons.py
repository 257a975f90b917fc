"""Changes that no test can notice, and why: equivalent.toml."""

import tomllib
from functools import cache
from pathlib import Path

from .made import Mutant

PATH = Path(__file__).parent / "equivalent.toml"


@cache
def reasons() -> dict[tuple[str, str, str], str]:
    """By function, and the lines before and after."""
    rows = tomllib.loads(PATH.read_text())["equivalent"]
    return {(row["function"], row["before"].strip(), after.strip()): row["reason"] for row in rows for after in row["after"]}


def reason(mutant: Mutant) -> str:
    """Why this one makes no difference; empty where nobody has said so."""
    return reasons().get((f"{mutant.module}.{mutant.function}", *mutant.lines()), "")
