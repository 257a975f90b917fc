"""While a reader edits, the page keeps still, and only what can be seen is laid out."""

import pytest
from playwright.sync_api import expect
from reader import CALCULATOR, DEFAULTS

HEAP = "spark.executor.memory"
HELD, UNSEEN = "sm-edited", "sm-rows-unseen"
EXPLAIN = "explain/"
LONG = (
    EXPLAIN, CALCULATOR, "memory/executors/", "memory/driver-memory/", "memory/memory-managers/", "memory/task-memory/",
    "reference/changes/",
)  # fmt: skip

BELOW = """() => {
  const section = document.querySelector("spark-calc").closest(".md-content__inner > *");
  const below = [];
  for (let next = section.nextElementSibling; next; next = next.nextElementSibling) below.push(next.offsetTop);
  return below;
}"""


# Whether it has room for as much as it has now.
ROOM = """(section) => Number.parseFloat(section.style.minBlockSize) >= section.offsetHeight - 1
  && section.offsetHeight > section.querySelector("[data-answer]").offsetHeight"""


# Notes whether room is ever kept: that may be over before anybody looks.
WATCH = """(section) => {
  globalThis.held = false;
  new MutationObserver(() => { globalThis.held ||= section.style.minBlockSize !== ""; })
    .observe(section, { attributeFilter: ["style"] });
}"""

SKIPPED = "(section) => getComputedStyle(section.nextElementSibling).contentVisibility"


def section(reader):
    """What the calculator stands in; to ask for that by `:has` takes Playwright half a second each time."""
    return reader.calc.locator("..")


COMMAND = "spark-submit --master {} --conf spark.executor.memory=8g --conf spark.memory.offHeap.size=4g job.py"
LONGER, SHORTER = COMMAND.format("yarn --deploy-mode cluster"), COMMAND.format("local[2]")


def test_what_follows_stays_where_it_is_while_the_reader_edits(reader):
    reader.hasty().go(path=EXPLAIN).stage("ready")
    reader.edit("text", LONGER)
    assert reader.sees(lambda: section(reader).evaluate(ROOM))
    before = reader.page.evaluate(BELOW)
    reader.edit("text", SHORTER)
    # The browser rounds the heights that it remembers of what is out of sight.
    assert reader.page.evaluate(BELOW) == pytest.approx(before, abs=4)


def test_the_room_of_a_longer_answer_goes_when_the_reader_pauses(reader):
    reader.go(path=EXPLAIN).stage("ready")
    for text in (LONGER, SHORTER):
        section(reader).evaluate(WATCH)
        reader.edit("text", text)
        assert reader.sees(lambda: reader.page.evaluate("held"))
        assert reader.sees(lambda: section(reader).get_attribute("style") in (None, ""))
        below = reader.page.evaluate(BELOW)
        if text == LONGER:
            before = below
    assert below[0] < before[0]


def test_a_longer_answer_has_its_room_at_once(reader):
    reader.hasty().go(path=EXPLAIN).stage("ready")
    reader.edit("text", SHORTER)
    reader.edit("text", LONGER)
    assert reader.answer.evaluate("(answer) => answer.getBoundingClientRect().bottom") <= section(reader).evaluate(
        "(section) => section.getBoundingClientRect().bottom"
    )


@pytest.mark.parametrize("path", LONG)
def test_nothing_moves_when_what_is_out_of_sight_is_left_out_and_comes_back(reader, path):
    """The rules that skip it keep every height; seen at once, since the answer stays the same."""
    reader.go(path=path, wait_until="load").stage("ready")
    reader.frames()
    before = reader.page.evaluate(BELOW)
    for name in (HELD, UNSEEN):
        section(reader).evaluate("(section, name) => section.classList.add(name)", name)
        reader.frames()
        assert reader.page.evaluate(BELOW) == before, name
    assert section(reader).evaluate(SKIPPED) == "auto"
    section(reader).evaluate("(section, names) => section.classList.remove(...names)", [HELD, UNSEEN])
    reader.frames()
    assert reader.page.evaluate(BELOW) == before


