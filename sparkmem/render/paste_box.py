"""The box of the home page as it stands there at build time."""

from __future__ import annotations

from sparkmem.render.escaping import escape
from sparkmem.render.form import LONG_TEXT
from sparkmem.render.troubles import texts_html

_TEXTS = {
    "loading": "Starting Python in this page.",
    "working": "Reading.",
    "failed": "Python could not be started in this page.",
    "ask": "Your browser asks to save data, so nothing was fetched.",
}
_EXAMPLE = "spark-submit … · OOMKilled · 137 · 366.3 MiB · a log · spark-defaults.conf"


def paste_box_html(page: str, runtime: str, fetched_bytes: int, index: str = "") -> str:
    """The element that the browser enhances; without scripts it says where else to go.

    ``index`` is the element with what it can answer before Python is there.
    """
    texts = _TEXTS | {"start": f"Read it (fetches {fetched_bytes / 1e6:.1f} MB once)"}
    data = texts_html(texts)
    return (
        f'<spark-paste class="sm-calc sm-paste" id="paste-what-you-have" runtime="{escape(runtime)}"'
        f' data-page="{escape(page)}" data-stage="idle" data-answer-for="defaults" {data}>'
        '<form autocomplete="off" novalidate aria-label="Paste what you have"><div class="sm-field" data-field="text">'
        '<label for="paste--text"><span>Paste what you have</span></label>'
        f'<textarea id="paste--text" name="text" rows="4" spellcheck="false" autocapitalize="off" data-private'
        f' placeholder="{escape(_EXAMPLE)}" aria-describedby="paste--help"{LONG_TEXT}></textarea>'
        '<p class="sm-help" id="paste--help">A configuration, an error, a log (drop the file here), an exit code, a number'
        " of the web UI, a machine type, what a JVM says of its native memory. It stays in this page.</p></div></form>"
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Fetching Python"></progress>'
        '<button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<noscript><p class="sm-status">Without scripts nothing is read here; the entrances below lead on.</p></noscript>'
        '<div class="sm-answer" data-answer></div></div>'
        f"{index}</spark-paste>"
    )
