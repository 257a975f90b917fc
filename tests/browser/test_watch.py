"""The memory manager at work: presets play to their end, steps by keyboard, addresses, errors, motion, axe."""

import json
import re

import pytest
from accessible import CHANGING, axe
from looks import faults_of_a_state
from playwright.sync_api import expect
from reader import PATIENCE_MS

from sparkmem.browser import watch
from sparkmem.size import mib_text
from sparkmem.watch.presets import DEFAULT, PRESETS
from sparkmem.watch.scenes import play
from sparkmem.watch.script import read_script
from sparkmem.watch.sides import sides

PAGE = "memory-manager/"
SETTINGS = "spark.memory.storageFraction"


class Watcher:
    """Somebody in front of the memory manager."""

    def __init__(self, page, host):
        self.page, self.host = page, host
        page.set_default_timeout(PATIENCE_MS)
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        self.element = page.locator("spark-watch")
        self.script = page.locator("[name=script]")
        self.scrubber = page.locator("[data-step]")

    def leave(self):
        """Leaves nothing behind."""

    def go(self, query=""):
        self.page.goto(f"{self.host.url}{PAGE}{query}", wait_until="load")
        return self

    def told(self, answer_for="inputs"):
        self.page.locator(f"spark-watch[data-answer-for={answer_for}]:not([data-stale])").first.wait_for()
        self.page.locator("[data-table]:not([aria-busy])").first.wait_for(state="attached")
        return self

    def preset(self, name):
        self.page.locator(f"#story-{name}").click()
        return self.told("defaults" if name == DEFAULT.id else "inputs")

    def move(self, move):
        self.page.locator(f"[data-move={move}]").click()
        return self

    @property
    def step(self):
        return int(self.scrubber.input_value())

    def at(self, step):
        expect(self.page.locator("[data-at]")).to_have_text(str(step))
        return self

    def scene(self):
        return self.page.locator(".sm-scene[data-current]")

    def row(self):
        return self.page.locator("tr[aria-current=step]").first


@pytest.fixture
def watcher(reader_of):
    return reader_of(Watcher)


def last_states(preset):
    """What CPython says of a preset's end: used and pool of storage and execution, per side."""
    statements, faults = read_script(preset.script)
    assert not faults
    return [play(statements, side)[-1] for side in sides(preset.inputs)]


@pytest.mark.costly("plays ten presets to their end, in one visit")
def test_a_preset_plays_to_its_end_and_its_last_state_is_right(watcher):
    watcher.go()
    watcher.element.evaluate("(element) => { element.dataset.playMs = 60; }")
    for preset in PRESETS.values():
        plays_to_its_end(watcher, preset)
    assert watcher.problems == []


def plays_to_its_end(watcher, preset):
    watcher.preset(preset.id).at(preset.telling)
    expect(watcher.page.locator("[data-preset][aria-current]")).to_have_id(f"story-{preset.id}")
    watcher.move("play")
    last = len(read_script(preset.script)[0])
    watcher.at(last)
    expect(watcher.page.locator("[data-move=play]")).to_have_text("Play")
    assert watcher.page.locator("[data-of]").inner_text() == str(last)
    shown = watcher.scene().locator(".sm-side")
    ends = last_states(preset)
    assert shown.count() == len(ends), preset.id
    for number, end in enumerate(ends):
        sums = shown.nth(number).locator(".sm-mode-sums")
        assert sums.count() == len(end.views), preset.id
        for place, view in enumerate(end.views):
            expected = (
                f"Storage uses {mib_text(view.storage_used)} of {mib_text(view.storage_pool)},"
                f" execution {mib_text(view.execution_used)} of {mib_text(view.execution_pool)}."
            )
            assert sums.nth(place).inner_text().startswith(expected), preset.id


def test_the_page_shows_what_cpython_renders(watcher):
    preset = PRESETS["half-share-wait"]
    watcher.go().preset(preset.id)
    reply = json.loads(watch(json.dumps({"inputs": preset.all_inputs(), "page": PAGE})))
    shown = watcher.page.evaluate(
        """([scenes, table]) => {
          const plain = (html) => {
            const copy = document.createElement("div");
            copy.innerHTML = html;
            for (const marked of copy.querySelectorAll("[data-current], [aria-current]")) {
              marked.removeAttribute("data-current"); marked.removeAttribute("aria-current");
            }
            return copy.innerHTML;
          };
          const parts = ["answer", "table"].map((name) => document.querySelector(`[data-${name}]`).innerHTML);
          return [scenes, table].map((html, i) => plain(html) === plain(parts[i]));
        }""",
        [reply["html"], reply["table"]],
    )
    assert shown == [True, True]


