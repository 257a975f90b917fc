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
  await write("earlier", new Uint8Array(64));
}}"""


def kept(reader):
    return reader.page.evaluate(KEPT)


def only_from_the_picture(context):
    """Makes a start without the picture fail, and one from it take as long as it takes."""
    changes = {
        "booted(files, { _makeSnapshot: true })": 'Promise.reject(new Error("not from the picture"))',
        "const PICTURE_PATIENCE_MS = 10_000;": "const PICTURE_PATIENCE_MS = 600_000;",
    }
    rewrite(context, "**/worker.mjs", changes)


@pytest.mark.costly("Python starts four times without a picture that can be used, and twice from one")
def test_a_visit_leaves_a_picture_and_the_next_ones_start_from_it_or_throw_it_away(reader):
    """One visit after the other of the same browser; what each leaves is what the next one begins with."""
    reader.go(f"?spark.executor.memory=8g&spark.executor.extraJavaOptions={SECRET}").settled()
    assert reader.sees(lambda: kept(reader), within=20), "no picture was kept"
    it_holds_python_but_nothing_of_what_was_entered(reader)
    build = it_is_the_only_one_and_of_a_bearable_size(reader)
    again = Reader(reader.page.context.new_page(), reader.host)
    for how in ("cut", "one bit", "noise"):
        a_damaged_one_is_replaced(again, how)
    only_from_the_picture(reader.page.context)
    it_answers_the_same(again)
    it_serves_the_page_of_another_calculator_too(again, "explain/")
    after_a_failure_python_starts_without_it(reader)
    that_of_an_earlier_build_goes(again, build)


def it_holds_python_but_nothing_of_what_was_entered(visit):
    assert visit.page.evaluate(HOLDS, "sparkmem.browser")
    assert not visit.page.evaluate(HOLDS, "swordfish")


def it_is_the_only_one_and_of_a_bearable_size(visit):
    [(build, size, _)] = kept(visit)
    assert any(f"/assets/py/{build}/" in address for address in visit.runtime_requests())
    assert 10e6 < size < 32e6
    return build


def a_damaged_one_is_replaced(again, how):
    again.go(path="checked/")
    again.page.evaluate(REPLACE, how)
    damaged = kept(again)
    again.go("?spark.executor.memory=9g").settled().shows({HEAP: "9g"})
    assert again.sees(lambda: (now := kept(again)) and now != damaged, within=20), how


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


def that_of_an_earlier_build_goes(again, build):
    again.page.context.unroute_all()
    again.page.evaluate(EARLIER)
    assert [name for name, *_ in kept(again)] == ["earlier"]
    again.go("?spark.executor.memory=7g").settled().shows({HEAP: "7g"})
    assert again.sees(lambda: [name for name, *_ in kept(again)] == [build], within=20)


WITHOUT_STORAGE = (
    "Object.defineProperty(navigator, 'storage', { value: undefined });",
    "navigator.storage.getDirectory = () => Promise.reject(new Error('denied'));",
    "navigator.storage.getDirectory = () => new Promise(() => {});",
    "delete FileSystemFileHandle.prototype.move;",
)


def begins(context, line):
    """Has the worker begin with a line; how often it has."""
    served = []

    def serve(route):
        response = route.fetch()
        served.append(line)
        unkept = {**response.headers, "cache-control": "no-store"}
        route.fulfill(response=response, body=line + response.text(), headers=unkept)

    context.route("**/worker.mjs", serve)
    return served


@pytest.mark.costly("Python starts four times")
def test_without_storage_python_starts_all_the_same(reader):
    """In one browser after the other, as far as its worker can tell; none of them leaves a picture to the next."""
    for line in WITHOUT_STORAGE:
        served = begins(reader.page.context, line)
        reader.go("?spark.executor.memory=8g").settled().shows({HEAP: "8g"})
        assert served == [line]
        reader.page.context.unroute_all()
        assert kept(reader) == [], line
