"""The search of the site, made with the pages: an index for the worker in docs/assets/search, and none of the theme's.

The theme's plug-in has taken the pages apart by then, into sections with their text.  Its worker, its index and its
stemmers are not published; the theme's own dialog asks our worker instead, when a reader reaches for it (see search.js).
"""

import html
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.diagnosis.families import findings
from tools.finishing.inline import with_script
from tools.node import NODE

_ROOT = Path(__file__).parents[2]
WORDS = _ROOT / "content" / "search.toml"
FOLDER = Path("assets") / "search"
_LIBRARY = _ROOT / "node_modules" / "minisearch" / "dist" / "es" / "index.js"
_THEMES = ("search", "assets/javascripts/workers", "assets/javascripts/lunr")
_THEMES_WORKER = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/search\.[^"]*(?=")')
_TAG = re.compile(r"<(/?)(code|pre)\b[^>]*>|<[^>]*>")
# Around what a page quotes: a key, a text of an error, a flag.
_QUOTE = "`"
# So many letters of a failure's text say which failure it is.
_TELLING = 12
# So many do by themselves; fewer with another part of so many.
_TELLING_ALONE, _BESIDE = 18, 6
_AND = "\n"
_SCRIPT = Path(__file__).with_suffix(".js").read_text()


def make_search(site: Path) -> None:
    """The index into the folder of the search, and the theme's out of the site."""
    built = json.loads((site / "search" / "search_index.json").read_text())
    with WORDS.open("rb") as file:
        index = search_index(built, tomllib.load(file))
    made = subprocess.run(
        [NODE, _ROOT / "tools" / "finishing" / "search.mjs", site / FOLDER, _LIBRARY],
        input=json.dumps(index, ensure_ascii=False),
        text=True,
        stderr=subprocess.PIPE,
    )
    if made.returncode:
        raise ValueError(f"the index of the search cannot be made: {made.stderr}")
    for name in _THEMES:
        shutil.rmtree(site / name)


def search_index(built: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The sections of the theme's index, and what content/search.toml knows; ValueError where that names no section."""
    titles = {doc["location"]: plain(doc["title"]) for doc in built["docs"] if "#" not in doc["location"]}
    sections = [_section(doc, titles, known["weight"]) for doc in built["docs"] if doc["text"] or "#" not in doc["location"]]
    if known["diagnosis"] not in (section["at"] for section in sections):
        raise ValueError(f"content/search.toml: diagnosis names {known['diagnosis']!r}, which is no section of the site")
    options = {option.lstrip("-"): key for option, key in OPTIONS.items()}
    words = {**options, **known["words"]}
    return {"sections": sections, "words": words, "diagnosis": known["diagnosis"], "texts": _texts_of_failures()}


def _texts_of_failures() -> list[list[str]]:
    """Of each text by which a failure is told: its longest part without numbers, the section that treats it, its page.

    A part that is short, as `executor memory`, stands in any question: it tells only with the next longest beside it.
    """
    told: dict[str, list[str]] = {}
    for finding in findings().values():
        page, _, section = finding.see.partition("#")
        treated = [f"{page.removesuffix('.md')}/#{section}", finding.page]
        for text in finding.text:
            part, *others = sorted(map(str.lower, text.template.literals), key=len, reverse=True)
            beside = next((other for other in others if len(part) < _TELLING_ALONE and len(other) >= _BESIDE), "")
            if len(part) >= _TELLING:
                told.setdefault(_AND.join(filter(None, (part, beside))), treated)
    return [[part, *treated] for part, treated in told.items()]


def _section(doc: Mapping[str, Any], titles: Mapping[str, str], weights: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    location = doc["location"]
    weight = next((each["weight"] for each in weights if re.search(each["of"], location)), 1)
    page = titles[location.partition("#")[0]]
    return {"at": location, "title": plain(doc["title"]), "page": page, "text": plain(doc["text"]), "weight": weight}


def plain(markup: str) -> str:
    """Text without tags, what was code between backticks.

    >>> plain("<p>Set <code>a &lt; b</code>,<br>once.</p>")
    'Set `a < b`, once.'
    """
    text = _TAG.sub(lambda tag: _QUOTE if tag[2] == "code" else " ", markup.replace(_QUOTE, "'"))
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def with_search(page: str, renamed: Mapping[str, str]) -> str:
    """The page with our worker in place of the theme's, and the script that starts it; as it was where it has no search."""
    if 'data-md-component="search"' not in page:
        return page
    theirs, named = _THEMES_WORKER.subn(rf"\g<1>{renamed[FOLDER.as_posix()]}/worker.mjs", page)
    if named != 1:
        raise ValueError(f"{named} places name the theme's search worker, expected one")
    return with_script(theirs, _SCRIPT, {})