def test_stepping_by_keyboard(watcher):
    watcher.go().at(DEFAULT.telling).move("first").at(0)
    watcher.page.wait_for_url(re.compile("step=0"))
    watcher.page.locator("[data-move=on]").focus()
    watcher.page.keyboard.press("Enter")
    watcher.at(1)
    watcher.page.keyboard.press("ArrowRight")
    watcher.at(2)
    watcher.page.keyboard.press("ArrowLeft")
    watcher.at(1)
    watcher.page.keyboard.press("End")
    last = len(read_script(DEFAULT.script)[0])
    watcher.at(last)
    watcher.page.keyboard.press("ArrowRight")
    watcher.at(last)
    watcher.page.keyboard.press("Home")
    watcher.at(0)
    watcher.scrubber.focus()
    watcher.page.keyboard.press("ArrowRight")
    watcher.at(1)
    assert "Step" not in watcher.scrubber.get_attribute("aria-valuetext")
    assert "rdd_0_0 is stored" in watcher.scrubber.get_attribute("aria-valuetext")
    expect(watcher.row().locator("th")).to_have_text("1")
    watcher.page.keyboard.press("PageUp")
    assert watcher.step >= 1


def test_steps_are_spoken_and_a_script_is_played_where_the_caret_is_completed_and_its_faults_named(watcher):
    """One after the other in one visit."""
    watcher.go()
    a_step_is_spoken(watcher)
    a_row_of_the_table_shows_its_step(watcher)
    a_typed_script_is_played_where_the_caret_is(watcher)
    a_line_that_cannot_be_read_is_named_and_the_others_are_played(watcher)
    a_line_is_completed(watcher)
    a_link_to_a_section_keeps_the_script(watcher)
    assert watcher.problems == []


def a_step_is_spoken(watcher):
    watcher.move("on")
    expect(watcher.element.locator("[data-status]")).to_contain_text("rdd_0_2 is stored")


def a_row_of_the_table_shows_its_step(watcher):
    watcher.page.locator("[data-go='3']").click()
    watcher.at(3)
    expect(watcher.scene()).to_contain_text("cache rdd_0_2 100m")


def a_typed_script_is_played_where_the_caret_is(watcher):
    watcher.script.fill("")
    watcher.script.press_sequentially("cache rdd_0_0 300m\ntask 1 asks 400m")
    watcher.told().at(2)
    expect(watcher.scene()).to_contain_text("rdd_0_0 (300 MiB) is evicted")
    watcher.script.press("ArrowUp")
    watcher.at(1)
    watcher.page.wait_for_url(re.compile("script=cache"))


def a_line_that_cannot_be_read_is_named_and_the_others_are_played(watcher):
    watcher.script.fill("cache rdd_0_0 300m\ntask 1 aks 200m\ntask 1 asks 100x\ntask 1 asks 100m")
    watcher.told()
    faults = watcher.page.locator("[data-faults]")
    expect(faults).to_contain_text("Line 2")
    expect(faults).to_contain_text("Did you mean asks?")
    expect(faults).to_contain_text('Invalid suffix: "x"')
    expect(watcher.script).to_have_attribute("aria-invalid", "true")
    assert watcher.page.locator("[data-of]").inner_text() == "2"
    faults.locator("button", has_text="Line 3").click()
    chosen = watcher.script.evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert chosen == "task 1 asks 100x"
    assert axe(watcher.page) == []


def a_line_is_completed(watcher):
    watcher.page.locator("spark-watch[data-stage=ready]").first.wait_for()
    watcher.script.fill("cache rdd_0_7 300m\n")
    watcher.script.press_sequentially("us")
    watcher.page.locator("[data-insert=use]").click()
    watcher.page.locator("[data-insert=rdd_0_7]").click()
    assert watcher.script.input_value() == "cache rdd_0_7 300m\nuse rdd_0_7 "


def a_link_to_a_section_keeps_the_script(watcher):
    watcher.script.fill("cache rdd_0_0 10m")
    watcher.told()
    watcher.page.locator("a:visible[href*='#rules']").first.click()
    watcher.page.wait_for_url(re.compile("script=cache.*#rules"))
    assert watcher.script.input_value() == "cache rdd_0_0 10m"
    expect(watcher.page.locator("[data-of]")).to_have_text("1")


def test_the_address_has_the_step_that_a_single_edit_led_to(watcher):
    """In a browser that does not tell when it is idle: the edit's entry is written after the answer."""
    watcher.page.add_init_script("delete globalThis.requestIdleCallback")
    watcher.go().told("defaults")
    watcher.script.press("ControlOrMeta+End")
    watcher.page.wait_for_url(re.compile("step=5"))
    watcher.page.keyboard.insert_text("\ncache rdd_9_9 1m")
    watcher.page.wait_for_url(re.compile("step=6"))
    watcher.told().at(6)


def test_address_round_trip(watcher):
    watcher.go().preset("static-manager").move("last")
    watcher.page.wait_for_url(re.compile("step=5"))  # the link of the story has step 4 itself, in an order of its own
    watcher.move("back")
    watcher.page.wait_for_url(re.compile("step=4"))
    address = watcher.page.url
    scene = watcher.scene().text_content()
    watcher.page.reload(wait_until="load")
    watcher.told().at(4)
    assert watcher.scene().text_content() == scene
    assert watcher.page.url == address
    assert "second.release=2.4-static" in address
    watcher.page.locator("#story-off-heap").click()
    watcher.told().at(PRESETS["off-heap"].telling)
    assert "off-heap" in watcher.script.input_value()
    watcher.page.go_back()
    watcher.told().at(4)
    assert watcher.scene().text_content() == scene


