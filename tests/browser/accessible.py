"""axe, asked in one place: by the rules that it runs by itself, and that a finger finds room; and what is too wide."""

from __future__ import annotations

from collections.abc import Sequence

from kinds import NUMBERS
from playwright.sync_api import Page
from reader import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_ADDRESS = "/axe.min.js"
"""Where the host has it: a browser keeps what it has made of a script with an address, half of what it costs."""

# Whether it came: a page that is no host's has none.
_FETCH = """(address) => new Promise((told) => {
  const script = document.createElement("script");
  script.onload = script.onerror = ({ type }) => { script.remove(); told(type === "load"); };
  script.src = address;
  document.head.append(script);
})"""
_RUN = """async ([within, rules, without, colours, known]) => {
  const context = within ? { include: [...document.querySelectorAll(within)] } : document;
  const anyColour = colours.some((rule) => rules?.includes(rule) ?? !without.includes(rule));
  const [first, kinds] = anyColour ? firstOfEachColour(within, known) : [new Set(), []];
  // No option of axe's lets one rule look at less than the others do.
  const ofColours = axe._audit.rules.filter(({ id }) => colours.includes(id));
  if (ofColours.length !== colours.length) throw new Error("axe has other rules of colours");
  for (const rule of ofColours) {
    rule.matchesAnywhere ??= rule.matches;
    rule.matches = function (element, ...others) {
      return first.has(element) && rule.matchesAnywhere(element, ...others);
    };
  }
  const switched = [["target-size", true], ...without.map((rule) => [rule, false])];
  const asked = rules ? { runOnly: { type: "rule", values: rules } }
    : { rules: Object.fromEntries(switched.map(([rule, enabled]) => [rule, { enabled }])) };
  // Of what passes nothing is read, and of a fault its HTML: axe need not find a selector for each element of the page,
  // nor write it down.
  axe._audit.noHtml = true;
  const found = await axe.run(context, { ...asked, resultTypes: ["violations"], selectors: false, elementRef: true });
  return [found.violations.map(({ id, nodes }) => [id, nodes.map(({ element }) => element.outerHTML.slice(0, 300))]), kinds];
}"""
# Of all words with the same colours on the same ground the first three are looked at, which is what costs most of axe's
# time, and none where such words are known to have no fault; of what another element may lie under, as a picture or what is
# moved out of the flow, all.  Elements, and the numbers of their kinds.
_FIRST_OF_EACH_COLOUR = """() => { globalThis.firstOfEachColour = (within, known) => {
  const grounds = new Map();
  const ground = (e) => {
    if (e === null) return ["", false];
    if (!grounds.has(e)) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(e);
      const [below, moved] = ground(e.parentElement);
      const over = moved || ["absolute", "fixed"].includes(position) || e.localName === "svg";
      grounds.set(e, [`${below}|${[backgroundColor, backgroundImage, opacity, filter]}`, over]);
    }
    return grounds.get(e);
  };
  const hasWords = (e) => e.matches("input, select, textarea")
    || [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const roots = within ? [...document.querySelectorAll(within)] : [document.body];
  const [first, counted] = [new Set(), new Map(known.map((kind) => [kind, 3]))];
  const kinds = new Set();
  for (const e of roots.flatMap((root) => [root, ...root.querySelectorAll("*")])) {
    if (globalThis.placesUnseen && !placesUnseen.has(e)) continue;
    if (!hasWords(e) || !e.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow, textDecorationLine } = getComputedStyle(e);
    const around = getComputedStyle(e.parentElement).color;
    const names = [e, e.parentElement].map((one) => `${one.localName}.${one.className}`);
    const [below, moved] = ground(e);
    const kind = numberOf(JSON.stringify([
      names, color, around, fontSize, fontWeight, textShadow, textDecorationLine, below, e.matches(":disabled"),
    ]));
    const before = counted.get(kind) ?? 0;
    counted.set(kind, before + 1);
    if (moved || before < 3) first.add(e);
    if (before < 3) kinds.add(kind);
  }
  return [first, [...kinds]];
}; }"""
# Where something stands, which is what its colours follow from in either scheme: elements with their classes and the
# names of their attributes and styles, from the top of the page on.  A number for each place; what stands at others than
# those that are known is left in `placesUnseen`.
_PLACES = """([within, known]) => {
  const [seen, places] = [new Set(known), new Map()];
  const place = (e) => {
    if (e === null) return 0;
    if (!places.has(e)) {
      const names = [[...e.classList], [...e.attributes].map(({ name }) => name), [...e.style]];
      places.set(e, numberOf(JSON.stringify([place(e.parentElement), e.localName, ...names.map((some) => some.sort())])));
    }
    return places.get(e);
  };
  const roots = within ? [...document.querySelectorAll(within)] : [document.body];
  const all = roots.flatMap((root) => [root, ...root.querySelectorAll("*")])
    .filter((e) => e.checkVisibility({ visibilityProperty: true }));
  globalThis.placesUnseen = new Set(all.filter((e) => !seen.has(place(e))));
  return [...new Set(all.map(place))];
}"""
# A part that still moves, or a colour on its way to another, would be measured half-way.  Whatever moves is put at its
# end and not waited for: what the browser leaves out because it is out of sight never arrives there by itself.
_STILL = """() => document.getAnimations()
  .filter(({ timeline, playState, effect }) => timeline === document.timeline && playState === "running"
    && effect.getComputedTiming().endTime < Infinity)
  .forEach((animation) => animation.finish())"""
