"""What an address says of the text that its settings are from: what was lost there, and is so still."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.lost_words import meant, told_again
from sparkmem.errors import BadInputs, InputError
from sparkmem.subjects.job.example import LOST_SETTINGS, PAGE


def with_earlier(found: Configuration, words: str) -> Configuration:
    """What was read, with what an address says of it; ``BadInputs`` where that is none of our words."""
    try:
        lost, said = told_again(words)
    except ConfigurationError as error:
        change = "take it out of the address"
        raise BadInputs([InputError(LOST_SETTINGS, error.message, PAGE + "#lost", change=change)]) from None
    known = {(one.id, meant(one)) for one in found.lost}
    return replace(
        found,
        lost=(*found.lost, *(one for one in lost if (one.id, meant(one)) not in known)),
        said=(*found.said, *said),
    )