def test_a_setting_that_spark_refuses_is_quoted(watcher):
    watcher.go(f"?{SETTINGS}=1.5").told("none")
    expect(watcher.element.locator(f"[data-field='{SETTINGS}'] [data-error]")).to_contain_text("must be in [0,1)")
    expect(watcher.element.locator("[data-answer]")).to_contain_text("must be in [0,1)")
    watcher.page.locator(f"[name='{SETTINGS}']").fill("0.3")
    watcher.told()
    expect(watcher.scene()).to_contain_text("130.3 MiB")


def test_values_of_the_address_are_data(watcher):
    watcher.go("?script=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20%3Cb%3E&release=%3Cb%3E&step=%3Cb%3E").told("none")
    watcher.go("?script=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20%3Cb%3E").told()
    assert watcher.element.locator("img").count() == 0
    expect(watcher.page.locator("[data-faults]")).to_contain_text("<img")


def test_reduced_motion_is_respected(reader_of):
    moving = {}
    for wish in ("no-preference", "reduce"):
        watcher = reader_of(Watcher, reduced_motion=wish)
        watcher.go()
        watcher.move("on")
        watcher.at(DEFAULT.telling + 1)
        parts = watcher.scene().locator(".sm-moves")
        moving[wish] = parts.evaluate_all("(parts) => parts.map((part) => getComputedStyle(part).animationName)")
        # Playing is the reader's own wish, and still steps.
        watcher.element.evaluate("(element) => { element.dataset.playMs = 60; }")
        watcher.move("play").at(len(read_script(DEFAULT.script)[0]))
    assert set(moving["no-preference"]) == {"sm-move"}
    assert set(moving["reduce"]) == {"none"}


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
def test_axe_finds_nothing_in_any_preset(watcher):
    watcher.go()
    known: set[int] = set()
    for preset in PRESETS:
        watcher.preset(preset)
        watcher.move("last")
        assert faults_of_a_state(watcher.page, known, CHANGING) == {}, preset


def test_complete_without_scripts(reader_of):
    page = reader_of(java_script_enabled=False).go(path=PAGE).page
    statements, _ = read_script(DEFAULT.script)
    scenes = page.locator(".sm-scene")
    assert scenes.count() == len(statements) + 1
    assert all(scene.is_visible() for scene in scenes.all())
    assert page.locator(".sm-steps tbody tr").count() == len(statements) + 1
    assert not page.locator(".sm-player").is_visible()


def test_no_figure_of_a_step_is_out_of_sight(watcher):
    for width in (1440, 390):
        watcher.page.set_viewport_size({"width": width, "height": 844})
        watcher.go()
        beyond = "(all) => all.filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth).length"
        assert watcher.page.locator(".sm-steps td").evaluate_all(beyond) == 0
        row = watcher.page.locator(".sm-steps tbody tr").nth(1)
        drawn = "(e) => getComputedStyle(e, '::before').content"
        assert "Storage" in row.locator("td").nth(2).evaluate(drawn), "a figure says what it is of"


def test_stepping_needs_no_python(watcher):
    """Two hundred operations come at once: with Python gone, every step can still be shown."""
    lines = [(f"cache rdd_{n % 5}_{n} {5 + n * 7 % 50}m", f"task {n % 4} asks {5 + n * 11 % 70}m",
              f"task {n % 4} releases {n * 13 % 90}m", f"use rdd_{n % 5}_{n - 3}")[n % 4] for n in range(200)]  # fmt: skip
    watcher.go()
    watcher.script.fill("\n".join(lines))
    watcher.told()
    expect(watcher.page.locator("[data-of]")).to_have_text("200")
    module = watcher.page.locator("script[src*=spark-watch]").evaluate("(s) => new URL('python/engine.mjs', s.src).href")
    watcher.page.evaluate("async (module) => { (await import(module)).engine.fail('for a test'); }", module)
    watcher.page.locator("spark-watch[data-stage=failed]").first.wait_for()
    watcher.move("first").at(0)
    watcher.move("on").at(1)
    watcher.move("last").at(200)
    expect(watcher.scene()).to_contain_text(lines[-1])
    expect(watcher.page.locator("[data-retry]")).to_be_visible()
    watcher.page.locator("[data-retry]").click()
    watcher.page.locator("spark-watch[data-stage=ready]").first.wait_for()
    watcher.script.fill("cache rdd_0_0 1m")
    watcher.told()
    expect(watcher.page.locator("[data-of]")).to_have_text("1")


def test_under_save_data_nothing_is_fetched_before_the_reader_asks(context_of, host):
    context = context_of()
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    watcher = Watcher(context.new_page(), host)
    fetched = []
    watcher.page.on("request", lambda request: "/assets/py/" in request.url and fetched.append(request.url))
    watcher.go("?script=cache+rdd_0_0+1m")
    retry = watcher.page.locator("[data-retry]")
    expect(retry).to_contain_text("MB once")
    watcher.page.wait_for_timeout(1000)
    assert fetched == []
    retry.click()
    watcher.told()
    expect(watcher.page.locator("[data-of]")).to_have_text("1")
