"""What the page "What happened?" is told: the diagnosis of a text, or of what an address holds of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.configuration.no_text import no_text
from sparkmem.diagnosis.codes import code_in
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis import diagnosis_markdown
from sparkmem.render.diagnosis_html import diagnosis_html, no_text_html, no_text_said
from sparkmem.render.exit_rows import exit_rows
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import FOUND, address_of, diagnosis_dict, of_address, redaction_for


def reply(request: Mapping[str, Any]) -> dict[str, Any]:
    """``{"ok", "html", "summary", "address", "process", "region"}`` for a request with ``text`` or ``found``."""
    text = str(request.get("text", ""))
    found = diagnosed(text) if text.strip() else of_address(str(request.get(FOUND, "")))
    told, page = diagnosis_dict(found), str(request.get("page", ""))
    first = found.first
    if not (found.findings or found.harmless or found.moments) and (binary := no_text(text)):
        said = no_text_said(*binary)
        return {
            "ok": True, "html": no_text_html(*binary), "summary": said, "address": {}, "process": "", "region": "",
        }  # fmt: skip
    return {
        "ok": True,
        "html": diagnosis_html(told, page) + exit_rows(code_in(text), page),
        "summary": headline(told),
        "address": address_of(found),
        "process": first.process if first else "",
        "region": first.region if first else "",
    }


def markdown(request: Mapping[str, Any]) -> str:
    """The same to be copied, without the names of hosts, users and addresses; ``site`` is the site's own."""
    text = str(request.get("text", ""))
    found = diagnosed(text) if text.strip() else of_address(str(request.get(FOUND, "")))
    return diagnosis_markdown(diagnosis_dict(found, redaction_for(found)), str(request.get("site", "")))
