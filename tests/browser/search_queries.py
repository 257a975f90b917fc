"""What readers type into the search box, from tests/cases/search.toml, and how well an order of results answers it."""

import json
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.node import NODE

CASES = Path(__file__).parents[1] / "cases" / "search.toml"
BLIND = CASES.with_name("search-blind.toml")
TYPED = CASES.with_name("search-typed.toml")
FIRST, IN_THREE = 0.80, 0.95
"""Of all texts, the share whose right section has to come first, and among the first three."""


def queries(cases: Path = CASES) -> dict[str, list[str]]:
    """Each text that a section treats, and the sections that are right; `page/*` is any section of that page."""
    return {text: right for kind, texts in _cases(cases).items() if kind != "nothing" for text, right in texts.items()}


def nothing() -> list[str]:
    """Texts that nothing on the site treats."""
    return list(_cases(CASES)["nothing"])


def _cases(cases: Path) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(cases.read_text())


@contextmanager
def searching(folder: Path) -> Iterator[Callable[[Iterable[str]], list[dict[str, Any]]]]:
    """Asks the built search without a browser, in one Node that has read the index; what was asked is not asked again."""
    command = [NODE, CASES.parents[1] / "site" / "search.mjs", folder]
    answers: dict[str, dict[str, Any]] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin
        assert node.stdout

        def asked(texts: Iterable[str]) -> list[dict[str, Any]]:
            texts = list(texts)
            for text in texts:
                if text not in answers:
                    node.stdin.write(json.dumps(text) + "\n")
                    node.stdin.flush()
                    answers[text] = json.loads(node.stdout.readline())
            return [answers[text] for text in texts]

        yield asked
        node.stdin.close()


def hold(places: Iterable[tuple[str, Sequence[str]]], right: Mapping[str, Sequence[str]]) -> None:
    """Fails where too few texts lead to a right section; given are each text and the sections shown, in order."""
    ranks = {
        text: next((at for at, place in enumerate(shown, 1) if _is_right(place, right[text])), 99) for text, shown in places
    }
    assert ranks.keys() == right.keys()
    late = "\n".join(f"{rank}: {text}" for text, rank in ranks.items() if rank > 1)
    assert sum(rank <= 3 for rank in ranks.values()) >= IN_THREE * len(ranks), late
    assert sum(rank == 1 for rank in ranks.values()) >= FIRST * len(ranks), late


def _is_right(place: str, right: Sequence[str]) -> bool:
    return place in right or f"{place.partition('#')[0]}*" in right
