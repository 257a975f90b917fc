"""What the pages call at build time: look up, render, return.  No arithmetic happens here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.at_once import at_once_html
from macros.containers import CONTAINER_MACROS
from macros.diagrams import diagram
from macros.ends import ends_by_flag, ends_table
from macros.evidence import Recordings
from macros.findings import FindingPages
from macros.flags import Flags
from macros.knowledge import Knowledge
from macros.lab import Lab
from macros.licences import licences
from macros.links import links_counted, outside_links
from macros.postmortem import Postmortem
from macros.prose import fact, figure, hadoop_source, jdk_source, key_default, refusal, size, source, spark_source
from macros.reference import changes_reference, forms_read, keys_reference
from macros.region_tables import figures_by_release, figures_by_size, packings
from macros.right_size import RightSizes
from macros.runs import executor_metrics
from macros.storage import STORAGE_MACROS
from macros.tables import heap_by_collector, least_heap, refused_heap, released, text_by_release
from sparkmem.browser import DIAGNOSE, WATCH
from sparkmem.diagnosis.stems import LITTLE
from sparkmem.render.form import calculator_html
from sparkmem.render.happened import happened_html
from sparkmem.render.node import node_html
from sparkmem.render.paste_box import paste_box_html
from sparkmem.render.picture import key_html, picture
from sparkmem.render.run.page import EXAMPLE_LOG, run_reader_html
from sparkmem.render.variants_section import variants_section_html
from sparkmem.render.watch import watch_html
from sparkmem.requests.evaluate import run

ROOT = Path(__file__).resolve().parent.parent


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros."""
    recordings = Recordings(ROOT / "tests" / "oracle")
    lab = Lab(ROOT / "tests" / "oracle" / "lab.json")

    def calculator(calculator_id: str) -> str:
        """The calculator as an element: its form as it opens, and the answer for that."""
        runtime = _runtime()
        html = calculator_html(calculator_id, env.page.url, runtime["hash"], _fetched_bytes(runtime, calculator_id))
        return f'<div class="sm-wide">{html}</div>'

    def variants() -> str:
        """What would change under another collector, release or cluster manager, for the example of explain."""
        return f'<div class="sm-wide">{variants_section_html(env.page.url)}</div>'

    def memory_manager() -> str:
        """The element that plays scripts on a memory manager."""
        runtime = _runtime()
        return f'<div class="sm-wide">{watch_html(env.page.url, runtime["hash"], _fetched_bytes(runtime, WATCH))}</div>'

    def what_happened() -> str:
        """The box that takes the text of a failure."""
        runtime = _runtime()
        html = happened_html(env.page.url, runtime["hash"], _fetched_bytes(runtime, DIAGNOSE))
        return f'<div class="sm-wide">{html}</div>'

    def run_reader() -> str:
        """The element that reads event logs."""
        example = ROOT / "tests" / "eventlogs" / EXAMPLE_LOG
        html = run_reader_html(env.page.url, _runtime()["hash"], example.stat().st_size)
        return f'<div class="sm-wide">{html}</div>'

    def paste_box() -> str:
        """The box that takes whatever a reader has."""
        runtime = _runtime()
        html = paste_box_html(env.page.url, runtime["hash"], _fetched_bytes(runtime, "explain"), at_once_html(env.page.url))
        script = f'<script type="module" src="{"../" * env.page.url.count("/")}assets/calc/spark-paste.mjs"></script>'
        return f'<div class="sm-wide">{html}{script}</div>'  # no other page has that box

    def answer_picture(calculator_id: str, inputs: Mapping[str, str], of: str = "") -> str:
        """What a calculator draws for these inputs, without its form: the areas are named below, each with its section.

        ``of`` is the id of a total where its own bar is enough.
        """
        result, _, _ = run({"calculator": calculator_id, "inputs": inputs})
        if result.packed:
            return f'<div class="sm-calc sm-glance">{node_html(result.packed, result.headline)}</div>'
        drawn = [one for one in result.breakdowns if of in ("", one.total.id)]
        key = key_html(drawn, "../" * env.page.url.count("/"))
        return f'<div class="sm-calc sm-glance">{picture(drawn, result.headline, keyed=True)}{key}</div>'

    def list_filter(what: str, of: str = "sections") -> str:
        """A field that keeps, of the sections, lines or rows that follow on the page, those with the words typed."""
        source, little = f"{'../' * env.page.url.count('/')}assets/calc/list-filter.mjs", " ".join(sorted(LITTLE))
        return (
            f'<div class="sm-filter"><list-filter of="{of}" data-little="{little}"><label>Find among the {what}'
            ' <input type="search" autocomplete="off" spellcheck="false"></label> <span role="status"></span></list-filter>'
            f'<script type="module" src="{source}"></script></div>'
        )

    def heap_picture(inputs: Mapping[str, str]) -> str:
        """An executor's heap drawn to scale, without the form."""
        return answer_picture("executor-memory", inputs)

    prose = (fact, figure, hadoop_source, jdk_source, key_default, refusal, size, source, spark_source)
    tables = (heap_by_collector, least_heap, refused_heap, released, text_by_release)
    regions = (figures_by_release, figures_by_size, packings)
    areas = (*regions, *CONTAINER_MACROS, *STORAGE_MACROS)
    boxes = (calculator, variants, memory_manager, what_happened, run_reader, paste_box, list_filter)
    drawn = (*boxes, executor_metrics, answer_picture, heap_picture, diagram)
    lists = (changes_reference, forms_read, keys_reference, licences, links_counted, outside_links)
    knowledge = Knowledge(env, lab)
    errors = FindingPages(env, knowledge.key)
    for macro in (*drawn, *prose, *tables, *lists, *areas, *knowledge.macros(), *errors.macros()):
        env.macro(macro)
    env.macro(ends_table(knowledge.evidence), "ends_table")
    env.macro(ends_by_flag(lab), "ends_by_flag")
    env.macro(recordings.count, "recorded")
    env.macro(recordings.table, "recordings")
    env.macro(recordings.traces, "recorded_traces")
    sizes = RightSizes(ROOT / "tests" / "oracle")
    env.macro(sizes.table, "right_sizes")
    env.macro(sizes.others, "rules_of_others")
    env.macro(sizes.count, "right_sizes_counted")
    env.macro(lab.measured)
    env.macro(lab.measured_on)
    env.macro(lab.page, "experiments")
    env.macro(lab.count, "experimented")
    env.macro(Postmortem(env).template, "postmortem_template")
    flags = Flags(ROOT / "tests" / "oracle" / "flags.json")
    env.macro(flags.by_java, "flags_by_java")
    env.macro(flags.compressed, "compressed_by_java")


def _runtime() -> dict[str, Any]:
    manifest = ROOT / "docs" / "assets" / "py" / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError(f"{manifest.relative_to(ROOT)} is missing: run `make runtime` first")
    found: dict[str, Any] = json.loads(manifest.read_text())
    return found


def _fetched_bytes(runtime: Mapping[str, Any], part: str) -> int:
    """Bytes until the first answer of a page with this part."""
    own = f"sparkmem-{part}.zip.gz"
    return sum(file["gzip"] for name, file in runtime["files"].items() if not name.startswith("sparkmem") or name == own)
