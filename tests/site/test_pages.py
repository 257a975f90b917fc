"""What holds for every page of the built site."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.finding_advice import Advice
from sparkmem.diagnosis.families import findings
from tools.finishing.policy import content_security_policy
from tools.node import run_node
from tools.pages import Page, pages
from tools.server import built_for

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site_pages(site_dir: Path) -> dict[str, Page]:
    """The pages that people read: those at /go/ lead to them, and have tests of their own."""
    return {path: page for path, page in pages(site_dir).items() if not path.startswith("go/")}


def test_there_are_the_pages_that_the_navigation_names(site_pages):
    assert {"", "checked/", "memory/executor-heap/", "404.html"} <= set(site_pages)


def test_each_page_can_be_previewed(site_pages, site_dir):
    for path, page in site_pages.items():
        assert page.title.strip(), path
        assert 50 <= len(page.metas["description"]) <= 250, f"{path}: {page.metas['description']}"
        assert page.metas["og:description"] == page.metas["description"], path
        assert page.metas["og:title"] in page.title or path == "404.html", path
        assert page.metas["og:type"] == ("website" if path == "" else "article"), path
        assert page.metas["twitter:card"] == "summary", path
        if path != "404.html":
            assert page.canonical == page.metas["og:url"] == built_for(site_dir) + path


def test_titles_and_descriptions_are_not_repeated(site_pages):
    published = [page for path, page in site_pages.items() if path != "404.html"]
    assert len({page.title for page in published}) == len(published)
    assert len({page.metas["description"] for page in published}) == len(published)


def test_a_page_about_a_failure_begins_with_what_to_do(site_pages):
    bare, long = [], []
    for path, page in site_pages.items():
        if path.startswith("errors/") and path not in ("errors/", "errors/harmless/"):
            box = re.search(r"</h1>\s*<div class=\"sm-do-first\">\s*(<p><strong>Do this first:.*?)</div>", page.text, re.S)
            if not box:
                bare.append(path)
            elif box[1].count("<p>") > 3:
                long.append(path)
    assert (bare, long) == ([], [])


def test_what_to_do_first_does_not_wait_for_a_sign_that_a_page_knows_nothing_of(site_pages):
    """A state store of RocksDB is one reason among many for a container that was killed."""
    containers = dict.fromkeys(("oom-killed", "cgroup-oom", "yarn-physical-limit"), "set <a")
    for name, said in {**containers, "exit-137": "find out who sent it"}.items():
        first = site_pages[f"errors/{name}/"].text.partition("<strong>Do this first:</strong>")[2].partition("</p>")[0]
        assert first.strip().startswith(said), name
        assert "rocksdb" not in first, name


def test_a_count_is_no_size_on_the_page_of_a_failure(site_pages):
    for name, said in {"gpu-memory": "1", "vector-batch-memory": "512"}.items():
        first = site_pages[f"errors/{name}/"].text.partition("<strong>Do this first:</strong>")[2].partition("</p>")[0]
        assert f"<code>{said}</code>, in the example" in first, name


def test_a_page_about_a_failure_has_its_picture_before_what_goes_with_it(site_pages):
    text = site_pages["errors/oom-killed/"].text
    places = [text.index(part) for part in ("sm-do-first", '<figure class="sm-diagram"', 'id="what-to-do"', "It explains: ")]
    assert places == sorted(places)


def test_what_has_a_colour_in_the_picture_of_a_failure_is_what_is_marked(site_pages):
    """One box, or all that may have been it; and what points at one stands on one line."""
    fills, several = set(), {}
    for path, page in site_pages.items():
        if path.startswith("errors/") and (picture := re.search(r'<figure class="sm-diagram".*?</figure>', page.text, re.S)):
            boxes = re.findall(r'class="sm-svg-box( sm-svg-marked)? sm-svg-(?!plain|paper)(\w+)"', picture[0])
            assert {marked for marked, _ in boxes} == {" sm-svg-marked"}, path
            assert picture[0].count("◀\N{NO-BREAK SPACE}this\N{NO-BREAK SPACE}one</text>") == 1, path
            assert picture[0].count("◀\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}this</text>") == len(boxes) - 1, path
            fills.add(boxes[0][1])
            several |= {path: len(boxes)} if len(boxes) > 1 else {}
    assert fills == {"user", "overhead", "offheap", "pyspark", "tinted"}
    assert several == {"errors/bad-alloc/": 2, "errors/exit-52/": 4, "errors/page-not-allocated/": 2}


def test_the_picture_of_a_failure_marks_the_process_whose_memory_it_was(site_pages):
    """R and Python are outside the JVM, a NodeManager is outside the container, and a machine is not drawn."""
    boxes = re.compile(r'<rect class="sm-svg-box( sm-svg-marked)?[^>]*/>(?:<text[^>]*>[^<]*</text>)*')
    for name in ("r-memory", "r-worker-crashed", "python-memory-error"):
        [marked] = [box[0] for box in boxes.finditer(site_pages[f"errors/{name}/"].text) if box[1]]
        assert "Python or R" in marked, name
    served = site_pages["errors/shuffle-service-heap/"].text
    places = [served.index(part) for part in ("NodeManager or worker: a JVM", "sm-svg-marked", ">Container</text>")]
    assert places == sorted(places)
    for name in ("fork-no-memory", "errno-12", "glue-exit-10", "system-oom"):
        assert "sm-diagram" not in site_pages[f"errors/{name}/"].text, name


def test_a_key_is_named_once_among_what_to_change():
    """Where it stands for several cases they are listed below it."""
    advice = Advice(str, lambda key: f"`{key}`")
    for one in findings().values():
        named = [line for line in advice.changes(one).splitlines() if line.startswith("- ")]
        assert len(named) == len({change.key for change in one.change}), one.id
    first, *cases = advice.changes(findings()["thread-limit"]).splitlines()[:3]
    assert first == "- `podPidsLimit`"
    assert [case.partition(": ")[0] for case in cases] == [
        "    - Where the container may have fewer than 4,096 threads, or its limit is not told",
        "    - Where the container may have 4,096 threads or more already",
    ]


def test_the_page_of_a_failure_has_its_place(site_pages):
    """The list is active in the navigation, its group stands above the title, and neighbours lead to each other."""
    active = re.compile(r'<a href="\.\./" class="md-nav__link md-nav__link--active">\s*<span[^>]*>\s*Texts of failures')
    step = r'<a href="../([^"]*)" class="md-footer__link md-footer__link--{}" aria-label="\w+: ([^"]+)"'
    before, behind = re.compile(step.format("prev")), re.compile(step.format("next"))
    groups = re.findall(r'(?s)<h3 id="(ran-out-[^"]+)">.*?<ul class="sm-failures">(.*?)</ul>', site_pages["errors/"].text)
    placed = {f"errors/{id}/": name for name, listed in groups for id in re.findall(r'<a href="([^"/]+)/">', listed)}
    listed = re.sub("<wbr>", "", site_pages["errors/"].text)
    failures = {path for path in site_pages if re.fullmatch(r"errors/[^/]+/", path)}
    assert placed.keys() == failures - {"errors/harmless/"}
    for path in failures:
        text = site_pages[path].text
        assert active.search(text), path
        assert text.count("md-nav__item--active") == 2, path
        above = text.partition('<p class="sm-where"')[2].partition("</p>")[0]
        assert re.findall('href="([^"]+)"', above) == ["../", *([f"../#{placed[path]}"] if path in placed else [])]
        if next_one := behind.search(text):
            assert placed[f"errors/{next_one[1]}"] == placed[path]
            assert before.search(site_pages[f"errors/{next_one[1]}"].text)[1] == path.removeprefix("errors/")
            assert f'<a href="{next_one[1]}">{next_one[2]}</a>' in listed
    assert len([path for path in placed if not behind.search(site_pages[path].text)]) == len(groups)


def test_a_symbol_that_has_stars_keeps_them_in_its_link(site_pages):
    assert "Container released on a *lost* node</a>" in re.sub(r"<wbr>", "", site_pages["errors/yarn-node-lost/"].text)
    assert [path for path, page in site_pages.items() if path.startswith("errors/") and "<em>" in page.text] == []


def test_no_page_of_a_failure_has_a_sentence_without_its_end(site_pages):
    empty = re.compile(r"(?:behind|by|in|of|from|with|:) \.</p>")
    assert [path for path, page in site_pages.items() if path.startswith("errors/") and empty.search(page.text)] == []


_NOT_PROSE = re.compile(r"<(pre|code|textarea|script|style|template|option|svg|spark-[a-z]+)\b.*?</\1>", re.S)


def _prose_html(page):
    return _NOT_PROSE.sub("", re.search(r"<article.*</article>", page.text, re.S)[0])


def _prose(page, but=""):
    """The article of a page as text, without code, and without elements that a pattern names."""
    article = _prose_html(page)
    return re.sub(r"<[^>]+>", "", re.sub(but, "", article, flags=re.S) if but else article)


def test_no_mark_of_markdown_is_left_in_what_is_read(site_pages):
    """A symbol with brackets once ended a link before its end."""
    left = re.compile(r"\]\(|\*\*|`|\{\{|\}\}")
    assert {path: found[0] for path, page in site_pages.items() if (found := left.search(_prose(page)))} == {}


def test_keys_and_options_on_the_page_of_a_failure_are_code(site_pages):
    """A title is its text's own words, in a heading and as a link."""
    bare = re.compile(r"\b(?:spark|yarn)(?:\.\w+){2,}|(?<!\w)-XX:")
    pages = {path: _prose(page, r"<(a|h1)\b.*?</\1>") for path, page in site_pages.items() if path.startswith("errors/")}
    assert {path: found[0] for path, text in pages.items() if path != "errors/" and (found := bare.search(text))} == {}


