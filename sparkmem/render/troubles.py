"""What a page says where Python does not come, or has no reply: the words that scripts choose from, by kind and remedy."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.render.escaping import escape

_CAUSES = {
    "unfetched": "{about} could not be fetched.",
    "altered": "{about} did not arrive as this site has published it, and was not used.",
    "stalled": "Nothing of {about} has arrived for half a minute.",
    "unable": "This browser has no {about}, without which Python cannot run: use a newer one.",
    "silent": "The browser has ended Python, or this has kept it busy for too long.",
    "raised": "Python met a {about}, which is a fault of this site.",
    "ended": "Python ended: {about}",
}
_REMEDIES = {
    "renewed": "This site has been published anew since the page was loaded: load the page again.",
    "offline": "The site cannot be reached from here at the moment: try again when it can.",
}
_TEXTS = {
    "refused": "Python has no answer to this.",
    "load": "Load the page again",
    **{f"cause-{kind}": text for kind, text in _CAUSES.items()},
    **{f"remedy-{remedy}": text for remedy, text in _REMEDIES.items()},
}


def texts_html(texts: Mapping[str, str]) -> str:
    """These texts of an element and those about troubles, as its attributes.

    >>> texts_html({"stale": "Old."})[:55]
    'data-text-stale="Old." data-text-refused="Python has no'
    """
    return " ".join(f'data-text-{name}="{escape(text)}"' for name, text in ({**texts, **_TEXTS}).items())
