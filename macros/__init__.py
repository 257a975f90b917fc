"""What the pages call at build time: look up, render, return.  No arithmetic happens here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.diagrams import diagram
from macros.evidence import Recordings
from macros.flags import Flags
from macros.knowledge import Knowledge
from macros.prose import fact, figure, hadoop_source, jdk_source, key_default, refusal, size, source, spark_source
from macros.reference import keys_reference
from macros.tables import heap_by_collector, least_heap, refused_heap, released, text_by_release
from sparkmem.evaluate import run
from sparkmem.render.form import calculator_html
from sparkmem.render.picture import picture

ROOT = Path(__file__).resolve().parent.parent


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros."""
    recordings = Recordings(ROOT / "tests" / "oracle")

    def calculator(calculator_id: str) -> str:
        """The calculator as an element: its form, and the answer for the defaults."""
        runtime = _runtime()
        html = calculator_html(calculator_id, env.page.url, runtime["hash"], _fetched_bytes(runtime))
        return f'<div class="sm-wide">{html}</div>'

    def heap_picture(inputs: Mapping[str, str]) -> str:
        """An executor's heap drawn to scale, without the form."""
        result, _, _ = run({"calculator": "executor-memory", "inputs": inputs})
        return f'<div class="sm-calc">{picture(result.breakdowns, result.headline)}</div>'

    prose = (fact, figure, hadoop_source, jdk_source, key_default, refusal, size, source, spark_source)
    tables = (heap_by_collector, least_heap, refused_heap, released, text_by_release)
    for macro in (calculator, heap_picture, diagram, keys_reference, *prose, *tables, *Knowledge(env).macros()):
        env.macro(macro)
    env.macro(recordings.count, "recorded")
    env.macro(recordings.table, "recordings")
    flags = Flags(ROOT / "tests" / "oracle" / "flags.json")
    env.macro(flags.by_java, "flags_by_java")
    env.macro(flags.compressed, "compressed_by_java")


def _runtime() -> dict[str, Any]:
    manifest = ROOT / "docs" / "assets" / "py" / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError(f"{manifest.relative_to(ROOT)} is missing: run `make runtime` first")
    found: dict[str, Any] = json.loads(manifest.read_text())
    return found


def _fetched_bytes(runtime: Mapping[str, Any]) -> int:
    return sum(file["gzip"] for file in runtime["files"].values())
