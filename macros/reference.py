"""The reference pages, made from the model's catalogues."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from macros.content import CONTENT, ContentError, entries, load
from sparkmem.calculators import CALCULATORS
from sparkmem.configuration import FORMATS
from sparkmem.release import RELEASES
from sparkmem.render.markdown import table
from sparkmem.spark.changes.between import changes_between
from sparkmem.spark.changes.change import Change
from sparkmem.spark.settings.keys import KEYS, Key

_KEY_NAME = re.compile(r"spark(?:\.\w+)+")
_CONDITION = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")


def keys_reference() -> str:
    """Every memory setting under a heading of its own, in groups: meaning, default, since, and what replaced it."""
    meanings = key_meanings()
    groups = key_groups()
    index = [[f"[{group.title}](#{group.id})", str(len(group.keys))] for group in groups]
    parts = [table(["Group", "Keys"], index, right=[1])]
    for group in groups:
        parts.append(f"## {group.title} {{ #{group.id} }}\n\n{group.text}")
        parts += [_key(KEYS[name], meanings[name]) for name in group.keys]
    return "\n\n".join(parts)


@dataclass(frozen=True)
class KeyGroup:
    """Keys that stand under one heading of the reference."""

    id: str
    title: str
    text: str
    keys: tuple[str, ...]


@cache
def key_meanings() -> dict[str, str]:
    """What each memory setting means, in a sentence or two, by its name."""
    meanings = {name: str(text) for name, text in load(CONTENT / "keys.toml").items()}
    _same("content/keys.toml", set(meanings))
    return meanings


@cache
def key_groups() -> tuple[KeyGroup, ...]:
    """The groups in their order; each memory setting is in one of them."""
    groups = tuple(entries(KeyGroup, "group", CONTENT / "key-groups.toml"))
    times = Counter(name for group in groups for name in group.keys)
    if twice := [name for name, count in times.items() if count > 1]:
        raise ContentError(f"content/key-groups.toml: {', '.join(twice)} stands in two groups")
    _same("content/key-groups.toml", set(times))
    return groups


def _same(file: str, names: set[str]) -> None:
    shown = {key.name for key in KEYS.values() if key.memory}
    if unknown := names - shown:
        raise ContentError(f"{file}: {', '.join(sorted(unknown))} is not a memory setting of the catalogue")
    if missing := shown - names:
        raise ContentError(f"{file}: {', '.join(sorted(missing))} is missing")


def _key(key: Key, meaning: str) -> str:
    return "\n".join([f"### `{key.name}` {{ #{key.name} }}", "", meaning, "", *_facts(key)])


def _facts(key: Key) -> list[str]:
    lines = [f"- Default: {_defaults(key)}"]
    if key.since:
        lines.append(f"- Since: Spark {key.since}")
    if key.replaced_by:
        when = f" since {key.deprecated}" if key.deprecated else ""
        lines.append(f"- Deprecated{when}: write {_instead(key)}")
    elif key.deprecated:
        lines.append(f"- Deprecated since {key.deprecated}")
    if key.gone:
        lines.append(f"- Not read since {key.gone}")
    return lines


def _instead(key: Key) -> str:
    """The name to write, and the one after it where that has become an old name too.

    >>> _instead(KEYS["spark.reducer.maxReqSizeShuffleToMem"]).count("since 3.0")
    1
    """
    newer = KEYS[key.replaced_by]
    then = f", since {newer.deprecated} {_instead(newer)}" if newer.replaced_by else ""
    return f"[`{newer.name}`](#{newer.name}){then}"


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


def changes_reference() -> str:
    """What changed for memory in each release, newest first, each change under a heading of its own."""
    names = list(RELEASES)
    return "\n\n".join(_release(older, newer) for older, newer in reversed([*pairwise(names)]))


def _release(older: str, newer: str) -> str:
    found = changes_between(older, newer)
    compare = f"[{older} and {newer} compared, for your own settings]({_compared(older, newer)})"
    head = f"## Spark {newer} {{ #{since_id(newer)} }}\n\n{_counted(found)} {compare}."
    return "\n\n".join([head, *(_change(change) for change in found)])


def since_id(release: str) -> str:
    """The id of a release's section.

    >>> since_id("3.1")
    'since-3-1'
    """
    return f"since-{release.replace('.', '-')}"


def _compared(older: str, newer: str) -> str:
    return f"../calculators/release-diff.md?release={older}&other-release={newer}#release-diff"


def _linked_key(found: re.Match[str]) -> str:
    name = found.group()
    return f"[`{name}`](configuration-keys.md#{name})" if name in KEYS and KEYS[name].memory else f"`{name}`"


def _counted(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "Nothing changed."
    return "One change." if len(changes) == 1 else f"{len(changes)} changes."


def _figure(row: str) -> str:
    """What the answers of calculators call a figure; whose it is, where two have the same name."""
    label = _figures()[row]
    return f"Driver: {label}" if row.startswith("driver-") and not label.startswith("Driver") else label


@cache
def _figures() -> dict[str, str]:
    asked = {"driver-memory": {}, "container-request": {}, "executor-memory": {"gc": "parallel"}}  # which holds some back
    return {line.id: line.label for id, inputs in asked.items() for line in CALCULATORS[id].run(inputs)[0].rows()}


def _change(change: Change) -> str:
    said = change.text if change.text.startswith("spark.") else change.text[0].upper() + change.text[1:]
    named = _CONDITION.sub(r"`\g<0>`", said)
    lines = [f"### {change.label} {{ #change-{change.id} }}", "", f"{_KEY_NAME.sub(_linked_key, named)}.", ""]
    if change.rows:
        lines.append(f"- Moves: {' · '.join(_figure(row) for row in change.rows)}")
    if change.words:
        lines.append("- Changes the text of refusals")
    witness = change.source()
    if witness:
        lines.append(f'- Source: [{witness}]({witness.url} "{witness}")')
    return "\n".join(lines)


def forms_read() -> str:
    """Every form in which a configuration is read, from the surest to the least sure, and whether it is written too."""
    rows = [
        [form.name[:1].upper() + form.name[1:], f"`{form.id}`", "yes" if form.write else ""] for form in FORMATS.values()
    ]
    return table(["What is read", "Its name on the command line", "Also written"], rows)
