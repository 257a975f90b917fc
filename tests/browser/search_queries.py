"""What readers type into the search box, from tests/cases/search.toml, and how well an order of results answers it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases" / "search.toml"
BLIND = CASES.with_name("search-blind.toml")
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
