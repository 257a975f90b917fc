"""What an expert would say of two releases."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.release_diff.inputs import PAGE
from sparkmem.subjects.releases.comparison import Answer


def notes_of(
    answers: list[tuple[str, Answer, Answer]], one: str, other: str, earlier: tuple[str, int] | None
) -> Iterator[Note]:
    """The notes on this answer; ``earlier`` is the newest release before both that says otherwise, and how often."""
    if earlier:
        release, count = earlier
        yield Note(
            "earlier",
            f"Spark {release} is the newest earlier release that says otherwise:"
            f" in {count} place{'s' if count > 1 else ''}.",
            PAGE + "#compared",
        )  # fmt: skip
    for name, at_one, at_other in answers:
        refused = [release for release, answer in ((one, at_one), (other, at_other)) if answer.errors]
        if refused:
            yield Note(
                f"refused-{name}",
                f"{name} is refused by {' and by '.join(refused)}, so its figures are not compared.",
                PAGE + "#refusals", "warning",
            )  # fmt: skip
