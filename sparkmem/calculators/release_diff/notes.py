"""What an expert would say of two releases."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.release_diff.inputs import PAGE
from sparkmem.subjects.releases.comparison import Answer


def notes_of(answers: list[tuple[str, Answer, Answer]], one: str, other: str) -> Iterator[Note]:
    """The notes on this answer."""
    for name, at_one, at_other in answers:
        refused = [release for release, answer in ((one, at_one), (other, at_other)) if answer.errors]
        if refused:
            yield Note(
                f"refused-{name}",
                f"{name} is refused by {' and by '.join(refused)}, so its figures are not compared.",
                PAGE + "#refusals", "warning",
            )  # fmt: skip
