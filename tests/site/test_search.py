"""The search of the built site, asked without a browser: what people type and paste leads to the section that treats it."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from search_queries import BLIND, TYPED, hold, nothing, queries, searching

from tools.finishing.search import WORDS

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "cases" / "seed-notes.txt"
SYNTAX = ('"{}"', "-{}", "+{}", "({})", "{}*", "~{}", "{}:")


@pytest.fixture(scope="module")
def folder(site_dir):
    (found,) = site_dir.glob("assets/search.*")
    return found


@pytest.fixture(scope="module")
def ask(folder):
    with searching(folder) as asked:
        yield asked


def places(answer):
    return [page[0]["location"] for page in answer["items"]]


def test_there_are_queries_enough_and_their_sections_exist(folder):
    sections = {section["at"] for section in json.loads((folder / "index.json").read_text())["sections"]}
    assert len(queries()) >= 150
    assert {place for right in queries().values() for place in right} <= sections


def test_what_an_example_comes_to_is_no_statement_of_the_site(folder):
    """The numbers of an opening example were found as if they were said of every job."""
    texts = {section["at"]: section["text"] for section in json.loads((folder / "index.json").read_text())["sections"]}
    for ours in ("The same in a terminal", "Copy again", "executor 1 on worker-1", "Storage uses 150 MiB of 217.2 MiB"):
        assert [at for at, text in texts.items() if ours in text] == [], ours


def test_every_page_with_a_search_names_our_worker(site_dir, folder):
    named = {path: re.findall(r'"search": "([^"]*)"', path.read_text()) for path in site_dir.rglob("*.html")}
    pages = {path: found for path, found in named.items() if found}
    assert len(pages) > 50
    for path, (address,) in pages.items():
        at = site_dir / address[1:] if address.startswith("/") else path.parent / address
        assert at.resolve() == (folder / "worker.mjs").resolve(), path


def test_the_right_section_comes_first_or_nearly_so(ask):
    texts = list(queries())
    hold(zip(texts, map(places, ask(texts)), strict=True), queries())


@pytest.mark.parametrize(
    "beginning", ["There is not enough memory to build", "Checkpoint block", "Not enough spark off-heap"]
)
def test_words_in_a_row_lead_to_the_right_section(ask, beginning):
    """Each has words that many sections have, and in this order one quotes them: their order alone brings it up."""
    (text,) = (text for text in queries() if text.startswith(beginning))
    (answer,) = ask([text])
    assert set(places(answer)[:3]) & set(queries()[text])


@pytest.mark.parametrize("cases", [BLIND, TYPED], ids=lambda cases: cases.stem)
def test_what_nobody_had_in_mind_comes_as_near(ask, folder, cases):
    texts = queries(cases)
    assert not texts.keys() & queries().keys()
    sections = {section["at"] for section in json.loads((folder / "index.json").read_text())["sections"]}
    pages = {f"{at.partition('#')[0]}*" for at in sections}
    assert {place for right in texts.values() for place in right} <= sections | pages
    hold(zip(texts, map(places, ask(list(texts))), strict=True), texts)


def test_words_that_stand_everywhere_lead_past_lists_of_refusals_and_forms(ask):
    """Each of these had a form's section first, or a list of what Spark refuses."""
    cases = tomllib.loads((ROOT / "tests" / "cases" / "search.toml").read_text())["ordinary-words"]
    wrong = {text: places(found)[:3] for text, found in zip(cases, ask(list(cases)), strict=True)
             if not set(places(found)[:3]) & set(cases[text])}  # fmt: skip
    assert wrong == {}


def test_the_longest_text_of_a_failure_says_which_one_was_pasted(ask):
    system = "[6928402.63] Out of memory: Killed process 1234 (java) total-vm:30000000kB"
    cgroup = "[6928402.63] Memory cgroup out of memory: Killed process 1234 (java) total-vm:30000000kB"
    ranks = {
        text: [place.partition("#")[0] for place in places(answer)]
        for text, answer in zip((system, cgroup), ask([system, cgroup]), strict=True)
    }
    assert ranks[system].index("errors/system-oom/") < ranks[system].index("errors/cgroup-oom/")
    assert ranks[cgroup].index("errors/cgroup-oom/") < ranks[cgroup].index("errors/system-oom/")