_ROOM = "target-size"
_PART_OF_A_SCREEN = 240
# By how much the page really moved: nothing at its top and at its bottom.
_SCROLL = """(by) => {
  const before = scrollY;
  scrollBy({ top: by, behavior: "instant" });
  return scrollY - before;
}"""
CHANGING = "spark-calc, spark-variants, spark-watch, .sm-peek"
"""What an edit can change: the rest of a page is as it was when it opened, and test_page has looked at that."""

PHONE = 320
"""Pixels across the narrowest screen."""

SCHEMES = {"light": "default", "dark": "slate"}
"""The theme's names."""

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""

_OF_THE_SWITCH = ("aria-allowed-attr", "aria-valid-attr-value", "button-name", "nested-interactive")
"""The rules that look at the button for dark colours: it shows what it leads to, so that it is another in these."""

_SEEN: dict[str, set[int]] = {scheme: set() for scheme in SCHEMES}
"""By the colours, the places at which axe found nothing wrong, in this worker so far."""

_SEEN_COLOURS: set[int] = set()
"""The kinds of words of which axe found nothing wrong with the colours, in this worker so far."""

# All that the other rules look at: elements, their attributes, places, sizes and words, and which of them are shown.
_SHAPE = """() => {
  const coloured = ["data-md-color-scheme", "aria-pressed"];
  const described = (e) => {
    const attributes = [...e.attributes].filter(({ name }) => !coloured.includes(name));
    const shown = e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return [e.localName, shown, e.getBoundingClientRect(), attributes.map(({ name, value }) => [name, value])];
  };
  const icons = "button > .sm-palette-dark, button > .sm-palette-light";
  const all = [...document.body.querySelectorAll("*")].filter((e) => !e.closest(icons));
  const now = JSON.stringify([all.map(described), document.body.textContent]);
  const same = now === globalThis.shapeBefore;
  globalThis.shapeBefore = now;
  return same;
}"""
_WIDE = """() => {
  const all = [...document.querySelectorAll("spark-calc *")];
  const wide = all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => !e.parentElement.closest(".sm-scroll[tabindex]"))  // a table in a region of its own scrolls there
    .map((e) => e.className);
  return [document.documentElement.scrollWidth, wide];
}"""


