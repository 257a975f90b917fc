"""The page to compare with: Pyodide as its quickstart uses it, self-hosted, with the same package.

`loadPyodide()` on the main thread, `loadPackage("micropip")`, micropip installs the wheel, one call.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHEEL = "sparkmem-0.0.0-py3-none-any.whl"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Plain Pyodide</title>
<link rel="canonical" href="http://127.0.0.1/">
<link rel="icon" href="data:,">
<div id="answer"></div>
<script type="module">
  import { loadPyodide } from "./pyodide.mjs";
  const pyodide = await loadPyodide();
  await pyodide.loadPackage("micropip");
  await pyodide.pyimport("micropip").install(new URL("WHEEL", location.href).href);
  const inputs = Object.fromEntries(new URLSearchParams(location.search));
  const reply = pyodide.pyimport("sparkmem.browser").answer(JSON.stringify({ calculator: "executor-memory", inputs }));
  const answer = document.getElementById("answer");
  answer.innerHTML = JSON.parse(reply).html;
  answer.dataset.answerFor = "inputs";
</script>
"""


def make(folder: Path) -> Path:
    """The folder, with everything the plain page needs."""
    folder.mkdir(parents=True, exist_ok=True)
    pyodide = ROOT / "node_modules" / "pyodide"
    for name in RUNTIME:
        shutil.copy(pyodide / name, folder)
    micropip = _micropip(folder)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    # The index's wheel is another build of the same version, so its digest is another one too.
    lock["packages"]["micropip"] |= {"file_name": micropip.name, "sha256": _digest(micropip)}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))
    _wheel(folder / WHEEL)
    (folder / "index.html").write_text(PAGE.replace("WHEEL", WHEEL))
    return folder


def _micropip(folder: Path) -> Path:
    if not list(folder.glob("micropip-*.whl")):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-qq",
                "--no-deps",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--python-version",
                "3.14",
                "--dest",
                folder,
                "--requirement",
                Path(__file__).with_name("micropip.txt"),
            ],
            check=True,
        )
    return next(folder.glob("micropip-*.whl"))


def _wheel(path: Path) -> None:
    """The package as source: a wheel is a zip with three files beside it."""
    info = f"{'-'.join(WHEEL.split('-')[:2])}.dist-info"
    files = {str(file.relative_to(ROOT)): file.read_bytes() for file in sorted((ROOT / "sparkmem").rglob("*.py"))}
    files[f"{info}/METADATA"] = b"Metadata-Version: 2.1\nName: sparkmem\nVersion: 0.0.0\n"
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"]).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            wheel.writestr(name, data)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
