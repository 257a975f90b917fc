"""What the home page answers before Python is there: small, how Python's own answer begins, and every link leads on."""

import gzip
import re

from macros.at_once import at_once_html
from sparkmem.render.pasted import pasted

LARGEST_BYTES = 4_000
ROW = re.compile(r'<div data-for="([^"]*)">(.*?</div>)</div>')


def test_the_index_costs_the_home_page_little(site_dir):
    home = (site_dir / "index.html").read_text()
    without = re.sub(r"<template[^>]* data-at-once.*?</template>", "", home, flags=re.DOTALL)
    assert home != without
    assert len(gzip.compress(home.encode())) - len(gzip.compress(without.encode())) <= LARGEST_BYTES


def test_python_s_answer_begins_with_what_was_there_at_once(site_dir):
    rows = {name: lines for names, lines in ROW.findall(at_once_html("")) for name in names.split()}
    assert {"137", "143", "52", "-104", "SIGKILL", "OOMKilled", "oomkilled", "java.lang.OutOfMemoryError"} <= rows.keys()
    ids = {}
    for name, lines in rows.items():
        for text in (name, f"exit code {name}") if name.lstrip("-").isdigit() else (name,):
            assert pasted(text, "")["html"].startswith(lines), text
        for page, anchor in re.findall(r'href="([^"#]*)#?([^"]*)"', lines):
            ids[page] = ids.get(page) or (site_dir / page / "index.html").read_text()
            assert not anchor or re.search(rf'\bid="?{anchor}\b', ids[page]), f"{name} leads to {page}#{anchor}"


def test_a_code_with_a_page_says_what_to_do_first_and_leads_to_its_row():
    (lines,) = [lines for names, lines in ROW.findall(at_once_html("")) if "137" in names.split()]
    assert "<b>Do this first:</b> find out who sent it" in lines
    assert 'href="reference/exit-codes/#exit-137"' in lines
