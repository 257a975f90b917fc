"""The picture of Python's memory that a browser keeps: faster, never different, and gone at the first doubt."""

import json
import random

import pytest
from reader import Reader, rewrite
from test_agreement import random_inputs

from sparkmem import evaluate

pytestmark = pytest.mark.fresh
HEAP = "spark.executor.memory"
SECRET = "-Dpassword=swordfish-93f1"

SHELF = """
  const shelf = await (await navigator.storage.getDirectory()).getDirectoryHandle("sparkmem-memory", { create: true });
  const names = await Array.fromAsync(shelf.keys());
  const bytesOf = async (name) => new Uint8Array(await (await (await shelf.getFileHandle(name)).getFile()).arrayBuffer());
  const write = async (name, bytes) => {
    const stream = await (await shelf.getFileHandle(name, { create: true })).createWritable();
    await stream.write(bytes);
    await stream.close();
  };"""

# A worker may remove or rename a file, or the folder, between two steps of this: such a file is not kept.
KEPT = f"""async () => {{
  const gone = (error) => {{
    if (["NotFoundError", "NotReadableError"].includes(error.name)) return [];
    throw error;
  }};
  const look = async () => {{{SHELF}
    const ends = (bytes) => String(bytes.subarray(0, 64)) + bytes.subarray(-64);
    const described = (name) => bytesOf(name).then((bytes) => [[name, bytes.length, ends(bytes)]], gone);
    return (await Promise.all(names.filter((name) => name !== "unfinished").map(described))).flat();
  }};
  return look().catch(gone);
}}"""

HOLDS = f"""async (text) => {{{SHELF}
  return new TextDecoder("latin1").decode(await bytesOf(names[0])).includes(text);
}}"""

REPLACE = f"""async (how) => {{{SHELF}
  const bytes = await bytesOf(names[0]);
  if (how === "cut") return write(names[0], bytes.subarray(0, 4 * (bytes.length >> 3)));
  if (how === "one bit") bytes[bytes.length >> 1] ^= 1;
  if (how === "noise") for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 2654435761) >>> 13;
  return write(names[0], bytes);
}}"""

EARLIER = f"""async () => {{{SHELF}
  for (const name of names) await shelf.removeEntry(name);
  await write("earlier", new Uint8Array(64));
}}"""


def kept(reader):
    return reader.page.evaluate(KEPT)


@pytest.fixture
def second_visit(reader):
    """A reader who has been here before and whose browser has kept a picture; `open` opens the page again."""
    reader.go(f"?spark.executor.memory=8g&spark.executor.extraJavaOptions={SECRET}").settled()
    assert reader.sees(lambda: kept(reader), within=20), "no picture was kept"
    return reader


def only_from_the_picture(context):
    """Makes a start without the picture fail, and one from it take as long as it takes."""
    changes = {
        "booted(files, { _makeSnapshot: true })": 'Promise.reject(new Error("not from the picture"))',
        "const PICTURE_PATIENCE_MS = 10_000;": "const PICTURE_PATIENCE_MS = 600_000;",
    }
    rewrite(context, "**/worker.mjs", changes)


@pytest.mark.costly("Python starts once without a picture and three times from one, and answers a hundred requests")
def test_the_second_visit_starts_from_it_and_answers_the_same(second_visit):
    """One visit that leaves a picture; then each start has to be from it, until a failure has it thrown away."""
    it_holds_python_but_nothing_of_what_was_entered(second_visit)
    it_is_the_only_one_and_of_a_bearable_size(second_visit)
    only_from_the_picture(second_visit.page.context)
    again = Reader(second_visit.page.context.new_page(), second_visit.host)
    it_answers_the_same(again)
    for page in ("calculators/release-diff/", "explain/"):
        it_serves_the_page_of_another_calculator_too(again, page)
    after_a_failure_python_starts_without_it(second_visit)


def it_holds_python_but_nothing_of_what_was_entered(visit):
    assert visit.page.evaluate(HOLDS, "sparkmem.browser")
    assert not visit.page.evaluate(HOLDS, "swordfish")


def it_is_the_only_one_and_of_a_bearable_size(visit):
    [(build, size, _)] = kept(visit)
    assert any(f"/assets/py/{build}/" in address for address in visit.runtime_requests())
    assert 10e6 < size < 32e6


def it_answers_the_same(again):
    again.go("?spark.executor.memory=9g").settled().shows({HEAP: "9g"})
    chance = random.Random(5)
    requests = [{"calculator": "executor-memory", "inputs": random_inputs(chance)} for _ in range(100)]
    answers = again.page.evaluate(
        """async ([module, requests]) => {
          const { engine } = await import(module);
          return Promise.all(requests.map((request) => engine.ask("evaluate_json", request)));
        }""",
        [again.engine(), [json.dumps(request) for request in requests]],
    )
    assert [json.loads(answer) for answer in answers] == [evaluate(request) for request in requests]


def it_serves_the_page_of_another_calculator_too(again, page):
    again.go("?spark.executor.memory=9g", path=page).settled()
    assert again.calc.get_attribute("data-stage") == "ready", page
    assert "9g" in again.page.locator(".sm-command").inner_text(), page


def after_a_failure_python_starts_without_it(visit):
    visit.page.evaluate("async (module) => { (await import(module)).engine.fail('for a test'); }", visit.engine())
    visit.stage("failed")
    visit.retry.click()
    visit.stage("failed")
    assert kept(visit) == []


@pytest.mark.costly("Python starts four times without a picture that can be used, and once from a new one")
def test_a_damaged_one_is_thrown_away_and_that_of_an_earlier_build_goes(second_visit):
    """On one visit after the other; after each there is another one, and from the last of these Python starts."""
    [(build, *_)] = kept(second_visit)
    again = Reader(second_visit.page.context.new_page(), second_visit.host)
    for how in ("cut", "one bit", "noise"):
        second_visit.page.evaluate(REPLACE, how)
        damaged = kept(second_visit)
        again.go("?spark.executor.memory=9g").settled().shows({HEAP: "9g"})
        assert again.sees(lambda damaged=damaged: (now := kept(again)) and now != damaged, within=20), how
    only_from_the_picture(again.page.context)
    again.go("?spark.executor.memory=7g").settled().shows({HEAP: "7g"})
    again.page.context.unroute_all()
    second_visit.page.evaluate(EARLIER)
    again.go("?spark.executor.memory=9g").settled()
    assert again.sees(lambda: [name for name, *_ in kept(again)] == [build], within=20)


@pytest.mark.parametrize(
    "storage",
    [
        "Object.defineProperty(navigator, 'storage', { value: undefined });",
        "navigator.storage.getDirectory = () => Promise.reject(new Error('denied'));",
        "navigator.storage.getDirectory = () => new Promise(() => {});",
        "delete FileSystemFileHandle.prototype.move;",
    ],
)
def test_without_storage_python_starts_all_the_same(reader, storage):
    def serve(route):
        response = route.fetch()
        route.fulfill(response=response, body=storage + response.text())

    reader.page.context.route("**/worker.mjs", serve)
    reader.go("?spark.executor.memory=8g").settled().shows({HEAP: "8g"})
