"""python -m tools.chromium: make sure that there is a Chromium for the tests and the bench.

CHROMIUM names one; otherwise the usual names on PATH are tried.  Where there is none, root gets
Debian's packages; anybody else is told what to install.  The tests run in the headless shell where there is
one: the same engine without the browser's own windows, whose processes take half of a page's processor time.
"""

import os
import shutil
import subprocess
import sys

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need Chromium and found none: install it (on Debian and Ubuntu: sudo apt-get install chromium), "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)


def find() -> str:
    """Path of the browser, or "" where there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named) or ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def find_shell() -> str:
    """Path of the headless shell, or of the browser where there is none."""
    if os.environ.get("CHROMIUM"):
        return find()
    return next((path for name in SHELLS if (path := shutil.which(name))), find())


def install() -> None:
    """Install Debian's packages; only root can, and only where there is apt-get."""
    print("installing Debian's Chromium for the browser tests (once, some minutes)…", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
    if not find():
        subprocess.run(["apt-get", "install", "--yes", "-qq", "chromium"], check=True, **quiet)
    # Older releases of Debian have no package of the shell: then the tests run in the browser itself.
    subprocess.run(["apt-get", "install", "--yes", "-qq", SHELLS[0]], check=False, stderr=subprocess.DEVNULL, **quiet)


def main() -> int:
    """0 when there is a browser."""
    complete = find() and any(shutil.which(name) for name in SHELLS)
    if not complete and not os.environ.get("CHROMIUM") and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    if not find():
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
