"""The browser that all tests have: it is the one that was asked for, and no test finds in it what another left there."""

from kept import ENTRIES
from playwright.sync_api import expect
from reader import CALCULATOR

STATE = """async () => {
  const media = ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)"];
  return {
    address: location.href, name: globalThis.name, left: "left" in globalThis,
    stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    media: media.filter((one) => matchMedia(one).matches), size: [innerWidth, innerHeight],
    pointed: document.querySelectorAll(".md-content :hover").length, focused: document.activeElement.localName,
    open: document.querySelectorAll("details[open]").length,
    fields: [...document.querySelectorAll("main [name]")].map(({ value }) => value),
    may: (await navigator.permissions.query({ name: "clipboard-read" })).state,
  };
}"""
LEAVE = """() => {
  localStorage.left = sessionStorage.left = globalThis.left = globalThis.name = "left";
  history.pushState(null, "", "?spark.executor.memory=9g");
  for (const details of document.querySelectorAll("details")) details.open = true;
  document.querySelector("spark-calc [name]").focus();
}"""


def test_v8_has_read_all_that_is_asked_of_it(reader):
    """It says nothing of a flag that it does not know, and leaves out those after it: the suite would only be slower."""
    assert reader.page.evaluate("typeof gc") == "function"


def test_a_tab_that_goes_on_to_the_next_test_is_as_a_new_one(kept, host):
    opened = kept.page()
    opened.goto(host.url + CALCULATOR, wait_until="load")
    before = opened.evaluate(STATE)
    opened.evaluate(LEAVE)
    expect(opened.locator("[name='spark.executor.memory']").first).to_have_value("9g")
    opened.mouse.move(400, 300)
    opened.set_viewport_size({"width": 320, "height": 500})
    opened.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active")
    opened.context.grant_permissions(["clipboard-read"])
    for routing in (opened, opened.context):
        routing.route(f"**/{CALCULATOR}", lambda route: route.abort())
    left = opened.evaluate(STATE)
    assert {name for name in before if left[name] == before[name]} <= {"pointed"}, "it left too little to be seen"
    entries = opened.evaluate("history.length")
    kept.leave(opened.context)
    going_on = kept.page()
    assert (going_on is opened) == (entries <= ENTRIES)
    going_on.goto(host.url + CALCULATOR, wait_until="load")
    assert going_on.evaluate(STATE) == before
    kept.leave(going_on.context)