def test_what_fails_nothing_ran_out_of_nothing(site_pages):
    said = {"spilled": "What it is about", "exit-137": "What may have run out", "heap-space": "What ran out"}
    for name, words in said.items():
        assert f"{words}: " in _prose(site_pages[f"errors/{name}/"]), name
    assert "Which memory ran out, if any, it does not tell." in _prose(site_pages["errors/executor-lost/"])
    assert "No memory ran out." in _prose(site_pages["errors/thread-limit/"])


def test_what_does_not_help_is_said_once(site_pages):
    said = "<strong>What does not help:</strong>"
    times = {path: page.text.count(said) for path, page in site_pages.items() if path.startswith("errors/")}
    assert {times["errors/exit-137/"], times["errors/oom-killed/"]} == {1} == set(times.values()) - {0}


def test_what_is_told_of_a_failure_stands_before_the_text_for_a_postmortem(site_pages):
    text = site_pages["errors/heap-space/"].text
    places = [text.index(part) for part in ("To change:", "Why people raise the wrong number", "In a postmortem,")]
    assert places == sorted(places)


def test_no_sentence_holds_a_source_in_brackets(site_pages):
    alone = re.compile(r'\(<a href="[^"]*" title="(?:Spark|OpenJDK|Hadoop) [^"]*"[^>]*>[^<]*(?:<wbr>[^<]*)*</a>\)')
    assert {path: found[0] for path, page in site_pages.items() if (found := alone.search(page.text))} == {}


