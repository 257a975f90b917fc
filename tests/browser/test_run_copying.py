"""What of a run leaves its page: a digest in the address, copies, and no word of the log anywhere."""

import gzip
import json
import re

import pytest
from playwright.sync_api import expect
from running import SPILLS, file_of

# Everything that the browser may have kept for this site, as one text.
KEPT = """async () => {
  const stores = [{ ...localStorage }, { ...sessionStorage }, history.state];
  const found = [location.href, document.cookie, JSON.stringify(stores)];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      found.push(name, await new Promise((done) => { all.onsuccess = () => done(JSON.stringify(all.result)); }));
    }
    database.close();
  }
  return found.join("\\n");
}"""
# Where each of some words stands among all that the browser holds for this site: texts, and the bytes of whatever is kept.
FOUND_IN = """async (words) => {
  const found = {};
  const look = (where, text) => { for (const word of words) if (text.includes(word)) (found[word] ??= []).push(where); };
  const bytes = async (where, body) => look(where, new TextDecoder("latin1").decode(await body.arrayBuffer()));
  const inside = async (where, value) => {
    if (value instanceof Blob) await bytes(where, value);
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) await bytes(where, new Blob([value]));
    else if (value && typeof value === "object") for (const one of Object.values(value)) await inside(where, one);
    else look(where, String(value));
  };
  look("address", location.href + decodeURIComponent(location.href));
  look("cookie", document.cookie);
  look("history", JSON.stringify(history.state) ?? "");
  for (const [where, store] of Object.entries({ localStorage, sessionStorage })) look(where, JSON.stringify({ ...store }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      look("cache", name + request.url);
      await bytes("cache", await cache.match(request));
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      await inside("database", await new Promise((done) => { all.onsuccess = () => done(all.result); }));
    }
    database.close();
  }
  const files = async (folder) => {
    for await (const [name, one] of folder.entries()) {
      look("files", name);
      await (one.kind === "file" ? one.getFile().then((file) => bytes("files", file)) : files(one));
    }
  };
  await files(await navigator.storage.getDirectory());
  return found;
}"""


def test_a_log_is_shared_by_its_digest_and_copied_in_each_form(run):
    run.go().choose(SPILLS).answered()
    asked = run.page.evaluate(KEPT)
    assert re.search(r"\?run=[\w\-]+", asked)
    log = gzip.decompress(SPILLS.read_bytes()).decode()
    event = next(json.loads(line) for line in log.splitlines() if "ApplicationStart" in line[:60])
    assert not [word for word in (event["App ID"], event["App Name"], "127.0.0.1:7077", "somebody") if word in asked]
    address = run.page.url
    needed = run.page.locator("table", has_text="Execution memory").first.inner_text()
    size = re.search(r"([\d.,]+ MiB)", needed)[1]

    run.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = run.page.locator("[data-said]")
    formats = {"postmortem": "for a postmortem", "spark-submit": "spark-submit", "emr": "EMR's clusters run YARN"}
    for format, words in formats.items():
        run.page.locator("[data-format]").select_option(format)
        run.page.locator("[data-copy]").click()
        expect(said).to_contain_text(words)
    assert re.search(r"--executor-memory \d+m", run.page.evaluate("navigator.clipboard.readText()"))

    run.page.goto(address, wait_until="load")
    run.answered()
    expect(run.answer).to_contain_text(size)
    expect(run.answer).to_contain_text("the log itself is not in it")
    expect(run.page.locator(".sm-picture")).to_contain_text("The log has no figure of what was in it.")
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"/explain/\?.*against="))
    assert run.problems == []


def told_apart():
    """A log with a word of its own wherever a log has words."""
    said = {
        "SparkListenerApplicationStart": {"App Name": "marked-name", "App ID": "marked-id", "User": "marked-user",
                                          "Timestamp": 1},
        "SparkListenerEnvironmentUpdate": {"Spark Properties": {"spark.marked.key": "/marked/path"},
                                           "System Properties": {"marked.property": "marked-property"}},
        "SparkListenerExecutorAdded": {"Executor ID": "7", "Executor Info": {"Host": "marked-host", "Total Cores": 1}},
        "SparkListenerExecutorRemoved": {"Executor ID": "7", "Timestamp": 9, "Removed Reason": "marked-reason exit 137"},
        "SparkListenerStageSubmitted": {"Stage Info": {"Stage ID": 7, "Stage Name": "marked-stage"}},
        "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart": {"description": "select marked-query"},
    }  # fmt: skip
    lines = [json.dumps({"Event": name} | inside, separators=(",", ":")) for name, inside in said.items()]
    log = gzip.decompress(SPILLS.read_bytes()).decode() + "\n".join(lines)
    words = {*re.findall(r"marked[-.]\w+|/marked/path", "".join(lines)), "marked-file"}
    return file_of("marked-file", log.encode()), sorted(words)


@pytest.mark.fresh
@pytest.mark.costly("a profile of its own, and all bytes that the browser keeps for the site")
def test_no_word_of_a_log_is_kept_by_the_browser(run):
    log, words = told_apart()
    run.go().choose(log).answered()
    expect(run.answer).to_contain_text("marked-name")  # it was read
    run.page.wait_for_timeout(2500)  # the picture of Python's memory is kept a second after Python has started
    run.page.evaluate("document.cookie = 'planted=marked-cookie'; localStorage.planted = 'marked-text'")
    found = run.page.evaluate(FOUND_IN, [*words, "marked-cookie", "marked-text", "sparkmem"])
    assert (found.pop("marked-cookie"), found.pop("marked-text")) == (["cookie"], ["localStorage"])
    assert "files" in found.pop("sparkmem")  # Python's memory, as it was before the log
    assert found == {}
