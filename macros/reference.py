"""The reference pages, made from the model's catalogues."""

from __future__ import annotations

from macros.content import CONTENT, ContentError, load
from sparkmem.release import RELEASES
from sparkmem.spark.keys import KEYS, Key


def keys_reference() -> str:
    """Every memory setting under a heading of its own: meaning, default, since, and what replaced it."""
    meanings = {name: str(text) for name, text in load(CONTENT / "keys.toml").items()}
    if unknown := set(meanings) - set(KEYS):
        raise ContentError(f"content/keys.toml: {', '.join(sorted(unknown))} is not in the catalogue")
    shown = sorted((key for key in KEYS.values() if key.memory), key=lambda key: key.name.lower())
    return "\n\n".join(_key(key, meanings.get(key.name, "")) for key in shown)


def _key(key: Key, meaning: str) -> str:
    return "\n".join([f"## `{key.name}` {{ #{key.name} }}", "", meaning, "", *_facts(key)])


def _facts(key: Key) -> list[str]:
    lines = [f"- Default: {_defaults(key)}"]
    if key.since:
        lines.append(f"- Since: Spark {key.since}")
    if key.replaced_by:
        when = f" since {key.deprecated}" if key.deprecated else ""
        lines.append(f"- Deprecated{when}: write [`{key.replaced_by}`](#{key.replaced_by})")
    elif key.deprecated:
        lines.append(f"- Deprecated since {key.deprecated}")
    if key.gone:
        lines.append(f"- Not read since {key.gone}")
    return lines


def _defaults(key: Key) -> str:
    """The default, and from which release on another one."""
    shown = [(start, _default(text)) for start, text in key.defaults if start in RELEASES]
    first = shown[0][1]
    later = "".join(f"; since {start}: {text}" for start, text in shown[1:])
    return first + later


def _default(text: str | None) -> str:
    if text is None:
        return "none"
    if text.startswith("="):
        return f"the value of [`{text[1:]}`](#{text[1:]})" if text[1:] in KEYS else f"the value of `{text[1:]}`"
    return f"`{text}`"
