"""python -m tools.chromium: make sure that there is a Chromium for the tests, and say which.

CHROMIUM names one; otherwise the usual names on PATH are tried.  Where there is none, root gets
Debian's package; anybody else is told what to install.
"""

import os
import shutil
import subprocess
import sys

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


def install() -> None:
    """Install Debian's package; only root can, and only where there is apt-get."""
    print("there is no Chromium for the browser tests: installing Debian's (once, some minutes)…", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    for arguments in (["update", "-qq"], ["install", "--yes", "-qq", "chromium"]):
        subprocess.run(["apt-get", *arguments], check=True, **quiet)


def main() -> int:
    """0 when there is a browser."""
    if not find() and not os.environ.get("CHROMIUM") and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    if not find():
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
