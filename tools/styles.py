"""python -m tools.styles: the style sheets that the pages link, each joined from one file a subject.

A page asks for one file, and whoever looks for a subject finds it under its name.  Among rules of equal weight the
last one wins, so the order of the subjects is part of what a sheet says.
"""

from pathlib import Path

ASSETS = Path(__file__).parents[1] / "docs" / "assets"

SHEETS = {
    "site.css": (
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
    ),
    "calc/calc.css": (
        "calc/form/form.css",
        "calc/answer/answer.css",
        "calc/answer/picture.css",
        "calc/answer/rows.css",
        "calc/answer/panes.css",
        "calc/editing/editing.css",
        "calc/answer/print.css",
        "calc/answer/variants.css",
        "calc/answer/take.css",
        "calc/answer/comparison.css",
        "calc/answer/without-effect.css",
    ),
    "calc/watch.css": (
        "calc/watch/script.css",
        "calc/watch/player.css",
        "calc/watch/scenes.css",
        "calc/watch/pools.css",
        "calc/watch/steps.css",
    ),
    "calc/node.css": ("calc/node/node.css", "calc/node/shapes.css"),
    "calc/diagnosis.css": ("calc/diagnosis/diagnosis.css",),
    "calc/run.css": ("calc/run/run.css", "calc/run/marks.css", "calc/run/timeline.css"),
}


def joined(sheet: str) -> str:
    """A sheet's rules, a blank line between two subjects."""
    return "\n".join((ASSETS / subject).read_text() for subject in SHEETS[sheet])


def write_sheets() -> None:
    """Write each sheet whose rules have changed."""
    for sheet in SHEETS:
        path, rules = ASSETS / sheet, joined(sheet)
        if not path.exists() or path.read_text() != rules:
            path.write_text(rules)


if __name__ == "__main__":
    write_sheets()