def test_a_word_in_camel_case_that_no_page_has_is_the_words_it_is_made_of(ask):
    apart, together = ask(["overhead factor", "overheadFactor"])
    assert "said" not in together
    assert places(together)[0] == places(apart)[0]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("spark.excutor.memory", "spark.executor.memory"),
        ("spark.executer.memoryOverhaed", "spark.executor.memoryOverhead"),
        ("spark.driver.maxResultsSize=4g", "spark.driver.maxResultSize"),
        ("--conf spark.dynamicAlocation.enabled=true", "spark.dynamicAllocation.enabled"),
    ],
)
def test_a_misspelt_key_leads_to_the_key_although_its_end_is_another_s_too(ask, typed, key):
    (answer,) = ask([typed])
    assert "said" not in answer
    assert places(answer)[0] == f"reference/configuration-keys/#{key}"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("wie viel speicher braucht ein executor", "calculators/container-request/"),
        ("jmap executor", "memory/where-to-look/"),
        ("why executor-cores 5", "memory/executors/"),
    ],
)
def test_what_people_call_a_thing_counts_once_with_what_the_pages_call_it(ask, typed, right):
    """No page has the reader's word, and all of the right one's are there: that fits, and is not said to fit nothing."""
    (answer,) = ask([typed])
    assert "said" not in answer
    assert right in [place.partition("#")[0] for place in places(answer)[:3]]


def test_a_verb_is_found_in_its_other_forms(ask):
    (answer,) = ask(["parquet write"])
    assert "memory/execution-memory/#writers" in places(answer)[:3]


def test_what_fits_nothing_is_said_to_and_leads_to_the_texts_of_failures(ask):
    for text, answer in zip(nothing(), ask(nothing()), strict=True):
        assert answer.get("said") == "Nothing on this site fits that.", text
        assert places(answer)[0] == tomllib.loads(WORDS.read_text())["diagnosis"]
        assert len(answer["items"]) <= 4, "the nearest, and no list of all that shares a word"


def test_what_fits_is_not_said_to_fit_nothing(ask):
    texts = list(queries())
    assert [text for text, answer in zip(texts, ask(texts), strict=True) if "said" in answer] == []


def test_each_word_of_the_seed_notes_finds_something(ask):
    notes = re.sub(r"https?:\S+", "", SEED.read_text())
    words = sorted({word.lower() for word in re.findall(r"[A-Za-z][A-Za-z-]{2,}", notes)})
    assert len(words) > 300
    assert [word for word, answer in zip(words, ask(words), strict=True) if not answer["items"]] == []


def test_nothing_that_is_typed_is_syntax(ask):
    for text in ("OOMKilled", "metaspace", "maxResultSize", "driver memory"):
        plain, *marked = ask([text, *(form.format(text) for form in SYNTAX)])
        assert [places(answer)[:1] for answer in marked] == [places(plain)[:1]] * len(SYNTAX), text
        (named,) = ask([f"title:{text} ^2"])
        assert places(plain)[0] in places(named), "a word before a colon is one more word"


def test_markup_in_what_is_typed_or_found_is_text(ask):
    (answer,) = ask(["<img src=x onerror=alert(1)> NODE <script>"])
    shown = json.dumps(answer)
    assert "<img" not in shown
    assert "<script" not in shown


def test_a_title_shows_what_is_code_in_it_as_code(ask):
    (answer,) = ask(["spark.executor.memory"])
    assert answer["items"][0][0]["title"] == "<code>spark.executor.memory</code>"


def test_a_long_paste_is_answered_in_little_time_and_by_what_it_says(ask):
    line = "24/11/28 03:14:15 INFO TaskSetManager: Finished task 7.0 in stage 3.0 (TID 4711) in 17 ms on ip-10-0-0-7\n"
    (answer,) = ask([line * 20 + "java.lang.OutOfMemoryError: GC overhead limit exceeded\n" + line * 2000])
    assert "memory/jvm-heap/#runs-out" in places(answer)[:3]
