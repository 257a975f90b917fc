"""The ways out of an answer: copied in each format."""

import datetime
import json

import pytest
from accessible import CHANGING, axe_in_both_schemes, too_wide_at
from playwright.sync_api import expect
from reader import DEFAULTS
from taking import HEAP, PAGES, button, clipboard, copy_as, format_button, said

from sparkmem.browser import copied
from sparkmem.configuration import read
from sparkmem.requests.copy_formats import COPY_FORMATS


@pytest.fixture
def copying(reader_of):
    reader = reader_of()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return reader


def expected(reader, calculator, format, inputs):
    """What CPython writes for these inputs, at this page and on this day."""
    request = {
        "calculator": calculator, "page": PAGES[calculator], "inputs": inputs, "format": format,
        "address": reader.page.url.partition("?")[0].partition("#")[0], "date": datetime.date.today().isoformat(),
    }  # fmt: skip
    return json.loads(copied(json.dumps(request)))


class TestCopies:
    @pytest.mark.parametrize("calculator", PAGES)
    def test_every_format_of_what_is_entered(self, copying, calculator):
        inputs = {"heap": "8g"} if calculator == "jvm-heap" else {"java": "21", HEAP: "8g"}
        if calculator == "explain":
            inputs = {"cluster-manager": "kubernetes", HEAP: "8g"}
        query = "&".join(f"{name}={text}" for name, text in inputs.items())
        copying.go(f"?{query}", PAGES[calculator]).settled()
        if calculator == "explain":  # the settings of the address stand in the box as a text
            inputs = {"cluster-manager": "kubernetes", "text": f"{HEAP} 8g\n"}
        for format in COPY_FORMATS:
            copying.page.evaluate("navigator.clipboard.writeText('what was there')")
            wanted = expected(copying, calculator, format, inputs)
            copy_as(copying, format)
            expect(said(copying)).to_have_text(wanted["said"])
            assert clipboard(copying) == (wanted["text"] or "what was there")
            shown = copying.calc.locator("[data-copy-text]")
            expect(shown).to_be_visible(visible=wanted["ok"])
            if wanted["ok"]:
                assert shown.input_value() == wanted["text"]
            expect(format_button(copying, format)).to_have_attribute("aria-pressed", "true")
        assert copying.problems == []

    def test_a_format_that_cannot_hold_it_offers_those_that_can(self, copying):
        copying.go(path=PAGES["jvm-heap"])
        copy_as(copying, "emr")
        expect(said(copying)).to_contain_text("Not copied. What a JVM reports of -Xmx has no setting of Spark")
        copying.calc.locator("[data-copy-more]").get_by_role("button", name="Markdown").click()
        expect(said(copying)).to_have_text("Copied as Markdown, for a postmortem.")
        expect(format_button(copying, "markdown")).to_be_focused()
        assert clipboard(copying).startswith("### What a JVM reports of -Xmx\n")

    @pytest.mark.starting
    def test_the_example_before_python_is_there(self, copying):
        python = copying.hold("**/stdlib.zip.gz")
        copying.go(path=PAGES["executor-memory"], wait_until="load")
        copy_as(copying, "spark-submit")
        expect(said(copying)).to_contain_text("Starting Python in this page")
        python.let_go()
        expect(said(copying)).to_contain_text("2 settings")
        assert read(clipboard(copying)).values[HEAP] == "8g"

    def test_the_example_is_copied_as_it_stands_in_the_box(self, copying):
        copying.go(path=PAGES["explain"]).stage("ready")
        copy_as(copying, "spark-defaults")
        expect(said(copying)).to_have_text("Copied as spark-defaults.conf, 5 settings.")
        assert "spark.executor.memoryOverhead 512m\n" in clipboard(copying)

    def test_a_copy_is_of_what_the_form_holds_and_no_older(self, copying):
        copying.go(DEFAULTS, PAGES["executor-memory"]).stage("ready")
        copying.type(HEAP, "8g")
        copy_as(copying, "spark-defaults")
        expect(said(copying)).to_contain_text("1 setting")
        assert f"{HEAP} 8g" in clipboard(copying)
        copying.type(HEAP, "9g")
        expect(copying.calc.locator("[data-copy-text]")).to_be_hidden()
        expect(said(copying)).to_have_text("")
        copy_as(copying, "spark-defaults")
        expect(said(copying)).to_contain_text("1 setting")
        assert f"{HEAP} 9g" in clipboard(copying)
        copying.page.go_back()
        expect(copying.calc.locator("[data-copy-text]")).to_be_hidden()
        expect(said(copying)).to_have_text("")

    def test_a_secret_in_the_paste_is_in_no_copy(self, copying):
        copying.go(path=PAGES["explain"]).stage("ready")
        pasted = (
            "spark-submit --executor-memory 8g --conf spark.ssl.keyPassword=hunter2"
            " --conf 'spark.executor.extraJavaOptions=-Dpw=hunter2' job.py hunter2"
        )
        copying.control("text").fill(pasted)
        for format in COPY_FORMATS:
            copying.page.evaluate("navigator.clipboard.writeText('what was there')")
            copy_as(copying, format)
            expect(said(copying)).to_have_text(expected(copying, "explain", format, {"text": pasted})["said"])
            expect(said(copying)).to_contain_text("Copied")
            text = clipboard(copying)
            assert "8g" in text, format
            assert "hunter2" not in text, format

    def test_where_copying_is_not_allowed_the_text_is_there_to_be_copied(self, reader):
        reader.page.add_init_script(
            "const no = () => Promise.reject(new Error('no'));"
            "navigator.clipboard.write = no; navigator.clipboard.writeText = no;"
        )
        reader.go(f"?{HEAP}=8g", PAGES["executor-memory"]).settled()
        copy_as(reader, "spark-submit")
        expect(said(reader)).to_contain_text("does not allow copying")
        selected = "(e) => document.activeElement === e && e.value.slice(e.selectionStart, e.selectionEnd)"
        text = reader.calc.locator("[data-copy-text]").evaluate(selected)
        assert read(text).values == {HEAP: "8g"}

    def test_keyboard_alone(self, copying):
        copying.go(f"?{HEAP}=8g", PAGES["executor-memory"]).settled()
        button(copying, "Copy as…").focus()
        copying.page.keyboard.press("Enter")
        expect(copying.calc.locator("[data-copy]")).to_be_visible()
        for _ in range(6):
            copying.page.keyboard.press("Tab")
            if copying.page.evaluate("document.activeElement.dataset.format") == "spark-defaults":
                break
        copying.page.keyboard.press("Space")
        expect(said(copying)).to_contain_text("Copied as spark-defaults.conf, 1 setting.")
        assert said(copying).get_attribute("role") == "status"
        copying.page.keyboard.press("Escape")
        expect(copying.calc.locator("[data-copy]")).to_be_hidden()
        expect(button(copying, "Copy as…")).to_be_focused()
        expect(button(copying, "Copy as…")).to_have_attribute("aria-expanded", "false")
        panel = copying.calc.locator("[data-copy]")  # and whatever is done elsewhere puts it away too
        copy_as(copying, "short")
        expect(said(copying)).to_contain_text("Copied as short text")
        expect(panel).to_be_visible()
        copying.answer.locator(".sm-headline").click()
        expect(panel).to_be_hidden()
        button(copying, "Copy as…").click()
        expect(panel).to_be_visible()
        copying.control(HEAP).focus()
        copying.page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(copying.control(HEAP)).to_be_focused()
        button(copying, "Copy as…").click()
        expect(panel).to_be_visible()
        button(copying, "Compare from here").click()
        expect(panel).to_be_hidden()

    def test_without_scripts_there_is_no_such_row(self, reader_of):
        reader = reader_of(java_script_enabled=False).go(path=PAGES["executor-memory"])
        expect(reader.calc.locator(".sm-take")).to_be_hidden()

    @pytest.mark.requests
    def test_the_module_comes_when_it_is_reached_for(self, copying):
        copying.go(path=PAGES["executor-memory"]).stage("ready")
        assert not [url for url in copying.requests if url.endswith("take.mjs")]
        with copying.page.expect_request("**/take.mjs"):
            button(copying, "Copy as…").hover()
        button(copying, "Copy as…").click()
        expect(copying.calc.locator("[data-copy]")).to_be_visible()


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
@pytest.mark.parametrize("calculator", PAGES)
def test_it_can_be_read_and_nothing_is_wider_than_the_screen(reader_of, calculator):
    reader = reader_of(viewport={"width": 320, "height": 800})
    query = f"?{HEAP}=8191m&cluster-manager=kubernetes&against={HEAP}%3D123456m"
    query = "?heap=8g&against=" if calculator == "jvm-heap" else query
    reader.go(query, PAGES[calculator]).settled()
    copy_as(reader, "markdown")
    expect(said(reader)).not_to_have_text("")
    reader.answer.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
    for width in (320, 390, 1280):
        assert too_wide_at(reader.page, width) == {}
        wide = reader.calc.locator("*").evaluate_all(
            "(all) => all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)"
            ".map((e) => e.className)"
        )
        assert wide == [], f"{width} px"
    copy_as(reader, "spark-application")
    expect(format_button(reader, "spark-application")).to_have_attribute("aria-pressed", "true")
    assert axe_in_both_schemes(reader.page, CHANGING) == {}
