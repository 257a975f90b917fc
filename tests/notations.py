"""The same settings written in many notations, and wrapped in what people, machines and web pages put around a text."""

from __future__ import annotations

import html
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

Settings = dict[str, str]
_ROWS = tomllib.loads((Path(__file__).parent / "cases" / "notations.toml").read_text())["notation"]


def _written(row: dict[str, str]) -> Callable[[Settings], str]:
    def write(settings: Settings) -> str:
        each = [row["each"].replace("«key»", key).replace("«value»", value) for key, value in settings.items()]
        return row.get("before", "") + row["between"].join(each) + row.get("after", "")

    return write


def _tree(settings: Settings) -> dict:
    whole: dict = {}
    for key, value in settings.items():
        *path, last = key.split(".")
        node = whole
        for word in path:
            node = node.setdefault(word, {})
        node[last] = value
    return whole


def _yaml(tree: dict, indent: int = 0) -> str:
    lines = ""
    for key, value in tree.items():
        lines += " " * indent + (f"{key}: {value}\n" if isinstance(value, str) else f"{key}:\n{_yaml(value, indent + 2)}")
    return lines


def _tables(settings: Settings) -> str:
    tables: dict[str, str] = {}
    for key, value in settings.items():
        path, _, last = key.rpartition(".")
        tables[path] = tables.get(path, f"[{path}]\n") + f'{last} = "{value}"\n'
    return "\n".join(tables.values())


def _by_steps(settings: Settings) -> str:
    steps = {"".join(f"['{word}']" for word in key.split(".")): value for key, value in settings.items()}
    return "\n".join(f"default{step} = '{value}'" for step, value in steps.items())


def _numbered_rows(settings: Settings) -> str:
    rows = [f"| {n} | {key} | - | {value} |" for n, (key, value) in enumerate(settings.items(), 1)]
    return "\n".join(["| # | Property | Default | Ours |", "|---|---|---|---|", *rows])


NOTATIONS: dict[str, Callable[[Settings], str]] = {row["name"]: _written(row) for row in _ROWS} | {
    "JSON nested": lambda settings: json.dumps(_tree(settings), indent=2),
    "JSON nested on a line": lambda settings: json.dumps({"app": {"config": _tree(settings)}}),
    "JSON, a list of keys and one of values": lambda settings: json.dumps({"k": [*settings], "v": [*settings.values()]}),
    "YAML nested": lambda settings: _yaml({"job": {"config": _tree(settings)}}),
    "TOML tables": _tables,
    "INI, keys below their section": lambda settings: "[spark]\n" + "\n".join(
        f"{key.removeprefix('spark.')} = {value}" for key, value in settings.items()
    ),
    "steps in brackets": _by_steps,
    "a table with four columns": _numbered_rows,
    "a table with settings for titles": lambda settings: ",".join(settings) + "\n" + ",".join(settings.values()),
}  # fmt: skip


def _each(before: str) -> Callable[[str], str]:
    return lambda text: "\n".join(before + line for line in text.split("\n"))


def _numbered(shape: str) -> Callable[[str], str]:
    return lambda text: "\n".join(shape.format(number, line) for number, line in enumerate(text.split("\n"), 1))


WRAPPINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "a fence in a list": lambda text: f"1. This is what I run:\n\n   ```bash\n{_each('   ')(text)}\n   ```\n\n2. it fails",
    "a mail": lambda text: f"On Monday Bob wrote:\n{_each('> ')(text)}\n\nthanks",
    "an answer to an answer": _each(">> "),
    "a chat": lambda text: f"bob  10:04 AM\n{text}",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "Jira": lambda text: f"{{code:java}}\n{text}\n{{code}}",
    "a web page": lambda text: f"<pre><code>{html.escape(text)}</code></pre>",
    "a forum": lambda text: f"[code]{text}[/code]",
    "numbers of lines": _numbered("{0:4d}  {1}"),
    "numbers and a bar": _numbered("{0:3d} | {1}"),
    "cat -n": _numbered("{0:6d}\t{1}"),
    "grep -n": _numbered("conf/x.txt:{0}:{1}"),
    "a log": _each("24/03/01 10:00:00 INFO Main: "),
    "a log of Airflow": _each("[2024-03-01, 10:00:00 UTC] {subprocess.py:93} INFO - "),
    "a log of GitHub": _each("2024-03-01T10:00:00.1234567Z "),
    "a journal": _each("Mar 01 10:00:00 host1 spark[123]: "),
    "containers": _each("spark-1  | "),
    "colours": lambda text: "\n".join(f"\x1b[32m{line}\x1b[0m" for line in text.split("\n")),
    "a list": _each("- "),
    "a quoted text": lambda text: json.dumps({"text": text}),
    "a notebook": lambda text: json.dumps({"cells": [{"source": [f"{line}\n" for line in text.split("\n")]}]}, indent=1),
    "a here-document": lambda text: f"cat > x.conf <<'EOF'\n{text}\nEOF",
    "a block of YAML": lambda text: f"data:\n  file: |\n{_each('    ')(text)}",
    "blanks behind": lambda text: "\n".join(f"{line}  " for line in text.split("\n")),
}
