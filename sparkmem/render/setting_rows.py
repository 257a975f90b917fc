"""What a setting is whose name somebody typed: its default, since when it is read, and where it is told and computed."""

from __future__ import annotations

from sparkmem.calculators import CALCULATORS
from sparkmem.release import NEWEST
from sparkmem.render.escaping import escape
from sparkmem.render.html import link
from sparkmem.spark.settings.keys import KEYS, Key

_PAGE = "reference/configuration-keys/"
_NOT_FIRST = ("explain", "release-diff")
"""They take every setting, and say less of each."""
_MOST = 3


def setting_rows(names: tuple[str, ...], page: str) -> str:
    """A list in HTML, one entry for each key.

    >>> setting_rows(("spark.driver.maxResultSize",), "").count("<li>")
    1
    """
    return f'<ul class="sm-meanings">{"".join(_setting(KEYS[name], page) for name in names)}</ul>'


def setting_facts(key: Key) -> str:
    """Its default, its first release, its end, in one sentence.

    >>> setting_facts(KEYS["spark.driver.maxResultSize"])
    'By default 1g, since Spark 1.2.0.'
    >>> setting_facts(KEYS["spark.yarn.executor.memoryOverhead"])
    'An old name since Spark 2.3: write spark.executor.memoryOverhead.'
    """
    if key.replaced_by:
        return f"An old name since Spark {key.deprecated}: write {key.replaced_by}."
    default = key.default(NEWEST)
    if default is None:
        said = "Not set by default"
    elif default.startswith("="):
        said = f"By default what {default[1:]} says"
    else:
        said = f"By default {default}"
    read = f", since Spark {key.since}" if key.since else ""
    gone = f", and read until {key.gone}" if key.gone else ""
    return f"{said}{read}{gone}."


def _setting(key: Key, page: str) -> str:
    row = f"{_PAGE}#{key.name}" if key.memory else _PAGE
    ways = [f'<a href="{escape(link(row, page))}">Its entry among the configuration keys</a>']
    ways += [f'<a href="{escape(link(see, page))}">{escape(title)}</a>' for title, see in _computed(key.name)[:_MOST]]
    return (
        f'<li><p class="sm-headline"><code>{escape(key.name)}</code></p><p>{escape(setting_facts(key))}</p>'
        f"<p>{' · '.join(ways)}</p></li>"
    )


def _computed(name: str) -> list[tuple[str, str]]:
    """The calculators in whose form it stands, with where they are on the site."""
    found = [one for one in CALCULATORS.values() if one.id not in _NOT_FIRST and name in one.by_name]
    return [(one.title, one.see) for one in found if one.by_name[name].in_form]
