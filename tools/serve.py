"""python -m tools.serve: the site on loopback; when a source changes it is built again, and open pages reload.

`mkdocs serve` would build the whole site before it answers; this serves what is built already, and
lets `make` decide what a change means.
"""

import argparse
import errno
import subprocess
import sys
import threading
import time
from pathlib import Path

from tools.licences import BILL, PUBLISHED
from tools.server import Resource, SiteServer
from tools.styles import ASSETS, SHEET

ROOT = Path(__file__).parents[1]
WATCHED = ("mkdocs.yml", "docs", "macros", "content", "sparkmem", "tools", "requirements", "tests/oracle")
_GENERATED = tuple(str(path) for path in (ASSETS / "py", PUBLISHED, BILL, ASSETS / SHEET))
_RELOAD = """
let built;
setInterval(async () => {
  const now = await fetch("/__built").then((response) => response.text()).catch(() => built);
  if (built !== undefined && now !== built) location.reload();
  built = now;
}, 1000);
"""


class Preview(SiteServer):
    """The site, with a script in each page that reloads it after a build."""

    max_age_seconds = 0

    def __init__(self, site: Path, port: int) -> None:
        super().__init__(site, port)
        self.builds = 0

    def generated(self, path: str) -> Resource | None:
        """The script, and the number of builds that it asks for."""
        if path == "/__reload.mjs":
            return Resource("text/javascript", _RELOAD.encode())
        if path == "/__built":
            return Resource("text/plain", str(self.builds).encode())
        return None

    def page(self, html: bytes) -> bytes:
        """A page with the script at its end."""
        return html.replace(b"</body>", b'<script type="module" src="/__reload.mjs"></script></body>')

    def rebuild(self) -> None:
        """Build again and count it; a build that fails says why and leaves the last good one in place."""
        started = time.monotonic()
        if subprocess.run(["make", "--silent", "site"], cwd=ROOT).returncode == 0:
            self.builds += 1
            print(f"built in {time.monotonic() - started:.1f} s", flush=True)
        else:
            print("the site above is the last one that could be built", flush=True)


def newest_change() -> tuple[int, int]:
    """Date of the newest file or folder that the site is made from (ns), and how many there are."""
    dates = [
        entry.stat().st_mtime_ns
        for name in WATCHED
        for entry in [ROOT / name, *(ROOT / name).rglob("*")]
        if not str(entry).startswith(_GENERATED) and entry.exists()
    ]
    return max(dates), len(dates)


def watch(preview: Preview) -> None:
    """Look once a second for a change, for ever."""
    seen = newest_change()
    while True:
        time.sleep(1)
        now = newest_change()
        if now != seen:
            seen = now
            preview.rebuild()


def main() -> int:
    """0 after Ctrl+C, 1 if the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        preview = Preview(ROOT / "site", port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        print(f"port {port} is taken or not allowed: try make serve PORT={port + 1}", file=sys.stderr)
        return 1
    print(f"serving {preview.url} (Ctrl+C ends it; a changed file builds the site again)", flush=True)
    threading.Thread(target=watch, args=(preview,), daemon=True).start()
    try:
        preview.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
