"""An event log is read piece by piece: into the same buffers, as long as it is the same, until it is cancelled."""

from playwright.sync_api import expect
from running import FULL, long_log

# The second piece of a file comes when it is let go: no log has to be so long that a reader is faster than Python.
HOLD = """() => {
  const own = ReadableStreamBYOBReader.prototype.read;
  const held = new Promise((go) => { globalThis.letGo = go; });
  let asked = 0;
  ReadableStreamBYOBReader.prototype.read = async function (view) {
    if (view.byteOffset === 0 && ++asked === 2) await held;
    return own.call(this, view);
  };
}"""
# How many large buffers the page makes, or is given by the browser, while it reads.
BUFFERS = """() => {
  globalThis.buffers = 0;
  const own = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () { buffers += 1; return own.call(this); };
  globalThis.ArrayBuffer = class extends ArrayBuffer {
    constructor(bytes) { super(bytes); buffers += 1; }
  };
}"""
NO_BUFFER_OF_OURS = """() => {
  const own = Blob.prototype.stream;
  Blob.prototype.stream = function () { return own.call(this).pipeThrough(new TransformStream()); };
}"""


def test_a_log_is_read_into_the_same_few_buffers_again_and_again(run, tmp_path):
    run.go().page.evaluate(BUFFERS)
    run.page.locator("[data-files]").set_input_files(long_log(tmp_path / "large", 12_000_000))
    run.answered()
    assert run.first == "execution-short"
    assert 1 <= run.page.evaluate("buffers") <= 4  # with Python, waiting there, coming from the disk, and what is at the end


def test_where_a_browser_fills_no_buffer_of_ours_a_log_is_read_all_the_same(run, tmp_path):
    run.go().page.evaluate(NO_BUFFER_OF_OURS)
    run.page.locator("[data-files]").set_input_files(long_log(tmp_path / "large", 2_500_000))
    run.answered()
    assert run.first == "execution-short"


CHANGES = {
    "emptied": lambda whole: b"",
    "shorter": lambda whole: whole[: len(whole) // 2],
    "written again": lambda whole: whole,
    "longer": lambda whole: whole + b" " * 1_000_000,
}


def test_a_file_that_changes_while_it_is_read_is_refused_with_its_name(run, tmp_path):
    run.go()
    figures = run.page.locator("[data-figures]")
    for number, (how, changed) in enumerate(CHANGES.items()):
        large = long_log(tmp_path / f"large-{number}", 12_000_000)
        run.page.evaluate(HOLD)
        run.page.locator("[data-files]").set_input_files(large)
        expect(figures, how).to_be_visible()
        expect(figures, how).to_contain_text("1.0 of ")
        large.write_bytes(changed(large.read_bytes()))
        run.page.evaluate("letGo()")
        run.refused(f"large-{number} could not be read: it was moved or changed")
        expect(figures, how).to_be_hidden()


def test_a_log_can_be_cancelled_between_its_pieces_and_says_how_far_it_is(run, tmp_path):
    run.go().page.evaluate(HOLD)
    run.choose(long_log(tmp_path / "large", 1_500_000))
    expect(run.page.locator("[data-figures]")).to_contain_text("1.0 of ")
    expect(run.page.locator("[data-figures]")).to_contain_text("MB a second")
    expect(run.status).to_have_text("Reading large.")
    run.page.locator("[data-cancel]").click()
    run.page.evaluate("letGo()")
    expect(run.status).to_contain_text("Cancelled")
    assert run.answer.inner_text() == ""
    assert "run=" not in run.page.url
    run.choose(FULL).answered()
    assert run.first == "heap-full"
