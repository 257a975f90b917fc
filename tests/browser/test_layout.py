"""The answer first: where the verdict stands on a laptop and on a phone, with inputs in the address and without."""

import re

import pytest
from calculator_pages import DIFFERENT, PAGES
from playwright.sync_api import expect

OWN = ("calculators/", "explain/", "memory/executor-heap/")
"""The calculators' own pages, which open on the answer without inputs as well."""
LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
A4 = {"format": "A4", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "12mm"), "print_background": True}
INPUTS = {
    "driver-memory": "spark.driver.memory=6g",
    "jvm-heap": "heap=6g",
    "pyspark-memory": "spark.executor.pyspark.memory=2g",
    "release-diff": "other-release=4.0",
    "ui-number": "number=1048.8+MiB",
}

# Both edges of what is said first, and of the part of the form that comes first; the bars' names that are cut or missing.
# What goes to the answer is a module of its own, which may come after it.
VERDICT = """async (calculator) => {
  const verdict = () => calculator.querySelector("[data-answer] :is(.sm-headline, .sm-faults, .sm-summary)");
  const late = performance.now() + 5000;
  while (verdict().getBoundingClientRect().top >= innerHeight && performance.now() < late) {
    await new Promise((next) => requestAnimationFrame(next));
  }
  const first = verdict();
  const edges = (e) => { const { top, left, right } = e.getBoundingClientRect(); return { top, left, right }; };
  const form = calculator.querySelector(".sm-form");
  const empty = form.getBoundingClientRect().bottom - form.lastElementChild.getBoundingClientRect().bottom;
  const wide = calculator.querySelector(".sm-result").clientWidth;
  return { verdict: edges(first), form: edges(calculator.querySelector(".sm-first")), empty, wide };
}"""
# Python's stage is said above the answer: there, and on the first screen.
WAITING = """(calculator) => calculator.querySelector("[data-status]").parentElement.getBoundingClientRect().top"""
CUT = """(calculator) => {
  const figures = ".sm-value, .sm-bytes, .sm-bracket :is(b, span), .sm-part b, td";
  const drawn = [...calculator.querySelectorAll(`[data-answer] :is(${figures})`)];
  const seen = (e) => e.checkVisibility() && e.offsetHeight && e.offsetWidth; // no room, no word
  return drawn.filter((e) => seen(e) && !e.closest(".sm-scroll, .sm-node-box"))
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
      || e.getBoundingClientRect().right > calculator.getBoundingClientRect().right + 1)
    .map((e) => e.textContent);
}"""
# Areas and totals of a picture that are named neither in it nor on the line below it.
UNNAMED = """(calculator) => {
  const seen = (e) => e.offsetWidth > 2 && e.offsetHeight > 2;
  return [...calculator.querySelectorAll("[data-answer] .sm-bars")].flatMap((bar) => {
    const line = bar.nextElementSibling.matches(".sm-names") ? [...bar.nextElementSibling.children].filter(seen) : [];
    const below = line.map((name) => name.firstElementChild.matches(".sm-swatch") ? name.childNodes[1] : name.firstChild);
    const unnamed = [...bar.querySelectorAll(":scope > :is(.sm-part, .sm-bracket:not(:first-child))")]
      .filter((area) => ![...area.querySelectorAll(":scope > span")].some(seen)).map((area) => area.title);
    return unnamed.filter((title) => !below.some((name) => title.includes(name.textContent.trim())));
  });
}"""

# Neighbours in a bar that are alike: of one pattern, or none, and one about as light as the other.  And areas of two kinds
# that have one fill between them, so that a swatch without room for its pattern says neither.
ALIKE = """(calculator) => {
  const light = (fill) => fill.match(/[\\d.]+/g).slice(0, 3).map((of) => of / 255)
    .map((of) => of <= 0.04045 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4)
    .reduce((sum, of, place) => sum + of * [0.2126, 0.7152, 0.0722][place], 0.05);
  const parts = [...calculator.querySelectorAll("[data-answer] .sm-bars > .sm-part")].map((part) => {
    const { backgroundColor, backgroundImage } = getComputedStyle(part);
    return { part, fill: backgroundColor, pattern: backgroundImage, light: light(backgroundColor) };
  });
  const paper = getComputedStyle(document.body).backgroundColor;
  return parts.filter((one, place) => parts.slice(0, place).some((other, before) => {
    if (one.part.parentElement !== other.part.parentElement || one.part.className === other.part.className) return false;
    const pale = Math.max(one.light, other.light) / Math.min(one.light, other.light) < 1.5;
    return before === place - 1 && pale && one.pattern === other.pattern || one.fill === other.fill && one.fill !== paper;
  })).map((one) => one.part.title);
}"""

