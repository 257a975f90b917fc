"""Finishing a site: every step has its place, and no page is read or written twice."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tools.finish import finish

PAGE = """<html><head><meta charset="utf-8"><link rel="canonical" href="https://example.org/{address}">
<link href="{up}assets/site.css"></head><body><article><h1 id="{id}">{id}</h1><p>One.</p></article></body></html>"""
PAGES = {"index.html": ("", "home"), "memory/a/index.html": ("../../", "a"), "404.html": ("/", "none")}
INDEX = "search/search_index.json"
SECTIONS = [{"location": place, "title": "Home", "text": "One."} for place in ("", "#just-failed")]
THEIRS = ("search", "assets/javascripts/lunr", "assets/javascripts/workers")
SEARCH = Path(__file__).parents[2] / "docs" / "assets" / "search"


@pytest.fixture
def site(tmp_path):
    for path in ("assets/site.css", "assets/calc/a.mjs", "assets/cite/a.mjs", "assets/palette/a.mjs"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    for theirs in THEIRS:
        (tmp_path / theirs).mkdir(parents=True)
    (tmp_path / INDEX).write_text(json.dumps({"docs": SECTIONS}))
    shutil.copytree(SEARCH, tmp_path / "assets/search")
    for path, (up, id) in PAGES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(PAGE.format(address=path.removesuffix("index.html"), up=up, id=id))
    return tmp_path


def test_each_page_is_read_once_and_written_once(site, monkeypatch):
    done: Counter[tuple[str, str]] = Counter()

    def count(name, plain):
        def counted(path, *given):
            if path.is_relative_to(site):  # what a step knows beside the pages it may read when it first needs it
                done[name, path.relative_to(site).as_posix()] += 1
            return plain(path, *given)

        monkeypatch.setattr(Path, name, counted)

    count("read_text", Path.read_text)
    count("write_text", Path.write_text)
    finish(site)
    monkeypatch.undo()
    made = {"go/home/index.html", "go/a/index.html"}
    read, written = {*PAGES, INDEX}, {*PAGES, *made}
    assert done == {**{("read_text", path): 1 for path in read}, **{("write_text", path): 1 for path in written}}


def test_what_needs_all_pages_has_them(site):
    finish(site)
    pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}
    assert all(page.count("Content-Security-Policy") == 1 for page in pages.values())
    assert "https://example.org/go/a/" in pages["memory/a/index.html"], "its citation"
    assert 'href="../../memory/a/"' in pages["go/a/index.html"]
    assert "data-citations" not in pages["404.html"]
    assert 'href="/assets/site.' in pages["404.html"]
    assert 'assets/site.css"' not in pages["404.html"]


def test_two_things_with_one_short_address_stop_it(site):
    (site / "spark/a").mkdir(parents=True)
    (site / "spark/a/index.html").write_text((site / "memory/a/index.html").read_text())
    with pytest.raises(ValueError, match="/go/a/ would be both"):
        finish(site)


def test_the_theme_s_search_is_not_published_and_ours_is_whole(site):
    finish(site)
    assert not any((site / theirs).exists() for theirs in THEIRS)
    (ours,) = site.glob("assets/search.*")
    assert [section["at"] for section in json.loads((ours / "index.json").read_text())["sections"]] == ["", "#just-failed"]
    assert "sourceMappingURL" not in (ours / "engine" / "minisearch.mjs").read_text()


def test_a_search_that_leads_to_no_section_stops_it(site):
    (site / INDEX).write_text(json.dumps({"docs": SECTIONS[:1]}))
    with pytest.raises(ValueError, match="diagnosis names '#just-failed', which is no section of the site"):
        finish(site)
