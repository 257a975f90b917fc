"""Defaults that a page of the site has for a calculator in it: those of the page's subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PAGE_DEFAULTS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("memory/kubernetes/", "container-request"): {"cluster-manager": "kubernetes"},
    ("memory/standalone/", "container-request"): {"cluster-manager": "standalone"},
}
"""By page and calculator; an address of that page holds what differs from these."""


def page_defaults(page: str, calculator: str) -> Mapping[str, str]:
    """What that page says where the form of its calculator says nothing."""
    return PAGE_DEFAULTS.get((page, calculator), {})


def on_page(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The request with what its page says where its form says nothing, on both sides of a comparison.

    >>> on_page({"calculator": "container-request", "page": "memory/kubernetes/", "inputs": {}})["inputs"]
    {'cluster-manager': 'kubernetes'}
    """
    own = page_defaults(str(request.get("page", "")), str(request.get("calculator", "")))
    sides = {"inputs": {}, **{side: request[side] for side in ("inputs", "against") if side in request}}
    filled = {side: {**own, **texts} for side, texts in sides.items() if isinstance(texts, Mapping)}
    return {**request, **filled} if own else request
