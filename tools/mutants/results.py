"""What became of each change, kept from one run to the next."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from .made import Mutant

NOTICED, SURVIVED, UNREACHED, UNTRIED = "noticed", "survived", "reached by no test", "not tried"


class Results:
    """Verdicts by the name of the change and the text of the function: another text is another change."""

    def __init__(self, path: Path, *, anew: bool = False) -> None:
        self._path = path
        if anew:
            path.unlink(missing_ok=True)
        self._verdicts: dict[str, str] = {}
        self.noticing: Counter[tuple[str, str]] = Counter()
        """How often a test, by its id, noticed a change of a function."""
        for line in path.read_text().splitlines() if path.exists() else ():
            key, verdict, *test = json.loads(line)
            self._verdicts[key] = verdict
            self.noticing.update((key.partition(" ")[0], id) for id in test)

    def of(self, mutant: Mutant) -> str:
        return self._verdicts.get(_key(mutant), UNTRIED)

    def add(self, mutant: Mutant, verdict: str, test: str = "") -> None:
        """Kept at once, with the test that noticed it: a run may be stopped at any time."""
        self._verdicts[_key(mutant)] = verdict
        row = [_key(mutant), verdict, test] if test else [_key(mutant), verdict]
        with self._path.open("a") as file:
            file.write(json.dumps(row) + "\n")


def _key(mutant: Mutant) -> str:
    return f"{mutant.module}.{mutant.function} {sha256((mutant.before + mutant.after).encode()).hexdigest()[:16]}"
