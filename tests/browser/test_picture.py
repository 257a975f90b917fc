"""The picture of Python's memory that a browser keeps: faster, never different, and gone at the first doubt."""

import json
import random

import pytest
from reader import Reader, begins, rewrite
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
    const described = async (name) => {{
      const file = await (await shelf.getFileHandle(name)).getFile();
      const ends = [file.slice(0, 64), file.slice(-64)].map(async (end) => new Uint8Array(await end.arrayBuffer()));
      return [[name, file.size, String(await Promise.all(ends))]];
    }};
    const whole = names.filter((name) => name !== "unfinished");
    return (await Promise.all(whole.map((name) => described(name).catch(gone)))).flat();
  }};
  return look().catch(gone);
}}"""

HOLDS = f"""async (text) => {{{SHELF}
  return new TextDecoder("latin1").decode(await bytesOf(names[0])).includes(text);
}}"""

REPLACE = f"""async (how) => {{{SHELF}
  const bytes = await bytesOf(names[0]);
  if (how === "one bit") bytes[bytes.length >> 1] ^= 1;
  else for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 2654435761) >>> 13;
  return write(names[0], how === "one bit" ? bytes : bytes.subarray(0, 4 * (bytes.length >> 3)));
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


@pytest.mark.costly("Python starts three times without a picture that can be used, and twice from one")
def test_a_visit_leaves_a_picture_and_the_next_ones_start_from_it_or_throw_it_away(reader):
    """One visit after the other of the same browser; what each leaves is what the next one begins with."""
    reader.go(path="checked/")
    reader.page.evaluate(EARLIER)
    assert [name for name, *_ in kept(reader)] == ["earlier"]
    reader.go(f"?spark.executor.memory=8g&spark.executor.extraJavaOptions={SECRET}").settled()
    another = reader.sees(lambda: [name for name, *_ in kept(reader)] not in ([], ["earlier"]), within=20)
    assert another, "no picture was kept"
    it_holds_python_but_nothing_of_what_was_entered(reader)
    it_is_the_only_one_and_of_a_bearable_size(reader)
    again = Reader(reader.page.context.new_page(), reader.host)
    for how in ("one bit", "noise, and cut"):
        a_damaged_one_is_replaced(again, how)
    only_from_the_picture(reader.page.context)
    it_answers_the_same(again)
    it_serves_the_page_of_another_calculator_too(again, "explain/")
    after_a_failure_python_starts_without_it(reader)


def it_holds_python_but_nothing_of_what_was_entered(visit):
    assert visit.page.evaluate(HOLDS, "sparkmem.browser")
    assert not visit.page.evaluate(HOLDS, "swordfish")


def it_is_the_only_one_and_of_a_bearable_size(visit):
    """That of an earlier build has gone."""
    [(build, size, _)] = kept(visit)
    assert any(f"/assets/py/{build}/" in address for address in visit.runtime_requests())
    assert 10e6 < size < 32e6


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


WITHOUT_STORAGE = {
    "none, and then a denied one": """{
      let asked = 0;
      const denied = { getDirectory: () => Promise.reject(new Error("denied")) };
      Object.defineProperty(navigator, "storage", { get: () => (asked += 1) > 1 ? denied : undefined });
    }""",
    "one that says nothing, and then keeps no file under another name": """{
      let asked = 0;
      const { storage } = navigator;
      const real = () => storage.getDirectory();
      const silent = () => new Promise(() => {});
      Object.defineProperty(navigator, "storage", { value: { getDirectory: () => (asked += 1) > 1 ? real() : silent() } });
      delete FileSystemFileHandle.prototype.move;
    }""",
}
"""What a worker asks for on the way to its picture, and when it keeps one: a doubt at either of them is none for Python."""


def test_without_storage_python_starts_all_the_same(reader):
    """In one browser after the other, as far as its worker can tell; none of them leaves a picture to the next."""
    for storage, lines in WITHOUT_STORAGE.items():
        served = begins(reader.page.context, lines)
        reader.go("?spark.executor.memory=8g").settled().shows({HEAP: "8g"})
        assert served == [lines], storage
        reader.page.context.unroute_all(behavior="ignoreErrors")
        assert kept(reader) == [], storage
