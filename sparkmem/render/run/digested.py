"""A run that came by its address, or several: what the digest says, without the log."""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.render.escaping import escape
from sparkmem.render.run.compared import settings_html
from sparkmem.render.run.html import about_html, plain_table, section
from sparkmem.render.run.marks import marks_html
from sparkmem.render.run.peaks import peaks_in
from sparkmem.runs.digest import Digest
from sparkmem.runs.right_size import NEVER_SMALLER
from sparkmem.runs.rules import RULES
from sparkmem.runs.words import title_and_page
from sparkmem.size import mib_text
from sparkmem.spark.containers import MANAGERS

_NEEDS = {
    "need-execution": "Execution memory",
    "need-storage": "Storage memory",
    "need-outside": "Outside the heap, at least",
}
_TITLES = {rule.id: rule.title for rule in RULES} | {
    "execution-short": "Execution memory was short: tasks spilled",
    "skew": "One task is much larger than the others",
    "storage-short": "Storage memory was short",
    "python-spilled": "Python workers wrote rows to disk",
    "memory-unused": "Spark memory that was never needed",
}
_BESIDE = ("memory-unused",)
HERE = "This came by the address: the log itself is not in it."
COMPARED_HEAD = ["Run", "First found", "Needed", "Spilled", "Lasted", "Executors", "Spark"]


def digest_html(digest: Digest, page: str) -> str:
    """The figures, what was found, and the advice."""
    root = "../" * page.count("/")
    found = [said for one in digest.found if (said := _title_and_page(one))]
    items = "".join(f'<li class="sm-note"><a href="{root}{escape(at)}">{escape(title)}</a></li>' for title, at in found)
    advised = [(key, digest.settings.get(key, "not set"), text) for key, text in digest.advised.items()]
    needs = [(label, mib_text(digest.figures[name])) for name, label in _NEEDS.items() if digest.figures.get(name)]
    changes = ", ".join(f"{key} {text}" for key, text in digest.advised.items())
    advice = f"Change {changes}." if changes else "no other was advised."
    if any(one in NEVER_SMALLER for one in digest.found):
        advice = f"this size failed; at least {changes}." if changes else "this size failed, and no right one could be told."
    return "".join([
        f'<p class="sm-headline">{escape(verdict_of(digest))}.</p><p class="sm-quiet">{HERE}</p>',
        about_html(_about(digest)),
        f'<p class="sm-advice"><strong>Right size:</strong> {escape(advice)}</p>',
        f'<ul class="sm-notes sm-findings">{items}</ul>' if items else "",
        section("What each region held", marks_html(peaks_in(digest))),
        section("What it needed", plain_table(["Need", "Size"], needs)) if needs else "",
        section("Right size", plain_table(["Setting", "It was", "Advised"], advised)) if advised else "",
        section("Its settings", plain_table(["Setting", "Value"], list(digest.settings.items()))) if digest.settings else "",
    ])  # fmt: skip


def digests_html(found: Sequence[Digest], page: str) -> str:
    """Several runs side by side, each to be opened."""
    names = [f"run {number}" for number in range(1, len(found) + 1)]
    rows = [
        [name, verdict_of(one), _size(one, "need-execution"), _size(one, "spilled"), _lasted(one),
         f"{one.figures.get('executors', 0):,}", one.release]
        for name, one in zip(names, found, strict=True)
    ]  # fmt: skip
    whole = "".join(_opened(name, one, page) for name, one in zip(names, found, strict=True))
    settings = [(name, peaks_in(one).inputs) for name, one in zip(names, found, strict=True)]
    return (
        f'<p class="sm-headline">{len(found)} runs, side by side.</p><p class="sm-quiet">{HERE}</p>'
        f"{plain_table(COMPARED_HEAD, rows)}{settings_html(settings)}{whole}"
    )


def _opened(name: str, one: Digest, page: str) -> str:
    title = f"{name}: {escape(verdict_of(one))}"
    return f'<details class="sm-further" data-run><summary>{title}</summary>{digest_html(one, page)}</details>'


def verdict_of(digest: Digest) -> str:
    """The first of what was found, or that nothing was."""
    for one in digest.found:
        if one not in _BESIDE and (said := _title_and_page(one)):
            return said[0]
    return "Nothing of memory went wrong"


def _about(digest: Digest) -> list[tuple[str, str]]:
    figures = digest.figures
    facts = [
        ("Spark", digest.release),
        ("Ran on", MANAGERS.get(digest.manager, digest.manager)),
        ("Java", digest.beside.get("java", "")),
        ("Lasted", _lasted(digest)),
        ("Executors", f"{figures.get('executors', 0):,}"),
        ("Failed tasks", f"{figures.get('failed-tasks', 0):,}"),
        ("Spilled", _size(digest, "spilled")),
    ]
    return [(name, text) for name, text in facts if text]


def _lasted(digest: Digest) -> str:
    return f"{digest.figures.get('lasted-ms', 0) / 1000:,.1f} s"


def _size(digest: Digest, name: str) -> str:
    size = digest.figures.get(name, 0)
    return mib_text(size) if size else "0" if name == "spilled" else "not measured"


def _title_and_page(id: str) -> tuple[str, str] | None:
    """Of a finding about runs, or about texts; None for what is neither."""
    return (_TITLES[id], f"reading-an-event-log/#{id}") if id in _TITLES else title_and_page(id)
