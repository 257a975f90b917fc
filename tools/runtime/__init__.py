"""Python for the page: what a reader's browser loads to calculate.

    __main__.py    makes docs/assets/py/<hash>/ and its manifest
    compiled.py    the standard library and sparkmem as bytecode, kept until their sources change
    archive.py     zips and gzip streams with the same bytes each time
    folder.py      the published folder, its hash and manifest
    modules.py     which modules of the standard library the page needs: modules.txt
    order.py       in which order modules are loaded, each behind what it imports
    generated.py   bytecode of what dataclass and namedtuple compile when modules are imported
    pyodide.mjs    starts the page's Python under Node, for the three scripts that follow
    compile.mjs    runs pyodide-build's compiler inside Pyodide under Node
    exercise.mjs   runs calculations in a runtime under Node and lists what they imported
    exercise.py    the calculations of exercise.mjs
    generated.mjs  imports modules in a runtime under Node and lists what they compiled, with collecting.py
    shipped/       what of ours goes into the page's standard library, some of it in place of modules that are there

Bytecode belongs to one minor version of Python, and the page's is not the machine's: so the
compiler runs inside the very runtime that the page will use.
"""

from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PYODIDE = ROOT / "node_modules" / "pyodide"
CACHE = ROOT / "build" / "runtime"
PUBLISHED = ROOT / "docs" / "assets" / "py"
MODULES = HERE / "modules.txt"
SHIPPED = HERE / "shipped"
WORKER = ROOT / "docs" / "assets" / "calc" / "python" / "worker.mjs"
WORKER_PARTS = tuple(WORKER.with_suffix("") / f"{name}.mjs" for name in ("arriving", "picture"))
"""What is joined before it, in this order."""
