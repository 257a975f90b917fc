"""A Content Security Policy in each page: nothing runs and nothing is fetched but what this site made.

Instant navigation keeps the first page's document, and with it the first page's policy.  So each
page allows the inline scripts of all pages: they are the theme's, and differ by folder depth.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

from tools.finishing import Pages

_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.+?)</script>", re.DOTALL)
_DATA = re.compile(r"""type=["']?application/""")
_PLACE = '<meta charset="utf-8">'


def with_policy(pages: Pages) -> dict[str, str]:
    """The pages with the policy in their heads, before anything that it speaks of.

    It has to see all pages, as they are served.
    """
    policy = content_security_policy(pages.values())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    for path, html in pages.items():
        if html.count(_PLACE) != 1:
            raise ValueError(f"{path}: expected one {_PLACE}")
    return {path: html.replace(_PLACE, f"{_PLACE}\n      {meta}") for path, html in pages.items()}


def content_security_policy(pages: Iterable[str]) -> str:
    """The policy for these pages."""
    hashes = sorted({_hash(script) for page in pages for script in inline_scripts(page)})
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *hashes])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "worker-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        ]
    )


def inline_scripts(page: str) -> list[str]:
    """The scripts that are written into a page.

    >>> inline_scripts('<script>a()</script><script type="application/json">{}</script><script src="b"></script>')
    ['a()']
    """
    return [m["text"] for m in _INLINE_SCRIPT.finditer(page) if not _DATA.search(m["attributes"])]


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