# Choices that are longer than their field, beside whose text the browser draws a mark of some 20 pixels: of the inputs that
# come first, and on a laptop, those that are chosen; of the others on a phone any.
CUT_CHOICES = """(calculator) => {
  const ink = document.createElement("canvas").getContext("2d");
  const further = calculator.querySelector(".sm-further");
  further.open = true;
  const cut = [...calculator.querySelectorAll("select")].filter((field) => field.clientWidth).flatMap((field) => {
    const style = getComputedStyle(field);
    ink.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
    const seen = innerWidth < 600 && !field.closest(".sm-first") ? [...field.options] : [...field.selectedOptions];
    return seen.map((option) => option.text).filter((text) => ink.measureText(text).width > room);
  });
  further.open = false;
  return cut;
}"""

# Words in the picture of a node, by whether all of them is seen; those of which nothing is seen stand in the list below it.
IN_THE_NODE = """(place) => {
  const seen = { whole: [], cut: [] };
  for (const word of place.querySelectorAll(".sm-node-box .sm-part > span > *")) {
    if (!word.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(word);
    const text = range.getBoundingClientRect(), part = word.closest(".sm-part").getBoundingClientRect();
    const line = word.getBoundingClientRect();
    if (text.top >= line.bottom - 1 || line.width < 1) continue;
    const right = Math.min(part.right, line.right) + 0.5;
    const whole = text.right <= right && text.left >= part.left && text.bottom <= part.bottom + 0.5;
    seen[whole ? "whole" : "cut"].push(word.textContent);
  }
  return seen;
}"""

# Words of drawings that are small, or lie beyond the box that they begin in, or beyond the drawing.
IN_DRAWINGS = """(all) => all.flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("rect")].map((e) => e.getBoundingClientRect());
  boxes.sort((a, b) => a.width * a.height - b.width * b.height);
  return [...svg.querySelectorAll("text")].filter((e) => {
    const text = e.getBoundingClientRect(), middle = text.top + text.height / 2;
    const around = (box) => box.left <= text.left && text.left <= box.right && box.top <= middle && middle <= box.bottom;
    const box = boxes.find(around) ?? svg.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(e).fontSize) * svg.getScreenCTM().a;
    return size < 10.5 || text.right > box.right || text.bottom > svg.getBoundingClientRect().bottom + 1;
  }).map((e) => e.textContent);
})"""


@pytest.mark.parametrize("page", DIFFERENT)
def test_the_verdict_is_on_the_first_screen(reader, page):
    """A link with inputs opens on it, also while Python starts; a calculator's own page has it there in any case."""
    for screen in (LAPTOP, PHONE):
        opens_on_the_verdict(reader, page, screen)
        assert reader.calc.evaluate(CUT) == []
        assert reader.calc.evaluate(IN_THE_NODE)["cut"] == []
        assert reader.calc.evaluate(UNNAMED) == []
        assert reader.calc.evaluate(ALIKE) == []
        assert reader.calc.evaluate(CUT_CHOICES) == []
        behind = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth).length"
        assert not reader.calc.locator(".sm-sortable > .sm-scroll").evaluate_all(behind), "a figure is out of sight"
    if page.startswith(OWN):
        assert len(re.findall(rb"/Type\s*/Page\b", reader.page.pdf(**A4))) <= 2, "a calculation is two sheets at most"
        reader.go(path=page)
        for screen in (PHONE, LAPTOP):
            reader.page.set_viewport_size(screen)
            seen = reader.calc.evaluate(VERDICT)
            assert seen["verdict"]["top"] < screen["height"] - 60, f"{screen}: two lines of it are not seen"


