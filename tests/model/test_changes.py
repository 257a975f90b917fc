"""What changed between releases: the list itself, and that each claim on a row or a text can be seen in an answer."""

import itertools

from sparkmem.release import RELEASES
from sparkmem.spark.changes.between import CHANGES, changes_between
from tests.rows import each


def test_each_change_has_an_id_of_its_own_and_a_witness():
    assert len({change.id for change in CHANGES}) == len(CHANGES)
    for change in CHANGES:
        assert change.since in RELEASES
        assert change.label
        assert change.text
        source = change.source()
        assert source is None or source.url.startswith("https://github.com/apache/spark/blob/v")
    assert [change.id for change in CHANGES if change.source() is None] == ["java-taken"]


def test_changes_are_in_the_order_of_releases():
    order = list(RELEASES)
    assert [order.index(c.since) for c in CHANGES] == sorted(order.index(c.since) for c in CHANGES)


@each(itertools.product(RELEASES, RELEASES))
def test_the_way_back_is_the_same_way(way):
    older, newer = way
    assert changes_between(older, newer) == changes_between(newer, older)
    assert (changes_between(older, newer) == ()) or older != newer


def test_steps_add_up_to_the_whole_way():
    names = list(RELEASES)
    steps = [change for one, other in itertools.pairwise(names) for change in changes_between(one, other)]
    assert tuple(steps) == changes_between(names[0], names[-1]) == CHANGES


def test_no_figure_and_no_refusal_changed_in_3_4():
    assert [(change.rows, change.words) for change in changes_between("3.3", "3.4")] == [((), "")]
