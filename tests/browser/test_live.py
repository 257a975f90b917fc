"""Live and honest: hundreds of fast edits, and at no moment is an answer to other inputs shown as if it were theirs.

What is seen is compared with what CPython renders.  A page whose scripts take any reply for the newest is caught.
"""

import json
import random
from itertools import islice

import pytest
from playwright.sync_api import expect
from reader import CALCULATOR

from sparkmem.browser import answer
from tools.bench.edits import edits

PAGES = {
    "executor-memory": CALCULATOR,
    "container-request": "calculators/container-request/",
    "fit-node": "calculators/fit-node/",
    "explain": "explain/",
}
EDITS = {"executor-memory": 120}
FEWER_EDITS = 80
"""Where the answers are long: the scripts that keep them in order are the same."""
BAD = ("lots", "-1", "1.5g", "0", "<b>", "")

LOOK = """(element) => {
  const answer = element.querySelector("[data-answer]");
  const seen = (globalThis.seen = new Map());
  let [html, changed] = ["", true];
  // Whatever is not marked as stale is shown as the answer to what the form holds now.
  const look = () => {
    changed ||= observer.takeRecords().length > 0;
    if (element.hasAttribute("data-stale")) return;
    if (answer.hasAttribute("aria-busy")) globalThis.disagreed = true;
    const inputs = JSON.stringify(inputsOf(element));
    if (!seen.has(inputs)) seen.set(inputs, new Set());
    if (changed) html = answer.innerHTML;
    changed = false;
    seen.get(inputs).add(html);
  };
  const observer = new MutationObserver(() => { changed = true; look(); });
  observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  const frame = () => { look(); requestAnimationFrame(frame); };
  frame();
  globalThis.look = look;
}"""

EDIT = """async (element, edits) => {
  const settled = async () => { while (element.hasAttribute("data-stale")) await new Promise(requestAnimationFrame); };
  for (const [name, value, pause] of edits) {
    const control = element.querySelector(`[name="${name}"]`);
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    look();
    if (pause < 0) await settled();
    else if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await settled();
  look();
}"""

WRONG = """(_, answers) => {
  const expected = new Map(answers);
  return [...seen].filter(([inputs, shown]) => [...shown].some((html) => !agrees(html, expected.get(inputs))))
    .map(([inputs]) => inputs);
}"""

OPENED = "(rows) => { for (const row of rows.slice(0, 3)) row.open = true; }"


def random_edits(calculator, count):
    """(field, value, pause in ms), one in ten of them refused; -1 waits for the answer, now and then."""
    chance = random.Random(20261125)
    made = []
    for name, value in islice(edits(calculator, chance), count):
        bad = chance.random() < 0.1 and name not in ("release", "text") and not name.endswith("-scheduler")
        made.append([name, chance.choice(BAD) if bad else value, chance.choice([0, 0, 0, 1, 2, 4, 8, 20, -1])])
    return made


def html(calculator, inputs):
    request = {"calculator": calculator, "page": PAGES[calculator], "inputs": inputs}
    return json.loads(answer(json.dumps(request)))["html"]


def wrong(reader, calculator, count):
    """The inputs with which something else was shown than CPython's answer; all inputs that were shown with any."""
    reader.go(path=PAGES[calculator]).stage("ready")
    reader.answer.locator(".sm-row details").evaluate_all(OPENED)
    reader.calc.evaluate(LOOK)
    reader.calc.evaluate(EDIT, random_edits(calculator, count))
    seen = reader.page.evaluate("[...seen.keys()]")
    expected = [[inputs, html(calculator, json.loads(inputs))] for inputs in seen]
    return reader.calc.evaluate(WRONG, expected), seen


@pytest.mark.costly("hundreds of edits in the page, and CPython's answer to all that were seen")
@pytest.mark.parametrize("calculator", PAGES)
def test_no_answer_is_shown_for_other_inputs_than_its_own(reader, calculator):
    count = EDITS.get(calculator, FEWER_EDITS)
    found, seen = wrong(reader, calculator, count)
    assert found == []
    assert len(seen) > count / 20, "too few answers were shown for this test to mean anything"
    assert reader.page.evaluate("globalThis.disagreed") is None, "an answer was busy and yet not stale"
    final = reader.calc.evaluate("inputsOf")
    reader.answer.evaluate("whole")  # asks for rows that have not come
    expect(reader.answer).not_to_have_attribute("data-rowless", "")
    compare = "(answer, html) => [comparable(whole(answer)), comparable(html)]"
    shown, expected = reader.answer.evaluate(compare, html(calculator, final))
    assert shown == expected
    assert reader.problems == []


def test_a_page_that_takes_any_reply_for_the_newest_is_caught(reader):
    """The two lines that keep the order, taken out of the scripts as the host serves them."""
    lines = {
        "in-step.mjs": ("if (reply && request === this.#pending) await this.place", "if (reply) await this.place"),
        "spark-calc.mjs": ("this.shown = request;", "this.shown = this.wanted;"),
    }
    for script, (line, instead) in lines.items():
        reader.rewritten(script, {line: instead})
    found, _ = wrong(reader, "executor-memory", 120)
    assert found
