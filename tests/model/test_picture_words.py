"""Areas of a picture hold their words wherever any screen can show them, and are themselves never left out."""

import re

import pytest

from sparkmem.answer.breakdown import Breakdown
from sparkmem.render.picture import picture
from sparkmem.requests.evaluate import run

WIDEST, NARROWEST = 61, 3
"""How wide a bar can be [rem]: the theme's grid is 61 wide, and picture.css gives each bar 3."""
WORD = 4.2
"""From which width on picture.css shows the words of a part [rem]."""
AREA = re.compile(r'<span class="sm-(part|bracket)[^>]* data-row="([^"]*)"[^>]*>(<span>)?')


def totals(breakdown):
    yield breakdown
    for part in breakdown.parts:
        if isinstance(part, Breakdown):
            yield from totals(part)


def size(part):
    return sum(max(leaf.size_bytes or 0, 0) for leaf in part.leaves)


@pytest.mark.parametrize("memory", ["4g", "40g", "400g"])
def test_no_word_is_left_out_that_a_screen_can_show(memory):
    text = f"spark-submit --master yarn --deploy-mode client --executor-memory {memory} a.py"
    result, *_ = run({"calculator": "explain", "inputs": {"text": text}})
    drawn = [(kind, row, bool(words)) for kind, row, words in AREA.findall(picture(result.breakdowns, ""))]
    worded = {row for _, row, words in drawn if words}
    largest = max(size(bar) for bar in result.breakdowns)
    for bar in result.breakdowns:
        rem = max(NARROWEST, WIDEST * size(bar) / largest) / size(bar)
        assert {leaf.id for leaf in bar.leaves if leaf.size_bytes and leaf.size_bytes * rem >= WORD} <= worded
        assert {one.total.id for one in totals(bar)} <= worded
    every = {leaf.id for bar in result.breakdowns for leaf in bar.leaves if leaf.size_bytes}
    assert every <= {row for _, row, _ in drawn}
    assert len(worded) < len(drawn), "a rounding of a few bytes needs no word"
