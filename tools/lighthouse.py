"""python -m tools.lighthouse [PAGE…]: scores of pages of the built site, as a phone and as a desktop.

Without pages: every page.  Exits with 1 where a score is below what the design asks for, after
naming the audits that cost points.  The reports are kept in build/lighthouse.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tools import chromium
from tools.node import NODE, environment
from tools.server import SiteServer, built_for

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "build" / "lighthouse"
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
DEVICES = {"phone": [], "desktop": ["--preset=desktop"]}
CHROME_FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"


def pages_of(site: Path) -> list[str]:
    """Paths of all pages of a site, as its sitemap lists them, without the leading slash.

    404.html is not among them: it is a page that is not to be found, which Lighthouse takes amiss.
    """
    base = built_for(site)
    listed = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text())
    return [address.removeprefix(base) for address in listed]


def report(url: str, device: str) -> dict[str, object]:
    """Lighthouse's report on one page, as it gives it."""
    kept = REPORTS / f"{device}-{urlsplit(url).path.strip('/').replace('/', '-') or 'home'}.json"
    command = [NODE, ROOT / "node_modules/lighthouse/cli/index.js", url, *DEVICES[device]]
    output = ["--output=json", f"--output-path={kept}", "--quiet", f"--chrome-flags={CHROME_FLAGS}"]
    categories = f"--only-categories={','.join(LEAST)}"
    subprocess.run(
        [*command, *output, categories], check=True, env={**environment(), "CHROME_PATH": chromium.find()}
    )
    return dict(json.loads(kept.read_text()))


def scores(found: dict) -> dict[str, int]:
    """The score of each category, 0 to 100."""
    return {name: round(100 * found["categories"][name]["score"]) for name in LEAST}


def lost(found: dict) -> list[str]:
    """The audits that a category counts and that did not reach 90 %, each with what it found."""
    refs = [ref for name in LEAST for ref in found["categories"][name]["auditRefs"] if ref["weight"]]
    audits = {ref["id"]: found["audits"][ref["id"]] for ref in refs}
    return [
        f"{name}: {audit['title']} {audit.get('displayValue', '')} {_nodes(audit)}".strip()
        for name, audit in audits.items()
        if audit["score"] is not None and audit["score"] < 0.9
    ]


def _nodes(audit: dict) -> str:
    items = audit.get("details", {}).get("items", [])
    return "; ".join(item["node"]["selector"] for item in items[:5] if isinstance(item, dict) and "node" in item)


def main(pages: list[str]) -> int:
    """0 when every score is what the design asks for."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    server = SiteServer(ROOT / "site")
    server.start()
    below = False
    print(f"{'page':40} {'device':8} " + " ".join(f"{name:>14}" for name in LEAST))
    for page in pages or pages_of(ROOT / "site"):
        for device in DEVICES:
            found = report(server.url + page, device)
            reached = scores(found)
            print(f"{page or '(home)':40} {device:8} " + " ".join(f"{reached[name]:14}" for name in LEAST), flush=True)
            if any(reached[name] < least for name, least in LEAST.items()):
                below = True
                print("".join(f"    {line}\n" for line in lost(found)), end="")
    server.shutdown()
    return int(below)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
