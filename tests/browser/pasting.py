"""A paste as browsers make it, for texts that the keyboard would take minutes for."""

from playwright.sync_api import Locator

_PASTE = """(box, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  box.focus();
  box.select();
  return !box.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}"""


def paste_long(box: Locator, text: str) -> bool:
    """Over all that the box holds; whether the page took it, so that the browser has nothing to lay out."""
    return bool(box.evaluate(_PASTE, text))