def test_a_link_that_leaves_the_site_says_so(site_pages):
    """Paper shows the addresses of these alone (docs/assets/site/print.css)."""
    links = {path: re.findall(r'<a [^>]*href="https?://[^>]*>', _prose_html(page)) for path, page in site_pages.items()}
    assert {path: bare for path, found in links.items() if (bare := [one for one in found if ' rel="' not in one])} == {}
    assert not any(re.search(r'<a [^>]*href="\.[^>]*rel="external"', page.text) for page in site_pages.values())


def test_the_sitemap_lists_every_page(site_pages, site_dir):
    listed = set(re.findall(r"<loc>([^<]+)</loc>", (site_dir / "sitemap.xml").read_text()))
    assert listed == {built_for(site_dir) + path for path in site_pages if path != "404.html"}


def test_no_table_is_left_for_the_theme_to_move_as_it_starts(site_pages):
    assert {path for path, page in site_pages.items() if re.search(r"<table(?![^>]* class=)", page.text)} == set()
    assert any('<table class="sm-table">' in page.text for page in site_pages.values())


def test_each_page_has_one_heading_above_all_others(site_pages):
    """In its article, of which axe is asked without what stands around it (tests/browser/test_page.py)."""
    articles = {path: re.search(r"<article.*</article>", page.text, re.S)[0] for path, page in site_pages.items()}
    assert {path for path, page in site_pages.items() if page.text.count("<h1") != 1} == set()
    assert {path for path, article in articles.items() if "<h1" not in article} == set()


