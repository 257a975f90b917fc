"""axe, asked in one place: by the rules that it runs by itself, and that a finger finds room."""

from playwright.sync_api import Page
from reader import ROOT

_AXE = ROOT / "node_modules/axe-core/axe.min.js"
_RUN = """async (within) => {
  const found = await axe.run(within ?? document, { rules: { "target-size": { enabled: true } } });
  return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}"""


def axe(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is now, or in what a selector names: rules, each with the first elements."""
    page.evaluate(_AXE.read_text())
    return [(rule, [html[:160] for html in elements[:3]]) for rule, elements in page.evaluate(_RUN, within)]