def opens_on_the_verdict(reader, page, screen):
    reader.page.set_viewport_size(screen)
    reader.go(f"?{INPUTS.get(PAGES[page], 'spark.executor.memory=6g')}", page).settled()
    seen = reader.calc.evaluate(VERDICT)
    assert seen["verdict"]["top"] >= 40, f"{page} {screen}: it lies behind the header"
    assert seen["verdict"]["top"] < screen["height"], f"{page} {screen}"
    assert reader.calc.evaluate(WAITING) < screen["height"], f"{page} {screen}"
    if screen is LAPTOP:
        assert seen["form"]["right"] < seen["verdict"]["left"], f"{page}: form and answer do not stand side by side"
        assert seen["wide"] > 600, f"{page}: the answer has no room for a figure's bytes beside it"
        assert seen["empty"] < 40, f"{page}: the form is longer than what is in it"


def test_a_link_opens_on_the_verdict_wherever_else_the_calculator_stands(reader):
    """In the midst of a page, below much else; how it looks there is as it looks on the page of its own."""
    for number, page in enumerate(sorted(PAGES.keys() - set(DIFFERENT))):
        opens_on_the_verdict(reader, page, (PHONE, LAPTOP)[number % 2])


@pytest.mark.parametrize(
    "long", ["calculators/ui-number/?number=2.1+GB", "calculators/release-diff/?release=2.4&spark.executor.memory=400m"]
)
def test_a_calculation_with_many_rows_is_two_sheets_too(reader, long):
    path, _, query = long.partition("?")
    reader.go(f"?{query}", path).settled()
    assert reader.answer.locator(".sm-row").count() > 24
    assert len(re.findall(rb"/Type\s*/Page\b", reader.page.pdf(**A4))) <= 2


def test_from_a_thousand_pixels_on_the_answer_stands_beside_the_form(reader):
    """Also where a table of contents stands beside both."""
    reader.page.set_viewport_size({"width": 1000, "height": 800})
    for page in ("memory/jvm-heap/", "memory/executor-heap/", "explain/"):
        reader.go(path=page)
        seen = reader.calc.evaluate(VERDICT)
        assert seen["form"]["right"] < seen["verdict"]["left"], page
        reader.page.set_viewport_size({"width": 1240, "height": 800})  # the navigation beside both
        assert reader.calc.locator(".sm-form").bounding_box()["width"] >= 290, page
        assert reader.calc.evaluate(CUT) == [], page
        reader.page.set_viewport_size({"width": 1000, "height": 800})


def test_on_a_phone_the_answer_stands_between_the_inputs_that_matter_and_the_others(reader):
    reader.page.set_viewport_size(PHONE)
    reader.go()
    places = [reader.calc.locator(part).bounding_box()["y"] for part in (".sm-first", ".sm-headline", ".sm-more")]
    assert places == sorted(places)
    assert 3 <= reader.calc.locator(".sm-first [name]").count() <= 5


def test_the_navigation_is_one_screen(reader):
    reader.page.set_viewport_size(LAPTOP)
    fits = """() => {
      const box = document.querySelector(".md-sidebar--primary .md-sidebar__scrollwrap");
      return box.scrollHeight <= box.clientHeight;
    }"""
    for page in ("memory/spark-memory/", "calculators/fit-node/", "calculators/legacy-memory/", "reference/claims/"):
        reader.go(path=page)
        shown = reader.page.locator(".md-sidebar--primary .md-nav__link").evaluate_all(
            """(all) => all.filter((e) => e.checkVisibility({ visibilityProperty: true }))
                .map((e) => e.getBoundingClientRect().bottom)"""
        )
        assert 8 < len(shown) <= 30
        active = reader.page.locator(".md-sidebar--primary a.md-nav__link--active:visible")
        assert active.bounding_box()["height"] < 30, f"{page}: its entry needs a second line when it is bold"
        assert max(shown) <= LAPTOP["height"]
        reader.page.wait_for_function(fits)  # the theme gives the list its height once it has laid out the page


