"""The element of the page "What happened?", as it stands there at build time: complete without a browser's scripts.

Nothing here is called in the page, so it may import what the page's runtime has not.
"""

from __future__ import annotations

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.render.escaping import escape
from sparkmem.render.form import LONG_TEXT, doubt_html
from sparkmem.render.troubles import texts_html
from sparkmem.requests.diagnosis import FOUND, diagnosis_dict

EXAMPLE = (
    "WARN TaskSetManager: Lost task 3.0 in stage 2.0 (TID 41) (worker-1 executor 1): ExecutorLostFailure (executor 1 exited"
    " caused by one of the running tasks) Reason: Container killed by YARN for exceeding physical memory limits. 5.5 GB of"
    " 5.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead."
)
_TEXTS = {
    "loading": "Starting Python in this page; the answer follows.",
    "working": "Reading.",
    "failed": "Python could not be started in this page.",
    "defaults": "What is shown is of the example.",
    "stale": "What is shown belongs to the text before the last change.",
    "copied": "Copied.",
    "not-copied": "Not copied: your browser did not allow it, or there is no answer yet.",
    "ask": "Your browser asks to save data, so nothing was fetched.",
    "cut": "The text is larger than {} MB: its beginning and its end were read. sparkmem diagnose FILE reads all of it.",
}
LARGEST_MB = 10


def happened_html(page: str, runtime: str, fetched_bytes: int) -> str:
    """The box, a button for files, and the answer for the example."""
    texts = _TEXTS | {"start": f"Read what you entered (fetches {fetched_bytes / 1e6:.1f} MB once)"}
    texts["cut"] = texts["cut"].format(LARGEST_MB)
    data = texts_html(texts)
    answer = diagnosis_html(diagnosis_dict(diagnosed(EXAMPLE)), page)
    return (
        f'<spark-later><spark-diagnose class="sm-calc sm-stacked" id="what-happened--reader" runtime="{escape(runtime)}"'
        f' data-search-exclude data-page="{escape(page)}" data-stage="idle" data-answer-for="defaults"'
        f' data-largest="{LARGEST_MB * 10**6}" {data}>'
        '<form class="sm-form" autocomplete="off" novalidate aria-label="The text of a failure">'
        '<div class="sm-field sm-lines" data-field="text"><label for="diagnose--text">'
        "<span>A log, an error, a pod's status, an exit code</span></label>"
        '<textarea id="diagnose--text" name="text" rows="9" spellcheck="false" autocapitalize="off" data-private'
        f' data-carries="{FOUND}" aria-describedby="diagnose--help"{LONG_TEXT}>\n{escape(EXAMPLE)}</textarea>'
        '<p class="sm-help" id="diagnose--help">Paste it, or drop a file here. Nothing of it leaves this page.</p></div>'
        '<p class="sm-actions"><label class="sm-choose">Open a file<input type="file" data-file></label>'
        ' <button type="button" data-copy>Copy as Markdown, without names</button>'
        ' <span class="sm-copied" aria-hidden="true" data-said></span>'
        ' <button type="reset">Back to the example</button></p></form>'
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Fetching Python"></progress>'
        '<button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<noscript><p class="sm-status">Without scripts nothing can be read; the answer is that for the example.</p>'
        f'</noscript>{doubt_html("example")}'
        f'<div class="sm-answer" data-answer>{answer}</div><div class="sm-answer" data-job></div></div>'
        "</spark-diagnose></spark-later>"
    )