def test_what_follows_is_not_laid_out_whole_in_every_pause(reader):
    """The room goes, and what follows stays left out where nobody sees it; another width has other heights."""
    reader.go(DEFAULTS).stage("ready")
    assert section(reader).evaluate(SKIPPED) == "visible"
    section(reader).evaluate(WATCH)
    reader.edit(HEAP, "8g")
    assert reader.sees(lambda: reader.page.evaluate("held"))
    assert reader.sees(lambda: section(reader).get_attribute("style") in (None, ""))
    assert section(reader).evaluate(SKIPPED) == "auto"
    reader.page.set_viewport_size({"width": 1000, "height": 700})
    expect(section(reader)).not_to_contain_class(HELD)


def test_what_stands_in_both_answers_stays(reader):
    """A row or a note that comes or goes before others leaves them as they are: they are not laid out anew."""
    reader.page.set_viewport_size({"width": 1280, "height": 2400})  # rows out of sight are made later
    reader.hasty().go(path=EXPLAIN).stage("ready")
    pieces = """(answer) => [...answer.children, ...answer.querySelectorAll(".sm-row")].map((piece) =>
      [piece.firstElementChild?.id || piece.className, piece])"""
    for text in (LONGER, SHORTER, LONGER):
        reader.answer.evaluate(f"(answer) => {{ globalThis.before = ({pieces})(answer); }}")
        reader.edit("text", text)
        lost, same = reader.answer.evaluate(f"""(answer) => {{
          const now = new Map(({pieces})(answer));
          const both = globalThis.before.filter(([name]) => now.has(name));
          const lost = both.filter(([, piece]) => !piece.isConnected).map(([name]) => name);
          return [lost, both.length - lost.length];
        }}""")
        assert lost == []
        assert same > 10


def test_an_answer_that_came_is_not_drawn_again_for_being_late(reader):
    """What says that an answer is late waits for none that is there, and what stays hidden is not hidden anew."""
    late = 4321
    reader.page.add_init_script(f"""globalThis.waiting = new Set();
      const {{ setTimeout: set, clearTimeout: clear }} = globalThis;
      globalThis.setTimeout = (then, delay, ...more) => {{
        const timer = set(then, delay, ...more);
        if (delay === {late}) waiting.add(timer);
        return timer;
      }};
      globalThis.clearTimeout = (timer) => {{ waiting.delete(timer); clear(timer); }};""")
    reader.rewritten("spark-calc.mjs", {"const WORKING_DELAY_MS = 150;": f"const WORKING_DELAY_MS = {late};"})
    reader.go().stage("ready")
    reader.calc.locator("[data-retry]").evaluate("""(button) => {
      globalThis.hidden = 0;
      new MutationObserver((changes) => { globalThis.hidden += changes.length; }).observe(button, { attributes: true });
    }""")
    reader.edit(HEAP, "9g").edit(HEAP, "10g")
    assert reader.page.evaluate("waiting.size") == 0
    assert reader.page.evaluate("hidden") == 0


def test_rows_out_of_sight_are_left_out_until_the_reader_scrolls(reader):
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.hasty().go(path=EXPLAIN).stage("ready")
    row = reader.answer.locator("> .sm-rows summary").first
    for memory in ("8g", "9g", "10g"):
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        reader.frames()
        if memory == "8g":  # to leave them out and bring them back for one edit costs more than they do
            expect(row).to_be_visible()
        else:
            expect(section(reader)).to_contain_class(UNSEEN)
    expect(row).not_to_be_visible()
    reader.page.mouse.wheel(0, 50)
    expect(row).to_be_visible()
    expect(section(reader)).to_contain_class(HELD)