def test_a_long_list_is_shortened_as_one_types_and_keeps_its_addresses(reader):
    reader.go(path="reference/configuration-keys/")
    field, shown = reader.page.locator("list-filter input"), reader.page.locator(".md-content__inner > h3:visible")
    every = shown.count()
    field.fill("offheap size")
    assert 1 <= shown.count() < every / 4
    expect(reader.page.locator("[id='spark.memory.offHeap.size']")).to_be_visible()
    expect(reader.page.locator("list-filter [role=status]")).to_have_text(f"{shown.count()} of {every}")
    reader.page.evaluate("location.hash = 'spark.executor.memory'")
    expect(reader.page.locator("[id='spark.executor.memory']")).to_be_visible()
    assert (field.input_value(), shown.count()) == ("", every)


def test_claims_are_folded_and_an_address_opens_its_own(reader):
    reader.go("#claim-vm-is-a-file", "reference/claims/")
    claims, field = reader.page.locator(".sm-claim"), reader.page.locator("list-filter input")
    every = claims.count()
    opened = reader.page.locator(".sm-claim > details[open]")
    expect(opened).to_have_count(1)
    expect(opened).to_contain_text("An image is what its disk starts from.")
    assert reader.page.evaluate("document.documentElement.scrollHeight") < every * 100, "a claim is a line or two"
    verdict, said = claims.nth(2).locator(".sm-verdict"), claims.nth(2).locator("h3")
    assert verdict.bounding_box()["x"] < said.bounding_box()["x"], "the verdict stands first"
    below = """all => all.filter(one =>
        one.querySelector('.sm-verdict').getBoundingClientRect().bottom > one.getBoundingClientRect().bottom)"""
    assert claims.evaluate_all(f"{below}.map(one => one.innerText)") == [], "a long verdict lies on no other claim"
    field.fill("overcommitted")  # a word of what is folded
    expect(reader.page.locator(".sm-claim:visible")).to_have_count(1)
    reader.page.evaluate("location.hash = 'claim-vm-is-like-a-computer'")
    expect(opened).to_have_count(2)
    assert reader.page.locator(".sm-claim:visible").count() == every
    reader.page.emulate_media(media="print")
    expect(claims.nth(5).locator("details > :not(summary)").first).to_be_visible()  # paper has all


def test_a_table_with_a_field_is_shortened_and_nothing_else_of_the_page(reader):
    reader.go(path="reference/exit-codes/")
    field, rows = reader.page.locator("list-filter input"), reader.page.locator("tbody tr:visible")
    headings, every = reader.page.locator("h3:visible").count(), rows.count()
    assert reader.page.locator("thead").first.bounding_box()["height"] < 45, "its heads are words that fit on one line"
    field.fill("oomkilled cgroup")
    expect(reader.page.locator("list-filter [role=status]")).to_have_text(re.compile(r"^\d of \d+$"))
    assert every - 30 < rows.count() < every - 20, "the other tables keep their rows"
    assert reader.page.locator("h3:visible").count() == headings
    reader.page.evaluate("location.hash = 'exit-137'")
    expect(field).to_have_value("")
    assert rows.count() == every
    bar, found = reader.page.locator(".sm-filter"), reader.page.locator("#exit-137")
    expect(found).to_be_in_viewport()
    edges = "(e) => { const { top, bottom } = e.getBoundingClientRect(); return [top, bottom]; }"
    assert found.evaluate(edges)[0] >= bar.evaluate(edges)[1], "the field hides what the address leads to"


def test_a_failure_is_found_by_its_text_its_code_its_process_and_what_readers_call_it(reader):
    reader.go(path="errors/")
    field, lines = reader.page.locator("list-filter input"), reader.page.locator(".sm-failures > li:visible")
    every, headings = lines.count(), reader.page.locator("[id^='ran-out-']:visible")
    assert every > 100
    for typed, page in (
        ("exit 137", "exit-137/"), ("OOM killed", "oom-killed/"), ("killed by YARN physical", "yarn-physical-limit/"),
        ("python worker died", "python-worker-crashed/"), ("Total size of serialized", "max-result-size/"),
        ("There is not enough memory to build the hash map.", "hash-map-memory/"),
        ("the Python worker has exited unexpectedly", "python-worker-crashed/"),
    ):  # fmt: skip
        field.fill(typed)
        assert lines.locator(f"a[href$='/{page}'], a[href='{page}']").count() == 1, typed
        assert lines.count() <= 10, typed
        assert headings.count() <= lines.count(), "a heading without a line goes with its lines"
        lists = reader.page.locator(".sm-failures").evaluate_all("(all) => all.filter((e) => e.checkVisibility()).length")
        assert lists == headings.count(), "the list of such a heading keeps no room"
    field.fill("")
    assert lines.count() == every