def test_ids_are_unique_in_a_page(site_pages):
    for path, page in site_pages.items():
        assert len(page.ids) == len(set(page.ids)), (path, sorted({i for i in page.ids if page.ids.count(i) > 1}))


def test_links_within_the_site_lead_somewhere(site_pages, site_dir):
    base = urlsplit(built_for(site_dir)).path
    broken = []
    for path, page in site_pages.items():
        for link in page.links:
            # 404.html is served at any address, so its links start at the host.
            target = page.target("/" + link.removeprefix(base) if path == "404.html" else link)
            if target is None:
                continue
            there, fragment = target
            if there in site_pages:
                if fragment and fragment not in site_pages[there].ids:
                    broken.append(f"{path}: {link}")
            elif not (site_dir / there).is_file():
                broken.append(f"{path}: {link}")
    assert not broken


def test_no_page_asks_another_host(site_pages):
    asked = {r for page in site_pages.values() for r in page.resources if urlsplit(r).netloc}
    assert not asked


_ELSEWHERE = re.compile(r"""(?:url\(|@import|from |import\(|fetch\()\s*["']?((?:https?:)?//[^"')\s]+)""")


def test_no_style_or_script_asks_another_host(site_dir):
    files = [*site_dir.rglob("*.css"), *site_dir.glob("assets/*.*/**/*.mjs"), *site_dir.rglob("*.svg")]
    assert len(files) >= 6
    assert not [f"{file.name}: {address}" for file in files for address in _ELSEWHERE.findall(file.read_text())]


