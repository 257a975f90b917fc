"""The element of the page that reads runs, as it stands there at build time; nothing here is called in the page."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.troubles import texts_html
from sparkmem.requests.copy_formats import COPY_FORMATS

_TEXTS = {
    "loading": "Starting Python in this page; the log waits for it.",
    "failed": "Python could not be started in this page.",
    "stale": "",
    "ask": "Your browser asks to save data, so nothing was fetched.",
    "start": "Start",
    "reading": "Reading {name}: {done} of {total} MB, {rate} MB a second.",
    "cancelled": "Cancelled. Nothing of the log was kept.",
    "copied": "Copied.",
    "not-copied": "Your browser did not allow the copy.",
}


def run_reader_html(page: str, runtime: str) -> str:
    """Where a log is dropped or chosen, and where the answer comes."""
    written = [(one.id, one.name) for one in COPY_FORMATS.values() if one.written_as]
    formats = [("postmortem", "Markdown of the run"), *written]
    options = "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in formats)
    return (
        f'<spark-later><spark-run class="sm-calc sm-run" id="read-a-run-reader" runtime="{escape(runtime)}"'
        f' data-page="{escape(page)}" data-stage="idle" {texts_html(_TEXTS)}>'
        '<form class="sm-drop" data-drop data-carries="run" aria-label="Event log">'
        "<p><strong>Drop an event log here</strong>, its folder, or choose it. It is read in this page and goes nowhere.</p>"
        '<p class="sm-actions"><label class="sm-choose">Choose files<input type="file" multiple data-files></label>'
        '<label class="sm-choose">Choose a folder<input type="file" webkitdirectory data-folder></label></p>'
        "<noscript><p>Without scripts no log can be read here: the command line reads it.</p></noscript></form>"
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Progress"></progress>'
        '<p class="sm-actions"><button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<button type="button" data-cancel hidden>Cancel</button></p>'
        '<div class="sm-answer" data-answer></div>'
        '<form class="sm-after" data-after hidden aria-label="With the answer"><p class="sm-actions">'
        '<label>Head room <select data-head-room><option value="0">none</option>'
        '<option value="0.1" selected>a tenth</option>'
        '<option value="0.25">a quarter</option><option value="0.5">a half</option></select></label>'
        f'<label>Copy as <select data-format>{options}</select></label><button type="button" data-copy>Copy</button>'
        '<a data-explain hidden href="#">Both in Explain my job</a></p></form></div></spark-run></spark-later>'
    )