# Of each step: from its heading to the end of its last line, and the lines of what is to be tried.
STEPS = """(all) => all.map((heading) => {
  let last = heading, trying = [];
  for (let e = heading; e && (e === heading || e.localName !== "h2"); e = e.nextElementSibling) {
    if (e.checkVisibility()) last = e;
    if (e.matches(".sm-try")) trying.push(Math.round(e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)));
  }
  return [last.getBoundingClientRect().bottom - heading.getBoundingClientRect().top, trying];
})"""


def test_each_step_for_learners_is_one_screen_and_its_pictures_are_legible_on_a_phone(reader):
    """One screen less the header, one picture, and one thing to try, which is said in one line."""
    reader.go(path="start-here/")
    for screen in (LAPTOP, PHONE):
        reader.page.set_viewport_size(screen)
        room = screen["height"] - reader.page.locator(".md-header").bounding_box()["height"]
        steps = reader.page.locator(".md-content h2").evaluate_all(STEPS)
        assert len(steps) == 12
        assert {n: tall for n, (tall, _) in enumerate(steps, 1) if not 300 < tall <= room} == {}, screen
        assert [lines for _, lines in steps] == [[1]] * 12, screen
    assert reader.page.locator(".md-content :is(.sm-picture, .sm-node, .sm-diagram)").count() == 12
    drawings = reader.page.locator(".sm-diagram svg")
    assert drawings.count() >= 4
    assert drawings.evaluate_all(IN_DRAWINGS) == []
    assert reader.page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    for width in (390, 320):
        reader.page.set_viewport_size({"width": width, "height": 844})
        seen = reader.page.locator(".sm-node").first.evaluate(IN_THE_NODE)
        assert "Heap" in seen["whole"]
        assert seen["cut"] == [], width


def test_on_a_phone_a_table_of_several_columns_is_cards_and_no_figure_is_cut(reader):
    reader.page.set_viewport_size(PHONE)
    for path in ("memory/containers/", "memory/where-to-look/", "errors/", "memory/jvm-heap/"):
        reader.go(path=path)
        cards = reader.page.locator(".sm-cards:visible")
        assert cards.count(), path
        edges = cards.locator("td").evaluate_all("(all) => Math.max(...all.map((e) => e.getBoundingClientRect().right))")
        assert edges <= PHONE["width"], path
    cell = reader.page.locator(".sm-cards tbody td:nth-child(2)").first
    name = reader.page.locator(".sm-cards thead th").nth(1).text_content()
    assert name in cell.evaluate("(e) => getComputedStyle(e, '::before').content")
    first = reader.page.locator(".sm-cards thead th").first.bounding_box()
    assert first["height"] > 10, "the first column is named once, above the cards"
    assert first["width"] > 100
    reader.go(path="reference/claims/")
    cards = reader.page.locator(".sm-cards tbody tr")
    assert max(cards.evaluate_all("(all) => all.map((e) => e.offsetHeight)")) < 130, "figures stand in a line"
    snapshot = reader.page.locator(".sm-cards").first.aria_snapshot()
    assert "columnheader \"Half right\"" in snapshot
    assert "cell \"18\"" in snapshot
    empty = cards.locator("td:empty").evaluate_all("(all) => all.map((e) => getComputedStyle(e, '::before').content)")
    assert set(empty) == {"none"}


def test_a_thumb_finds_room_and_the_verdict_stays_on_the_first_screen(reader_of):
    reader = reader_of(viewport=PHONE, is_mobile=True, has_touch=True)
    for path in ("explain/", "memory/executor-heap/", "calculators/overhead-budget/"):
        reader.go(path=path)
        fields = reader.calc.locator("select:visible, .sm-field input:not([type=range]):visible, .sm-actions button:visible")
        heights = fields.evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().height)")
        assert min(heights) >= 44, path
        assert reader.calc.evaluate(VERDICT)["verdict"]["top"] < PHONE["height"], path
