"""What is wrong on a page in any look: on a phone and on a wide screen, in light and in dark colours."""

from __future__ import annotations

from accessible import OF_COLOURS, PHONE, axe, axe_in_both_schemes, prepare, too_wide_at
from kinds import thin, whole
from playwright.sync_api import Page

WIDE = 1280
ARTICLE = "article"


def faults_in_every_look(page: Page, known: set[int], within: str | None = None) -> dict[str, object]:
    """What is wrong on a page, or in a part of it, on a phone and on a wide screen, and there in light and in dark colours.

    The width that it has comes first: to change it costs half as much as to open a page.  Of the article axe is asked
    nothing of a kind that is `known`; kinds in which nothing is wrong join these.
    """
    faults: dict[str, object] = {}
    now = (page.viewport_size or {"width": PHONE})["width"]
    for width in (WIDE, PHONE) if now == WIDE else (PHONE, WIDE):
        faults |= too_wide_at(page, width)
        if width == WIDE:
            prepare(page)
            kinds = thin(page, known)
            found = axe_in_both_schemes(page, within)
            known |= kinds if not found else set()
            faults |= found
            whole(page)
    return faults


def faults_of_a_state(page: Page, known: set[int], within: str) -> dict[str, object]:
    """What axe finds in a part of a page that is in one state after the other, in light and in dark colours.

    Nothing is asked of a kind that is `known` from a state before; kinds in which nothing is wrong join these.
    """
    prepare(page)
    kinds = thin(page, known, "table")
    found = axe_in_both_schemes(page, within)
    whole(page)
    known |= kinds if not found else set()
    return found


def faults_on_a_phone(page: Page, known: set[int]) -> dict[str, object]:
    """What is wrong in a page's article on a phone, whatever its colours; of known kinds nothing."""
    faults = too_wide_at(page, PHONE)
    prepare(page)
    kinds = thin(page, known)
    if found := axe(page, ARTICLE, without=OF_COLOURS):
        faults["axe"] = found
    known |= kinds if not faults else set()
    return faults
