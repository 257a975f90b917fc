"""A run that came by its address: what the digest says, without the log."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.run.html import plain_table
from sparkmem.runs.causes import RULES
from sparkmem.runs.digest import Digest
from sparkmem.runs.words import title_and_page
from sparkmem.size import mib_text

_NAMES = {
    "heap-peak": "Heap in use, largest",
    "storage-peak": "Storage memory, largest",
    "execution-peak": "Execution memory, largest",
    "resident-peak": "Java, resident",
    "python-peak": "Python, resident",
    "spilled": "Spilled, as in memory",
    "spark-memory": "Spark memory of an executor",
    "off-heap": "of it off the heap",
    "need-execution": "Needed: execution memory",
    "need-storage": "Needed: storage memory",
    "need-outside": "Needed: outside the heap, at least",
}
_TITLES = {rule.id: rule.title for rule in RULES} | {
    "execution-short": "Execution memory was short: tasks spilled",
    "skew": "One task is much larger than the others",
    "storage-short": "Storage memory was short",
    "memory-unused": "Spark memory that was never needed",
}

_BESIDE = ("memory-unused",)


def digest_html(digest: Digest, page: str) -> str:
    """The figures, what was found, and the advice."""
    root = "../" * page.count("/")
    found = {one: said for one in digest.found if (said := _title_and_page(one))}
    first = next((title for one, (title, _) in found.items() if one not in _BESIDE), "Nothing of memory went wrong")
    items = "".join(f'<li><a href="{root}{escape(at)}">{escape(title)}</a></li>' for title, at in found.values())
    figures = [(label, mib_text(digest.figures[name])) for name, label in _NAMES.items() if digest.figures.get(name)]
    plain = [
        ("Spark", digest.release),
        ("Executors", f"{digest.figures.get('executors', 0):,}"),
        ("Failed tasks", f"{digest.figures.get('failed-tasks', 0):,}"),
        ("Lasted", f"{digest.figures.get('lasted-ms', 0) / 1000:,.1f} s"),
    ]
    advised = [(key, digest.settings.get(key, "not set"), text) for key, text in digest.advised.items()]
    advice = plain_table(["Setting", "It was", "Advised"], advised) if advised else "<p>No other size was advised.</p>"
    return (
        f'<p class="sm-headline">{escape(first)}.</p><p>This came by the address: the log itself is not in it.</p>'
        f"{f'<ul>{items}</ul>' if items else ''}{plain_table(['', ''], [*plain, *figures])}{advice}"
        f"{plain_table(['Setting', 'Value'], list(digest.settings.items()))}"
    )


def _title_and_page(id: str) -> tuple[str, str] | None:
    """Of a finding about runs, or about texts; None for what is neither."""
    return (_TITLES[id], f"reading-an-event-log/#{id}") if id in _TITLES else title_and_page(id)