def axe(
    page: Page, within: str | None = None, rules: Sequence[str] | None = None, without: Sequence[str] = ()
) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is now, or in what a selector names: rules, each with the first elements.

    By all rules that it runs by itself `without` some, or by those named alone.
    """
    prepare(page)
    page.evaluate(_STILL)
    faults, kinds = page.evaluate(_RUN, [within, rules, without, OF_COLOURS, list(_SEEN_COLOURS)])
    found = dict(faults)
    if not found.keys() & set(OF_COLOURS) and set(OF_COLOURS) <= set(rules or OF_COLOURS).difference(without):
        _SEEN_COLOURS.update(kinds)
    if _ROOM in found:
        found[_ROOM] = _small_wherever_it_stands(page, within, found[_ROOM])
    return [(rule, [html[:160] for html in elements[:3]]) for rule, elements in found.items() if elements]


def prepare(page: Page) -> None:
    """Has a page hold axe, and `numberOf` for texts."""
    if not page.evaluate("'axe' in globalThis"):
        if not page.url.startswith("http") or not page.evaluate(_FETCH, AXE_ADDRESS):
            page.evaluate(AXE.read_text())
        page.evaluate(NUMBERS)
        page.evaluate(_FIRST_OF_EACH_COLOUR)


def _small_wherever_it_stands(page: Page, within: str | None, small: Sequence[str]) -> list[str]:
    """Of targets found too small, those that are so after scrolling too: one that a bar half covered was not."""
    before = page.evaluate(_SCROLL, -_PART_OF_A_SCREEN) or page.evaluate(_SCROLL, _PART_OF_A_SCREEN)
    again = dict(page.evaluate(_RUN, [within, [_ROOM], [], OF_COLOURS, []])[0])
    page.evaluate(_SCROLL, -before)
    return [html for html in small if html in again.get(_ROOM, ())]


def too_wide(page: Page, width: int) -> dict[str, object]:
    """What is wider than a screen of so many pixels: the document, and parts of a calculator."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("(width) => new Promise((done) => { const look = () => innerWidth === width ? done() "
                  ": requestAnimationFrame(look); look(); })", width)
    page.evaluate(_STILL)
    document, parts = page.evaluate(_WIDE)
    return {"the document": document} if document > width else {"parts": parts} if parts else {}


def axe_in_both_schemes(page: Page, within: str | None = None) -> dict[str, object]:
    """What axe finds on a page in the colours in which it is now, and then in the others, in which it stays.

    In the others only what stands where nothing stood that was looked at in them, and of a part of the page nothing where
    that is all of it.
    """
    now = page.locator("body").get_attribute("data-md-color-scheme") or ""
    looks = ("light", "dark") if now == SCHEMES["light"] else ("dark", "light")
    faults: dict[str, object] = {looks[0]: axe(page, within)}
    places = set(page.evaluate(_PLACES, [within, list(_SEEN[looks[1]])]))
    if not faults[looks[0]]:
        _SEEN[looks[0]] |= places
    if within and places <= _SEEN[looks[1]]:
        page.evaluate("() => { delete globalThis.placesUnseen; }")
        return {f"axe in {looks[0]} colours": faults[looks[0]]} if faults[looks[0]] else {}
    page.evaluate(_SHAPE)
    page.emulate_media(color_scheme=looks[1])
    page.locator(f"body[data-md-color-scheme={SCHEMES[looks[1]]}]").first.wait_for()
    page.evaluate(_STILL)
    # Where nothing but colours has changed, no other rule can find anything that it did not find before.
    if page.evaluate(_SHAPE):
        faults[looks[1]] = axe(page, within, OF_COLOURS if within else (*OF_COLOURS, *_OF_THE_SWITCH))
    else:
        faults[looks[1]] = axe(page, within)
    page.evaluate("() => { delete globalThis.placesUnseen; }")
    if not faults[looks[1]]:
        _SEEN[looks[1]] |= places
    return {f"axe in {look} colours": found for look, found in faults.items() if found}


def too_wide_at(page: Page, *widths: int) -> dict[str, object]:
    """What is wider than the screen, by the widths at which it is."""
    return {f"{width} px": found for width in widths if (found := too_wide(page, width))}
