"""Somebody with an event log, who chooses it, lets it fall on the page or pastes it."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from reader import PATIENCE_MS

from tools.bench.host import Host

LOGS = Path(__file__).parents[1] / "eventlogs"
SPILLS, FULL, EXAMPLE = (
    LOGS / f"{name}.gz" for name in ("sort-spills-3.5.9", "executor-out-of-memory-4.3.0", "cache-of-large-records-3.5.9")
)
# Something is let fall on the page, as a hand does it: files that stand in the base64 of their bytes, or a text.
CARRY = """async ([how, files, text]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
  }
  if (text) carried.setData("text/plain", text);
  const about = { bubbles: true, cancelable: true, [how === "paste" ? "clipboardData" : "dataTransfer"]: carried };
  const event = how === "paste" ? new ClipboardEvent("paste", about) : new DragEvent(how, about);
  return !document.querySelector("[data-drop]").dispatchEvent(event);
}"""

PAGE = "read-a-run/"


def file_of(name: str, content: bytes) -> dict[str, Any]:
    """A file as it is chosen."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def long_log(path: Path, size: int) -> Path:
    """A log of some megabytes, written there."""
    lines = gzip.decompress(SPILLS.read_bytes()).splitlines(keepends=True)
    task = next(line for line in lines if b"TaskEnd" in line[:40])
    path.write_bytes(b"".join(lines) + task * (size // len(task)))
    return path


class RunReader:
    """Somebody in front of the page that reads a run."""

    def __init__(self, page: Page, host: Host) -> None:
        self.page, self.host = page, host
        page.set_default_timeout(PATIENCE_MS)
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        self.element = page.locator("spark-run")
        self.answer, self.status = page.locator("[data-answer]"), page.locator("[data-status]")

    def leave(self) -> None:
        """Leaves nothing behind."""

    def go(self, query: str = "") -> RunReader:
        self.page.goto(f"{self.host.url}{PAGE}{query}", wait_until="load")
        return self

    def choose(self, *files: Path | dict[str, Any]) -> RunReader:
        given: list[Any] = [file_of(one.name, one.read_bytes()) if isinstance(one, Path) else one for one in files]
        self.page.locator("[data-files]").set_input_files(given)
        return self

    def carry(self, how: str, *files: Path, text: str = "") -> bool:
        """Whether the page has taken it."""
        given = [(file.name, base64.b64encode(file.read_bytes()).decode()) for file in files]
        return bool(self.page.evaluate(CARRY, [how, given, text]))

    def answered(self) -> RunReader:
        self.page.locator("spark-run[data-answered]").first.wait_for()
        return self

    def refused(self, words: str) -> RunReader:
        self.page.locator("spark-run[data-refused]").first.wait_for()
        expect(self.status).to_contain_text(words)
        box = self.status.bounding_box()
        assert box
        assert box["height"] > 10, "it is to be seen, not only to be heard"
        return self

    @property
    def first(self) -> str | None:
        return self.page.locator("[data-finding]").first.get_attribute("data-finding")

    @property
    def headline(self) -> Locator:
        return self.page.locator("[data-answer] > .sm-headline")
