"""python -m tools.error_pages: a page under docs/errors/ for each finding that has none, to be written on by hand.

What is known of a finding is put into its page by a macro when the site is built; what stands below it is a person's.
"""

import json
import sys
from pathlib import Path

from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import HARMLESS, Finding

PAGES = Path(__file__).parents[1] / "docs" / "errors"
LONGEST_DESCRIPTION = 230


def page(one: Finding) -> str:
    """The first state of a finding's page."""
    return (
        f"---\ntitle: {json.dumps(one.title, ensure_ascii=False)}\n"
        f"description: {json.dumps(description(one), ensure_ascii=False)}\nhide:\n  - toc\n---\n\n"
        f'# {one.title} {{ #{one.id} }}\n\n{{{{ finding("{one.id}") }}}}\n'
    )


def description(one: Finding) -> str:
    """What it says, cut at the end of a word where it is long."""
    said = one.says.replace('"', "'")  # it stands in an attribute of the page's head
    if len(said) <= LONGEST_DESCRIPTION:
        return said
    return said[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def main() -> None:
    """Write what is missing, and say how many that were."""
    made = 0
    for one in findings().values():
        path = PAGES / f"{one.id}.md"
        if one.kind != HARMLESS and not path.exists():
            path.write_text(page(one))
            made += 1
    print(f"error pages: {made} written", file=sys.stderr)


if __name__ == "__main__":
    main()
