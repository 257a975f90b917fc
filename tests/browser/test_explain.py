"""Explain my job: paste, verdict, an address without secrets, reload, phones, axe, and no scripts."""

import re
import tomllib
from pathlib import Path

import pytest
from accessible import CHANGING, axe_in_both_schemes, too_wide_at
from pasting import paste_long
from playwright.sync_api import expect

PAGE = "explain/"
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "explained.toml").read_text())["case"]
PASTED = (
    "spark-submit --master k8s://https://h:1 --deploy-mode client --executor-memory 33g"
    " --conf spark.executor.pyspark.memory=2g --conf spark.hadoop.fs.s3a.secret.key=hunter2"
    ' --conf "spark.executor.extraJavaOptions=-XX:+PrintGCDateStamps -Dpw=hunter2" job.py --token hunter2'
)
ADDRESS = (
    "**/explain/?cluster-manager=kubernetes&deploy-mode=client&language=python"
    "&spark.executor.extraJavaOptions=-XX%3A%2BPrintGCDateStamps&spark.executor.memory=33g&spark.executor.pyspark.memory=2g"
)


@pytest.fixture
def explaining(reader):
    reader.go(path=PAGE)
    return reader


def headline(reader):
    return reader.answer.locator(".sm-headline")


def paste(reader, text):
    """As people do: one click into the box, one paste over what is there."""
    reader.control("text").click()
    reader.page.keyboard.insert_text(text)
    return reader


def paste_over(reader, text):
    """Over what is selected."""
    reader.page.keyboard.insert_text(text)
    return reader


def test_a_paste_takes_the_examples_place_and_gets_a_verdict(explaining):
    expect(headline(explaining)).to_contain_text("Fits, but risky.")
    paste(explaining, PASTED).settled()
    assert explaining.control("text").input_value() == PASTED
    expect(headline(explaining)).to_contain_text("Fits, but risky. PrintGCDateStamps in spark.executor.extraJavaOptions")
    long = "# a line that says nothing of memory\n" * 3_000 + "spark.executor.memory 33g\n"
    assert paste_long(explaining.control("text"), long)
    explaining.settled()
    expect(explaining.answer.locator(".sm-told").first).to_contain_text("spark.executor.memory 33g")
    assert explaining.control("text").input_value() == ""
    explaining.reset.click()
    explaining.settled("defaults")
    expect(headline(explaining)).to_contain_text("Fits, but risky.")
    assert explaining.problems == []


def test_each_kind_of_text_shows_what_was_taken_beside_its_verdict(explaining):
    """Outside of any fold, one after another in one page: every fourth; what Python says of each, tests/model asks."""
    told = explaining.answer.locator(".sm-told")
    for case in CASES[::4]:
        explaining.control("text").fill(case["text"])
        explaining.settled()
        expect(headline(explaining)).to_have_text(re.compile(f"^{re.escape(case['verdict'])}"))
        expect(told.first).to_have_text(re.compile("^Taken: "))
        expect(told.first).to_be_visible()
        for key, value in case["want"].items():
            if key.startswith("spark."):
                expect(told.first).to_contain_text(f"{key} {value}")
    assert explaining.answer.locator("details .sm-told").count() == 0
    assert explaining.problems == []


@pytest.mark.requests
def test_a_secret_is_in_no_address_and_no_request(explaining):
    paste(explaining, PASTED).settled()
    explaining.page.wait_for_url(ADDRESS)
    assert not [url for url in explaining.requests if "hunter2" in url or "token" in url]
    links = explaining.page.locator("a[href*=hunter2], [data-answer]:has-text('hunter2')")
    assert links.count() == 0
    kept = explaining.page.evaluate("JSON.stringify([history.state, {...localStorage}, {...sessionStorage}])")
    assert "hunter2" not in kept


def test_an_address_with_a_text_in_it_is_not_obeyed(reader):
    reader.go("?text=spark.executor.memory+9g", PAGE).stage("ready")
    assert "spark-submit" in reader.control("text").input_value()
    assert reader.inputs() == {}


def test_reload_and_a_shared_address_restore_settings_and_verdict(explaining, other_reader):
    paste(explaining, PASTED).settled()
    explaining.page.wait_for_url(ADDRESS)
    said = headline(explaining).inner_text()
    other_reader.page.goto(explaining.page.url)
    explaining.page.reload()
    for reader in (explaining, other_reader):
        expect(reader.control("text")).to_have_value(
            "spark.executor.extraJavaOptions -XX:+PrintGCDateStamps\n"
            "spark.executor.memory 33g\nspark.executor.pyspark.memory 2g\n"
        )
        reader.settled()
        expect(headline(reader)).to_have_text(said)
        reader.page.wait_for_url(ADDRESS)
        assert reader.control("cluster-manager").input_value() == "kubernetes"


LINKED = "?cluster-manager=kubernetes&deploy-mode=cluster&language=python&release=3.5&spark.executor.memory=10g"
ON_YARN = "spark-submit --master yarn --deploy-mode client --class a.B --executor-memory 6g b.jar"


def test_a_link_that_was_opened_does_not_answer_for_the_next_text(reader):
    reader.go(LINKED, PAGE)
    expect(reader.control("text")).to_have_value("spark.executor.memory 10g\n")
    reader.control("text").select_text()
    paste_over(reader, ON_YARN).settled()
    reader.page.wait_for_url("**cluster-manager=yarn**")
    for name in ("cluster-manager", "deploy-mode", "language", "release"):
        expect(reader.control(name)).to_have_value("")
    expect(headline(reader)).to_contain_text("For an executor YARN is asked for")
    assert "kubernetes" not in reader.page.url
    reader.page.go_back()
    expect(reader.control("cluster-manager")).to_have_value("kubernetes")