def test_rows_out_of_sight_are_none_until_they_can_be_seen(reader):
    """Never those of an earlier answer; then all of the last one, and what was open is open."""
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.hasty().go(path=EXPLAIN).stage("ready")
    row = reader.answer.locator("#explain-answer--spark-memory")
    row.evaluate("(details) => { details.open = true; }")
    for memory in ("8g", "9g", "10g", "11g"):
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        reader.frames()
    expect(section(reader)).to_contain_class(UNSEEN)
    expect(reader.answer.locator("> .sm-rows")).to_be_empty()
    reader.page.mouse.wheel(0, 50)
    expect(row.locator("dd").first).to_contain_text("11,811,160,064")
    assert row.evaluate("(details) => details.open")
    reader.edit("text", "spark-submit --master yarn --conf spark.executor.memory=12g job.py")
    expect(row.locator("dd").first).to_contain_text("12,884,901,888")


def test_what_follows_a_picture_that_goes_on_below_the_screen_is_not_there_until_it_can_be_seen(reader):
    """Notes and what was read, which are then those of the last answer; nothing in sight moves, and paper has all of it."""
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.hasty().go(path=EXPLAIN).stage("ready")
    reader.answer.locator("#explain-answer--read").evaluate("(details) => { details.open = true; }")
    reader.answer.locator(".sm-picture").evaluate("(drawn) => scrollBy(0, drawn.getBoundingClientRect().top - 300)")
    reader.frames()
    first = reader.answer.locator(".sm-headline")
    tops = []
    for memory in ("8g", "9g", "10g", "11g"):
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        reader.frames()
        tops.append(first.evaluate("(headline) => headline.getBoundingClientRect().top"))
    expect(section(reader)).to_contain_class("sm-rest-unseen")
    assert reader.answer.evaluate("(answer) => [...answer.children].at(-2).className") == "sm-picture"
    assert tops == [tops[0]] * 4
    reader.page.mouse.wheel(0, 50)
    expect(reader.answer.locator(".sm-read li").first).to_contain_text("11g")
    expect(reader.answer.locator(".sm-notes")).to_contain_text("not 11,264 MiB")
    assert reader.answer.locator("#explain-answer--read").evaluate("(details) => details.open")
    expect(reader.answer.locator("> :last-child")).to_contain_text("sparkmem explain")
    reader.edit("text", "spark-submit --master yarn --conf spark.executor.memory=12g job.py")
    reader.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(reader.answer.locator(".sm-notes")).to_contain_text("not 12,288 MiB", timeout=50)


def test_rows_that_have_not_come_come_to_who_scrolls(reader):
    """An answer whose rows nobody sees comes without them; they are asked for after it, or at once by a scroll."""
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.rewritten(
        "folded.mjs", {"const PAUSE_MS = 600;": "const PAUSE_MS = 9e5;", "const SOON_MS = 100;": "const SOON_MS = 9e5;"}
    )
    reader.go(path=EXPLAIN).stage("ready")
    for memory in ("8g", "9g", "10g", "11g"):
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        reader.frames()
    reader.page.evaluate("""() => {
      globalThis.asked = [];
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (message, ...more) {
        asked.push(message.call);
        postMessage.call(this, message, ...more);
      };
    }""")
    reader.edit("text", "spark-submit --master yarn --conf spark.executor.memory=12g job.py")
    expect(reader.answer.locator("> .sm-rows")).to_be_empty()
    reader.page.mouse.wheel(0, 50)
    row = reader.answer.locator("#explain-answer--spark-memory")
    expect(row.locator("dd").first).to_be_attached(attached=False)  # closed, and its reason waits as others do
    expect(row.locator(".sm-value")).to_have_text("7,192.8 MiB")
    assert [call for call in reader.page.evaluate("asked") if call] == ["begun", "figures"]


