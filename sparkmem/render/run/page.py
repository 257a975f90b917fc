"""The element of the page that reads runs, as it stands there at build time; nothing here is called in the page."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.troubles import texts_html
from sparkmem.requests.copy_formats import COPY_FORMATS

EXAMPLE_LOG = "cache-of-large-records-3.5.9.gz"
"""Of tests/eventlogs; the build puts it beside the scripts (tools/finishing/example_log.py)."""
_TEXTS = {
    "loading": "Starting Python in this page; the log waits for it.",
    "failed": "Python could not be started in this page. The command line reads the same logs.",
    "defaults": "",
    "stale": "",
    "ask": "Your browser asks to save data, so nothing was fetched.",
    "start": "Start",
    "reading": "Reading {name}.",
    "progress": "{done} of {total} MB, {rate} MB a second",
    "several": "; log {number} of {all}",
    "cancelled": "Cancelled. Nothing of the log was kept.",
    "nothing": "There is no file in that.",
    "unreadable": "{name} could not be read: it was moved or changed, or this browser may not open it.",
    "unfetched": "The example could not be fetched.",
    "copied": "Copied.",
    "not-copied": "Your browser did not allow the copy.",
}


def run_reader_html(page: str, runtime: str, example_bytes: int) -> str:
    """Where a log is dropped or chosen, and where the answer comes."""
    written = [(one.id, one.name) for one in COPY_FORMATS.values() if one.written_as]
    formats = [("postmortem", "Markdown of the run"), *written]
    options = "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in formats)
    return (
        f'<spark-later><spark-run class="sm-calc sm-run" id="read-a-run-reader" runtime="{escape(runtime)}"'
        f' data-page="{escape(page)}" data-stage="idle" data-example-name="{EXAMPLE_LOG}" {texts_html(_TEXTS)}>'
        '<form class="sm-drop" data-drop data-carries="run" aria-label="Event log">'
        "<p><strong>Drop event logs here</strong>, or a folder, or paste one. They are read in this page and go nowhere;"
        " several are compared.</p>"
        '<p class="sm-actions"><label class="sm-choose">Choose files<input type="file" multiple data-files></label>'
        '<label class="sm-choose">Choose a folder<input type="file" webkitdirectory data-folder></label>'
        f'<button type="button" data-example>See an example ({example_bytes / 1000:.0f} kB)</button></p>'
        "<noscript><p>Without scripts no log can be read here: the command line reads it.</p></noscript></form>"
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Progress"></progress>'
        '<p class="sm-figures" data-figures hidden></p>'
        '<p class="sm-actions"><button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<button type="button" data-cancel hidden>Cancel</button></p>'
        '<div class="sm-answer" data-answer></div>'
        '<form class="sm-after" data-after hidden aria-label="With the answer"><p class="sm-actions">'
        '<label data-with-log>Head room <select data-head-room><option value="0">none</option>'
        '<option value="0.1" selected>a tenth</option>'
        '<option value="0.25">a quarter</option><option value="0.5">a half</option></select></label>'
        f'<label>Copy as <select data-format>{options}</select></label><button type="button" data-copy>Copy</button>'
        '<a data-explain hidden href="#">Both sides in Explain my job</a>'
        '<span role="status" data-said></span></p></form>'
        '<div class="sm-answer" data-then></div>'
        '<p class="sm-printed" data-printed></p></div></spark-run></spark-later>'
    )
