"""Short addresses and citations: one for each page and section, with a preview, leading where it says."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tools.finishing.citable import page_name
from tools.pages import Page, pages
from tools.server import built_for

ROOT = Path(__file__).parents[2]
_REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
_DATA = re.compile(r"<template data-citations>(.+?)</template>", re.DOTALL)


@pytest.fixture
def site_pages(site_dir):
    return pages(site_dir)


@pytest.fixture
def go_pages(site_pages) -> dict[str, Page]:
    return {path: page for path, page in site_pages.items() if path.startswith("go/")}


def test_every_short_address_leads_to_its_section_without_a_script(go_pages, site_pages):
    assert len(go_pages) > 300
    for path, page in go_pages.items():
        onward = _REFRESH.search(page.text)
        assert onward, path
        assert page.links == [onward[1]], path
        there, fragment = page.target(onward[1])
        assert there in site_pages, path
        assert not fragment or fragment in site_pages[there].ids, path
        assert "<script" not in page.text, path


def test_every_short_address_has_a_preview(go_pages, site_dir):
    for path, page in go_pages.items():
        assert page.title.endswith(" - sparkmem"), path
        assert page.metas["description"] == page.metas["og:description"] != "", path
        assert page.metas["og:title"], path
        assert page.metas["og:url"] == built_for(site_dir) + path
        assert page.metas["robots"] == "noindex, follow", path
        assert page.canonical.startswith(built_for(site_dir)), path


def test_pages_have_names_of_their_own(site_pages):
    names = [page_name(path) for path in site_pages if not path.startswith("go/") and path != "404.html"]
    assert len(names) == len(set(names))


def test_each_heading_can_be_cited_in_every_format(site_pages, go_pages, site_dir):
    base = built_for(site_dir)
    for path, page in site_pages.items():
        if path.startswith("go/") or path == "404.html":
            continue
        texts = json.loads(unescape(_DATA.search(page.text)[1]))
        headings = {i for tag, i in page.headings if tag in ("h2", "h3")} - {"sources", "questions-answered"}
        assert set(texts) == {"", *headings}, path
        for citation in texts.values():
            address = citation["address"]
            assert address.removeprefix(base) in go_pages, address
            assert f"]({address})" in citation["markdown"]
            assert f"|{address}]" in citation["jira"]
            assert f'<a href="{address}">' in citation["confluence"]
            for name in ("markdown", "jira", "confluence"):
                assert citation[name].endswith("read {date}")
                assert "Spark 2.4 to 4.3" in citation[name]


def test_no_mark_of_the_writers_is_published(site_pages):
    for path, page in site_pages.items():
        assert "<!-- seed" not in page.text, path
        assert "<!-- measured" not in page.text, path
