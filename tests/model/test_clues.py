"""A word of each clue stands in whatever its pattern matches, so that what is looked for first hides nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.configuration.forms import FORMATS
from sparkmem.configuration.labels import _LABELS
from sparkmem.configuration.telling import _SIGNS

CLUES = [*(told for _, _, told in _SIGNS), *(told for told, _ in _LABELS), *(form.telling for form in FORMATS.values())]


@pytest.mark.parametrize("told", CLUES, ids=lambda told: told.pattern.pattern[:40])
@settings(max_examples=4)
@given(data=st.data())
def test_no_match_is_without_its_words(told, data):
    text = data.draw(st.from_regex(told.pattern, alphabet=st.characters(max_codepoint=126)))
    assert told.search(text) or not told.pattern.search(text)