def test_what_a_field_overrules_in_a_text_is_said(reader):
    reader.go(LINKED, PAGE)
    expect(reader.control("text")).to_have_value("spark.executor.memory 10g\n")
    reader.control("text").press("End")
    reader.page.keyboard.insert_text("spark.master yarn\n")
    reader.settled()
    expect(reader.answer).to_contain_text("cluster manager kubernetes, not yarn")


def test_a_field_goes_before_the_text_and_reset_brings_the_example_back(explaining):
    paste(explaining, "spark-submit --master yarn --executor-memory 4g app.jar").settled()
    expect(headline(explaining)).to_contain_text("Fits if a node has 5,120 MiB for an executor: no limit is given. ")
    expect(headline(explaining)).to_contain_text("For an executor YARN is asked for 4,505 MiB")
    explaining.control("node-memory").fill("4g")
    explaining.settled()
    expect(headline(explaining)).to_contain_text("or lower spark.executor.memory: 3712m fits.")
    expect(explaining.answer).to_contain_text("is above the max threshold (4096 MB)")
    explaining.reset.click()
    explaining.settled("defaults")
    expect(headline(explaining)).to_contain_text("Fits, but risky.")
    explaining.page.wait_for_url("**/explain/")


def test_what_cannot_be_read_says_so_at_the_box(explaining):
    paste(explaining, "hello").settled("none")
    expect(explaining.error("text")).to_be_visible()
    explaining.page.wait_for_timeout(500)
    assert "?" not in explaining.page.url


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
def test_axe_finds_nothing(reader):
    """With what was pasted: as it opens, the page is one of those in test_page."""
    paste(reader.go(path=PAGE), PASTED).settled()
    for details in reader.answer.locator(".sm-row details, .sm-read").all()[:6]:
        details.locator("summary").first.click()
    assert axe_in_both_schemes(reader.page, CHANGING) == {}


def test_nothing_is_wider_than_the_screen(reader_of):
    reader = reader_of(viewport={"width": 320, "height": 800}).go(path=PAGE)
    paste(reader, PASTED).settled()
    assert too_wide_at(reader.page, 320, 390, 1280) == {}


def test_no_number_in_the_picture_is_cut_or_broken_within(reader_of):
    """Beside an executor of 40g the driver's bar is narrow, and a bracket inside it narrower than its number."""
    reader = reader_of(viewport={"width": 320, "height": 800}).go(path=PAGE)
    paste(reader, "spark-submit --master yarn --deploy-mode client --executor-memory 40g app.jar").settled()
    cut = """(numbers) => numbers.filter((number) => number.offsetWidth).filter((number) => {
      const text = new Range();
      text.selectNodeContents(number);
      // The outermost bracket of a bar says what it is beside itself.
      const around = number.closest(".sm-bars > .sm-bracket:first-child") ? "figure" : ".sm-bracket";
      const [inner, outer] = [text, number.closest(around)].map((one) => one.getBoundingClientRect());
      return text.getClientRects().length > 2 || inner.right > outer.right || inner.bottom > outer.bottom;
    }).map((number) => number.textContent)"""
    numbers = reader.answer.locator(".sm-bracket b")
    assert numbers.count() >= 8
    for width in (320, 390, 1280):
        assert too_wide_at(reader.page, width) == {}
        assert numbers.evaluate_all(cut) == [], f"{width} px"


def test_an_area_shows_its_words_where_it_has_room_for_them(reader_of):
    """By its share of the bar, which Python writes: a part from 4.2 rem, a bracket inside another from 5."""
    reader = reader_of(viewport={"width": 320, "height": 800}).go(path=PAGE)
    paste(reader, "spark-submit --master yarn --deploy-mode client --executor-memory 40g app.jar").settled()
    wrong = """(bars) => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const room = (e) => {
        const { paddingLeft, paddingRight, borderLeftWidth, borderRightWidth } = getComputedStyle(e);
        const edges = [paddingLeft, paddingRight, borderLeftWidth, borderRightWidth].map(parseFloat);
        return (e.getBoundingClientRect().width - edges.reduce((a, b) => a + b)) / rem;
      };
      const inner = ".sm-bracket:not(:first-child)";
      const rules = [[".sm-part > span", 4.2], [`${inner} > b`, 5], [`${inner} > span`, 5]];
      const seen = rules.map(() => new Set()), amiss = [];
      for (const [n, [words, least]] of rules.entries()) {
        for (const one of bars.flatMap((bar) => [...bar.querySelectorAll(`:scope > ${words}`)])) {
          const has = room(one.parentElement), shown = one.offsetHeight > 0 && one.offsetWidth > 0;
          if (Math.abs(has - least) > 0.2 && shown !== has > least) amiss.push([one.textContent, has]);
          seen[n].add(shown);
        }
      }
      return [amiss, seen.map((all) => all.size)];
    }"""
    both = [0, 0, 0]
    for width in (320, 390, 800, 1280):
        reader.page.set_viewport_size({"width": width, "height": 800})
        amiss, kinds = reader.answer.locator(".sm-bars").evaluate_all(wrong)
        assert amiss == [], f"{width} px"
        both = [max(pair) for pair in zip(both, kinds, strict=True)]
    assert both == [2, 2, 2], "words that are shown, and such as are not, of each kind"


def test_without_scripts_the_example_is_explained_and_called_one(reader_of):
    reader = reader_of(java_script_enabled=False).go(path=PAGE)
    expect(headline(reader)).to_contain_text("Fits, but risky.")
    expect(reader.answer).to_contain_text("the answer for the example in the box")
    assert "Without scripts this calculator cannot answer; the numbers are for the example." in reader.page.content()
    assert reader.answer.locator(".sm-row").count() >= 20
