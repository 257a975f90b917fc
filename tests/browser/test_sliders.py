"""Quantities that are slid or stepped through: the text, the picture and what a screen reader hears go along."""

from playwright.sync_api import expect
from reader import DEFAULTS

from sparkmem.stops import STOPS

HEAP = "spark.executor.memory"
FRACTION = "spark.memory.fraction"
OVERHEAD = "spark.executor.memoryOverhead"


def slider(reader, name):
    return reader.calc.locator(f'[data-field="{name}"] input[type=range]')


def at(reader, name, text):
    """The slider stands where this text does, and says it with what it comes to."""
    stops = slider(reader, name).get_attribute("data-stops").split("|")
    assert slider(reader, name).input_value() == str(stops.index(text))
    hint = reader.calc.locator(f'[data-field="{name}"] [data-hint]').inner_text()
    expect(slider(reader, name)).to_have_attribute("aria-valuetext", f"{text}, {hint}" if hint else text)


def test_arrow_keys_a_key_held_down_and_a_drag_go_from_stop_to_stop(reader):
    """One after the other in one visit, each from Spark's defaults."""
    reader.go(DEFAULTS).settled()
    every_stop_of_the_page_is_one_of_pythons(reader)
    for way in (arrow_keys_go_from_stop_to_stop, from_what_was_typed_between_two_stops_to_the_next,
                a_slider_by_keyboard_one_entry_for_a_key_held_down,
                a_slider_writes_into_its_field_and_the_picture_follows_while_it_is_dragged):  # fmt: skip
        way(reader)
        reader.calc.locator("form").get_by_role("button", name="Spark's defaults").click()
        reader.settled()
        assert reader.inputs() == {}, way.__name__
        reader.page.evaluate("history.pushState(history.state, '')")  # an entry takes the place of those that lie ahead


def every_stop_of_the_page_is_one_of_pythons(reader):
    assert reader.calc.locator("input[type=range][name]").count() == 0
    for name in ("spark.executor.memory", "spark.executor.cores", "spark.memory.storageFraction"):
        assert tuple(slider(reader, name).get_attribute("data-stops").split("|")) == STOPS[name].texts, name


def arrow_keys_go_from_stop_to_stop(reader):
    heap = reader.control(HEAP)
    heap.focus()
    for key, text in [
        ("ArrowUp", "1280m"), ("ArrowUp", "1536m"), ("ArrowDown", "1280m"), ("ArrowDown", "1g"), ("ArrowDown", "896m"),
        ("PageUp", "1792m"), ("PageDown", "896m"), ("Alt+ArrowUp", "896m"), ("Shift+ArrowUp", "896m"),
    ]:  # fmt: skip
        heap.press(key)
        assert heap.input_value() == text, key
    reader.settled().shows({HEAP: "896m"})
    at(reader, HEAP, "896m")
    assert reader.page.evaluate("document.activeElement.name") == HEAP


def from_what_was_typed_between_two_stops_to_the_next(reader):
    for typed, key, text in [("5000m", "ArrowUp", "5g"), ("5000m", "ArrowDown", "4g"), ("5000m", "PageUp", "8g"),
                             ("1t", "ArrowDown", "256g"), ("1t", "ArrowUp", "1t"), ("lots", "ArrowUp", "lots")]:  # fmt: skip
        reader.type(HEAP, typed)
        reader.page.wait_for_selector("spark-calc:not([data-stale])")
        if typed not in STOPS[HEAP].texts:
            expect(slider(reader, HEAP)).to_have_attribute("data-between", "")
        reader.control(HEAP).press(key)
        assert reader.control(HEAP).input_value() == text, (typed, key)
    reader.type(FRACTION, "0.62").control(HEAP).fill("2g")
    reader.settled()
    reader.control(FRACTION).press("ArrowDown")
    assert reader.control(FRACTION).input_value() == "0.6"
    reader.settled().shows({HEAP: "2g"})


def a_slider_by_keyboard_one_entry_for_a_key_held_down(reader):
    entries = reader.page.evaluate("history.length")
    slider(reader, FRACTION).focus()
    for _ in range(3):
        reader.page.keyboard.down("ArrowRight")
    reader.page.keyboard.up("ArrowRight")
    reader.settled().shows({FRACTION: "0.75"})
    at(reader, FRACTION, "0.75")
    assert reader.page.evaluate("history.length") == entries + 1
    reader.page.go_back()
    reader.settled().shows({})
    at(reader, FRACTION, "0.6")


def a_slider_writes_into_its_field_and_the_picture_follows_while_it_is_dragged(reader):
    track = slider(reader, HEAP)
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    entries = reader.page.evaluate("history.length")
    y = box["y"] + box["height"] / 2
    reader.page.mouse.move(box["x"] + 2, y)
    reader.page.mouse.down()
    seen = set()
    for share in (0.2, 0.5, 0.8):
        reader.page.mouse.move(box["x"] + box["width"] * share, y, steps=4)
        reader.page.wait_for_selector("spark-calc:not([data-stale])")
        text = reader.control(HEAP).input_value()
        reader.shows({HEAP: text})
        seen.add(text)
    reader.page.mouse.up()
    assert len(seen) == 3 <= len(seen & set(STOPS[HEAP].texts))
    at(reader, HEAP, text)
    assert reader.page.evaluate("history.length") == entries + 1, "one drag is one step back"
    reader.page.wait_for_url(f"**/?spark.executor.memory={text}")
    reader.page.go_back()
    reader.settled().shows({})
    at(reader, HEAP, "1g")


def test_what_is_not_set_can_be_slid_to_and_back(reader):
    reader.go(path="calculators/container-request/").stage("ready")
    track = slider(reader, OVERHEAD)
    assert track.get_attribute("aria-valuetext").startswith("not set")
    reader.control(OVERHEAD).press("ArrowUp")
    assert reader.control(OVERHEAD).input_value() == "256m"
    reader.settled()
    reader.control(OVERHEAD).press("ArrowDown")
    reader.settled("defaults")
    assert track.get_attribute("aria-valuetext").startswith("not set")


def test_the_address_and_reset_move_the_slider(reader):
    reader.go("?spark.executor.memory=8g&spark.memory.fraction=0.61").settled()
    at(reader, HEAP, "8g")
    expect(slider(reader, FRACTION)).to_have_attribute("data-between", "")
    reader.reset.click()
    reader.settled("defaults")
    at(reader, HEAP, "8g")
    at(reader, FRACTION, "0.6")


def test_a_slider_is_not_shown_without_scripts(reader_of):
    page = reader_of(java_script_enabled=False).go().page
    for track in page.locator("spark-calc input[type=range]").all():
        assert not track.is_visible()
