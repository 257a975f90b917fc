"""python -m tools.styles: the style sheet that the pages link, joined from one file a subject.

A page asks for one file, and whoever looks for a subject finds it under its name: no page is drawn before all sheets
that it links are there, and a browser asks a host for six files at a time.  Among rules of equal weight the last one
wins, so the order of the subjects is part of what the sheet says.
"""

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "docs" / "assets"

SHEET = "site.css"
SUBJECTS = (
    "site/colours.css",
    "site/theme.css",
    "site/page.css",
    "site/text.css",
    "site/tables.css",
    "site/home.css",
    "site/citations.css",
    "site/drawings.css",
    "site/terms.css",
    "site/print.css",
    "site/mended.css",
    "calc/form/form.css",
    "calc/answer/answer.css",
    "calc/answer/picture.css",
    "calc/answer/rows.css",
    "calc/answer/groups.css",
    "calc/answer/panes.css",
    "calc/editing/editing.css",
    "calc/answer/print.css",
    "calc/answer/variants.css",
    "calc/answer/take.css",
    "calc/answer/comparison.css",
    "calc/answer/without-effect.css",
    "calc/watch/script.css",
    "calc/watch/player.css",
    "calc/watch/scenes.css",
    "calc/watch/pools.css",
    "calc/watch/steps.css",
    "calc/node/node.css",
    "calc/node/shapes.css",
    "calc/diagnosis/diagnosis.css",
    "calc/run/run.css",
    "calc/run/marks.css",
    "calc/run/timeline.css",
)


def joined() -> str:
    """The sheet's rules, a blank line between two subjects."""
    return "\n".join((ASSETS / subject).read_text() for subject in SUBJECTS)


def write_sheet() -> None:
    """Write the sheet if its rules have changed."""
    path, rules = ASSETS / SHEET, joined()
    if not path.exists() or path.read_text() != rules:
        path.write_text(rules)


if __name__ == "__main__":
    write_sheet()
