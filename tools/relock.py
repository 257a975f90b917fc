"""python -m tools.relock: make the lock files again from requirements/*.in and package.json.

uv does the resolving and is fetched into build/ for it: nothing else needs it.
"""

import json
import subprocess
import sys
from pathlib import Path

from tools.node import NPM, run_node

ROOT = Path(__file__).parents[1]
# Each lock with the oldest Python that it has to serve; bytecode.txt is for the page's own.
LOCKS = {"site": "3.11", "test": "3.11", "browsers": "3.11", "mutants": "3.11", "bytecode": "3.14"}
QUIET = ("--quiet", "--no-header", "--no-emit-index-url", "--no-emit-find-links")


def relock_python() -> None:
    """requirements/*.txt, for every platform and each Python from the oldest on."""
    uv = ROOT / "build" / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "venv", uv], check=True)
        subprocess.run([uv / "bin" / "pip", "install", "-qq", "uv"], check=True)
    for name, oldest in LOCKS.items():
        options = ["--universal", "--generate-hashes", f"--python-version={oldest}", *QUIET]
        if name == "bytecode":
            options.append("--no-deps")  # only the compiler runs, not the commands around it
        command = [uv / "bin" / "uv", "pip", "compile", *options, f"{name}.in", "--output-file", f"{name}.txt"]
        subprocess.run(command, check=True, cwd=ROOT / "requirements")


def relock_npm() -> None:
    """package-lock.json, without addresses: .npmrc keeps those of files out, this those of sponsors."""
    run_node(NPM, "install", "--package-lock-only", "--loglevel", "error")
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    relock_python()
    relock_npm()