def edited_without_rows(reader):
    """An answer whose rows are out of sight and have not been asked for: nothing fetches them by itself."""
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.rewritten(
        "folded.mjs", {"const PAUSE_MS = 600;": "const PAUSE_MS = 9e5;", "const SOON_MS = 100;": "const SOON_MS = 9e5;"}
    )
    reader.go(path=EXPLAIN).stage("ready")
    for memory in ("8g", "9g", "10g", "12g"):
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        reader.frames()
    expect(reader.answer.locator("> .sm-rows")).to_be_empty()


def test_rows_before_which_python_ended_come_after_a_retry_and_paper_says_that_they_are_not_there(reader):
    edited_without_rows(reader)
    reader.page.evaluate("async (module) => { (await import(module)).engine.fail('for a test'); }", reader.engine())
    reader.stage("failed").page.mouse.wheel(0, 50)
    reader.page.emulate_media(media="print")
    expect(reader.calc.locator(".sm-rowless")).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.retry.click()
    expect(reader.answer.locator("#explain-answer--spark-memory .sm-value")).to_have_text("7,192.8 MiB")
    expect(reader.answer).not_to_have_attribute("data-rowless", "")


def test_the_keys_that_ask_for_paper_wait_for_the_rows_of_an_edit(reader):
    """Nothing fetches them by itself here: they come because paper is asked for, and paper comes when they are there."""
    edited_without_rows(reader)
    reader.answer.evaluate("(answer) => { globalThis.print = () => { globalThis.printed = whole(answer); }; }")
    reader.page.keyboard.press("Control+p")
    assert reader.sees(lambda: reader.page.evaluate("globalThis.printed"))
    assert 'id="explain-answer--spark-memory"' in reader.page.evaluate("printed")
    assert "<dd>" in reader.page.evaluate("printed")


def test_a_row_that_the_address_names_stays(reader):
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.hasty().go(path=EXPLAIN).stage("ready")
    row = reader.answer.locator("#explain-answer--spark-memory")
    reader.page.evaluate("location.hash = 'explain-answer--spark-memory'")
    section(reader).evaluate("(section, names) => section.classList.add(...names)", [HELD, UNSEEN])
    reader.edit("text", "spark-submit --master yarn --conf spark.executor.memory=8g job.py")
    expect(row).to_be_attached()


def test_rows_in_sight_are_never_left_out(reader):
    reader.page.set_viewport_size({"width": 1280, "height": 2400})
    reader.hasty().go(DEFAULTS).stage("ready")
    for memory in ("8g", "9g", "10g"):
        reader.edit(HEAP, memory)
        expect(section(reader)).to_contain_class(HELD)
        reader.frames()
        expect(section(reader)).not_to_contain_class(UNSEEN)


def test_whoever_goes_elsewhere_finds_everything(reader):
    """By the keyboard, by a click, or to paper."""
    reader.hasty().go(path=EXPLAIN).stage("ready")
    for memory, elsewhere in (
        ("9g", lambda: reader.page.keyboard.press("Tab")),
        ("10g", lambda: reader.page.locator("h1").click()),
        ("11g", lambda: reader.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")),
    ):
        reader.control("text").focus()
        reader.edit("text", f"spark-submit --master yarn --conf spark.executor.memory={memory} job.py")
        expect(section(reader), memory).to_contain_class(HELD)
        elsewhere()
        for name in (HELD, UNSEEN):
            expect(section(reader), memory).not_to_contain_class(name)


TOPS = """(calc) => {
  const answer = calc.querySelector("[data-answer]");
  globalThis.tops = [];
  new MutationObserver(() => tops.push([calc.hasAttribute("data-late"), answer.getBoundingClientRect().top]))
    .observe(calc, { attributes: true });
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_an_answer_that_is_late_moves_nothing(reader, width):
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.late().go("?spark.executor.memory=8g").settled()
    reader.control("spark.executor.memory").focus()
    reader.calc.evaluate(TOPS)
    reader.type("spark.executor.memory", "12g").settled()
    late = reader.page.evaluate("tops")
    assert any(was for was, _ in late), "no answer was late"
    assert len({round(top) for _, top in late}) == 1
