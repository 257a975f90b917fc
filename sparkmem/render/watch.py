"""The element of the page that plays scripts, as it stands there at build time: complete without a browser's scripts.

Nothing here is called in the page, so it may import what the page's runtime has not.
"""

from __future__ import annotations

from urllib.parse import urlencode

from sparkmem.input import NOT_KEPT
from sparkmem.render.escaping import escape
from sparkmem.render.form import doubt_html, field_html
from sparkmem.render.story import story
from sparkmem.render.troubles import texts_html
from sparkmem.requests.sharing import VALUE
from sparkmem.watch.presets import DEFAULT, PRESETS, Preset
from sparkmem.watch.script import FORMS, read_script
from sparkmem.watch.sides import FIRST_INPUTS, SECOND_INPUTS

_ID = "watch"
_LEGEND = (
    '<ul class="sm-legend" aria-label="What the picture shows"><li><span class="sm-storage"></span>a block in storage</li>'
    '<li><span class="sm-execution"></span>what a task holds</li><li><span class="sm-legend-storage"></span>free in the'
    ' storage pool</li><li><span class="sm-legend-execution"></span>free in the execution pool</li><li><span'
    ' class="sm-legend-pools"></span>where the pools meet</li><li><span class="sm-legend-region"></span>end of the storage'
    ' region</li><li><span class="sm-legend-lent"></span>borrowed</li></ul>'
)
_TEXTS = {
    "loading": "Starting Python in this page. Until it answers, the story is the first preset's.",
    "failed": "Python could not be started in this page.",
    "stale": "What is shown belongs to the script before the last change.",
    "ask": "Your browser asks to save data, so nothing was fetched.",
    "play": "Play",
    "pause": "Pause",
}


def watch_html(page: str, runtime: str, fetched_bytes: int) -> str:
    """The page's element, complete without scripts: the first preset's story from its start to its end."""
    scenes, table, _, _ = story({}, DEFAULT.telling)
    texts = _TEXTS | {"start": f"Play what you entered (fetches {fetched_bytes / 1e6:.1f} MB once)"}
    last = len(read_script(DEFAULT.script)[0])
    return (
        f'<spark-watch class="sm-calc sm-watch" id="memory-manager-watch" runtime="{escape(runtime)}"'
        f' data-page="{escape(page)}" data-stage="idle" data-answer-for="defaults" data-opening="{DEFAULT.telling}"'
        " data-search-exclude"
        f" {texts_html(texts)}>{_presets()}"
        f'<div class="sm-result">{_player(last)}<p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Fetching Python"></progress>'
        '<button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<noscript><p class="sm-status">Without scripts nothing can be entered or played;'
        " every step of the first preset is below.</p></noscript>"
        f"{doubt_html('first preset')}"
        f'<div class="sm-answer" data-answer>{scenes}</div>{_LEGEND}</div>'
        '<form class="sm-form" autocomplete="off" novalidate aria-label="Script and settings"'
        f' data-shape="{escape(VALUE)}" data-not-kept="{NOT_KEPT}">'
        f'<div class="sm-watch-panes">{_script_field()}<div>{_settings()}'
        '<p class="sm-actions"><button type="reset">Back to the first preset</button></p></div></div></form>'
        f'<div class="sm-answer" data-table>{table}</div></spark-watch>'
    )


def _presets() -> str:
    items = "".join(
        f'<li><a data-preset href="{escape(_address(preset))}" id="story-{preset.id}">'
        f"{escape(preset.title)}</a></li>"
        for preset in PRESETS.values()
    )
    return f'<nav class="sm-presets" aria-label="Presets"><ul>{items}</ul></nav>'


def _address(preset: Preset) -> str:
    """The address of a story on this page, at its telling step: what differs from the defaults."""
    inputs = preset.all_inputs() | {"step": str(preset.telling)}
    return f"?{urlencode(inputs)}" if preset is not DEFAULT else "?"


def _script_field() -> str:
    field = f"{_ID}--script"
    return (
        f'<div class="sm-field sm-script" data-field="script"><label for="{field}"><span>Script, one operation a line</span>'
        f'</label><textarea id="{field}" name="script" rows="9" spellcheck="false" autocapitalize="off"'
        f' aria-describedby="{field}--error {field}--help">{escape(DEFAULT.script)}</textarea>'
        '<div class="sm-complete" data-complete role="group" aria-label="The line may go on with"></div>'
        f'<div class="sm-error" id="{field}--error" data-faults role="group" aria-label="Faults in the script"></div>'
        f'<details class="sm-further"><summary>The language</summary>{_language()}</details>'
        f'<p class="sm-help" id="{field}--help">A line that cannot be read is named, and left out.</p></div>'
    )


def _language() -> str:
    shown = {"BLOCK": "rdd_0_1", "SIZE": "300m", "TASK": "1", "*": "[off-heap]"}
    rows = "".join(
        f"<dt><code>{escape(' '.join(shown.get(word, word) for word in form))}</code></dt><dd>{escape(meaning)}</dd>"
        for form, (_, meaning) in FORMS.items()
    )
    return f"<dl>{rows}</dl>"


def _settings() -> str:
    first = "".join(field_html(_ID, item, "") for item in FIRST_INPUTS)
    second = "".join(field_html(_ID, item, "") for item in SECOND_INPUTS)
    folded = ("Manager and settings", first), ("Side by side with another", second)
    return "".join(
        f'<details class="sm-further"><summary>{name}</summary><div class="sm-fields">{fields}</div></details>'
        for name, fields in folded
    )


def _player(last: int) -> str:
    at = DEFAULT.telling
    buttons = {"first": "First", "back": "Back", "play": _TEXTS["play"], "on": "Next", "last": "Last"}
    drawn = "".join(f'<button type="button" data-move="{move}">{label}</button>' for move, label in buttons.items())
    return (
        '<div class="sm-player" role="group" aria-label="Timeline">'
        f'<span class="sm-moves-row">{drawn}</span>'
        f'<span class="sm-scrub"><label for="{_ID}--step">Step <b data-at>{at}</b> of <b data-of>{last}</b></label>'
        f'<input type="range" id="{_ID}--step" data-step min="0" max="{last}" value="{at}" step="1"></span></div>'
    )
