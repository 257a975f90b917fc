"""What would change, as it stands in the page at build time: for the example, and complete without scripts.

Nothing here is called in the page.
"""

from __future__ import annotations

from sparkmem.calculators.explain.variants import TABLES, table
from sparkmem.render.escaping import escape
from sparkmem.render.form import doubt_html
from sparkmem.render.troubles import texts_html
from sparkmem.render.variants import table_html

_OLD = "For what was entered before the last change."
_NONE = "There is nothing to compare: what you entered above has no answer."
_FAILED = {"failed": "What would change could not be worked out."}


def variants_section_html(page: str) -> str:
    """The tables for the example, each in a part that folds, with the words that the browser needs."""
    parts = []
    for id in TABLES:
        shown = table(id, {})
        if shown is None:
            raise ValueError("the example has no answer")
        parts.append(
            f'<details class="sm-variants-part" id="explain-variants--{id}" data-table="{id}" open>'
            f"<summary>{escape(shown.title)}</summary>"
            f'<p class="sm-status" data-old hidden>{_OLD}</p><p class="sm-status" data-none hidden>{_NONE}</p>'
            '<p class="sm-status" role="status" data-failed></p>'
            f"<div data-rows>{table_html(shown, page)}</div></details>"
        )
    doubt = doubt_html("example")
    return (
        f'<spark-later><spark-variants class="sm-calc sm-variants" for="explain-calculator" {texts_html(_FAILED)}>'
        f"{doubt}{''.join(parts)}</spark-variants></spark-later>"
    )