def test_each_page_carries_the_same_policy_and_its_own_scripts_are_in_it(site_pages):
    policies = {page.metas["Content-Security-Policy"] for page in site_pages.values()}
    assert len(policies) == 1
    policy = policies.pop()
    assert policy == content_security_policy(page.text for page in site_pages.values())
    for directive in ("default-src 'self'", "connect-src 'self'", "object-src 'none'", "base-uri 'self'"):
        assert directive in policy.split("; ")
    scripts = next(d for d in policy.split("; ") if d.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts


def test_no_attribute_holds_a_script(site_pages):
    for path, page in site_pages.items():
        assert not re.search(r"<[^>]+\son[a-z]+=", page.text), path


def test_own_assets_have_names_that_change_with_their_content(site_pages, site_dir):
    resources = {resource for page in site_pages.values() for resource in page.resources}
    own = {resource for resource in resources if re.search(r"assets/(site|calc|cite|palette)", resource)}
    assert len({Path(r).name for r in own}) >= 3
    for resource in own:
        assert re.search(r"assets/(site\.[0-9a-f]{8}\.css|(calc|cite|palette)\.[0-9a-f]{8}/)", resource), resource
    assert not (site_dir / "assets" / "calc").exists()


def invalid(files: list[Path], report: Path) -> list[str]:
    """What html-validate has to say of these files, one line for each fault."""
    run_node(ROOT / "tests" / "site" / "htmlvalidate.mjs", report, *files)
    said = json.loads(report.read_text())
    assert said["files"] == len(files) > 0
    return [
        f"{file['filePath']}:{message['line']} {message['ruleId']}: {message['message']}"
        for file in said["found"]
        for message in file["messages"]
    ]


_PLAIN = r"(?:[^<>&\"\s]|&(?:amp|lt|gt|quot|#x27);| )+"
_WORDS = re.compile(rf'(?<=content="){_PLAIN}(?=")|(?<=href="){_PLAIN}(?=")|(?<=>){_PLAIN}(?=<)')
"""What a page says and where it leads, as far as it is escaped as it should be: the standard says nothing more of that."""


def of_each_shape(files: Iterable[Path]) -> list[Path]:
    """One of those files that differ in words alone."""
    return list({_WORDS.sub("", file.read_text()): file for file in files}.values())


_SIDEBAR = re.compile('<div class="md-sidebar md-sidebar--primary".*?(?=<div class="md-(?:sidebar md-|content"))', re.DOTALL)
_WHERE = re.compile(' (?:href|id|for|aria-[a-z]+)="[^"]*"')


def with_each_sidebar_once(files: Iterable[Path], site: Path, into: Path) -> list[Path]:
    """These pages, and where a page has the same elements on the list of all pages as one before it, a copy without that."""
    known: set[frozenset[str]] = set()
    given: list[Path] = []
    for file in files:
        html = file.read_text()
        found = _SIDEBAR.search(html)
        elements = frozenset(re.findall("<[^>]*>", _WHERE.sub("", found[0]))) if found else frozenset()
        if found and elements in known:
            file = into / file.relative_to(site)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html[: found.start()] + html[found.end() :])
        given.append(file)
        known.add(elements)
    return given


@pytest.mark.costly("two hundred pages, each held against every rule of the standard")
def test_html_is_valid(site_dir, tmp_path):
    short = set(site_dir.glob("go/**/*.html"))  # the thousands of short addresses are made of one template
    pages = with_each_sidebar_once(sorted({*site_dir.rglob("*.html")} - short), site_dir, tmp_path)
    assert 2 <= sum(site_dir in page.parents for page in pages) < len(pages) / 2
    lines = invalid(pages + of_each_shape(short), tmp_path / "report.json")
    assert not lines, "\n".join(lines[:40])


@pytest.mark.parametrize(("put", "instead"), [
    ("<title>", "<title><b>"), ("<h1>", '<h1 id="a b">'), ("<p>Do", "<p>Do & don't"), ('name="robots"', 'nane="robots"'),
])  # fmt: skip
def test_what_is_no_word_makes_another_shape(site_dir, tmp_path, put, instead):
    text = (site_dir / "go" / "broadcast.runs-out" / "index.html").read_text()
    (tmp_path / "other.html").write_text(text.replace("set spark", "say", 1))
    (tmp_path / "one.html").write_text(text)
    assert len(of_each_shape(tmp_path.glob("*.html"))) == 1
    assert put in text
    (tmp_path / "wrong.html").write_text(text.replace(put, instead, 1))
    assert len(of_each_shape(tmp_path.glob("*.html"))) == 2


def test_invalid_html_is_named(site_dir, tmp_path):
    page = (site_dir / "index.html").read_text()
    (tmp_path / "twice.html").write_text(page.replace("</article>", '<p id="twice"></p><p id="twice"></p></article>', 1))
    (tmp_path / "open.html").write_text(page.replace("</article>", "<p><div></p></div></article>", 1))
    lines = invalid(sorted(tmp_path.glob("*.html")), tmp_path / "report.json")
    assert [line for line in lines if "twice.html" in line and "no-dup-id" in line]
    assert [line for line in lines if "open.html" in line and "close-order" in line]
