"""python -m tools.faults [--tree DIR] [ID ...]: put each seeded fault into a copy of a tree and see which test notices."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.faults import ROOT
from tools.faults.compare import compared
from tools.faults.copy import Copy, NotMade
from tools.faults.fault import MAKES, Fault, ListError, faults
from tools.faults.notice import NOT_AT_AN_END, WIDE, existing, run_tests
from tools.kept import keep

_THE_BUILD = "make site"


def main() -> int:
    """Run the list, or compare two runs; 1 where a fault was not noticed or two runs do not agree."""
    options = _options()
    if options.compare:
        old, new = (json.loads(Path(path).read_text()) for path in options.compare)
        table, differ = compared(old, new)
        print(table)
        return int(bool(differ))
    chosen = [fault for fault in faults() if not options.ids or options.ids & {fault.id, fault.family, fault.makes}]
    if options.list:
        for fault in chosen:
            print(f"{fault.id:36} {fault.family:14} {fault.loss}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leaves neither a copy nor tests behind
    tree = Path(options.tree).resolve()
    results = Path(options.results or tree / "build/faults/results.json")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        return _Session(tree, results, Path(folder), options).run(chosen)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    named = "faults, families of them, or what is made again after them; all where none is named"
    parser.add_argument("ids", nargs="*", metavar="ID", help=named)
    parser.add_argument("--tree", default=str(ROOT), help="a checkout whose site is built, by default this one")
    parser.add_argument("--results", help="where the results are kept, by default build/faults/results.json of the tree")
    parser.add_argument("--again", action="store_true", help="run those too that have a result")
    parser.add_argument("--wide", action="store_true", help="run all tests where those that should notice do not")
    parser.add_argument("--seconds", type=int, default=240, help="after which the tests of a fault are ended")
    parser.add_argument("--patience", type=int, default=30, help="seconds that a browser's test waits")
    parser.add_argument("--list", action="store_true", help="say what there is, and run nothing")
    parser.add_argument("--compare", nargs=2, metavar=("OLD", "NEW"), help="two results side by side")
    options = parser.parse_args()
    options.ids = set(options.ids)
    return options


class _Session:
    def __init__(self, tree: Path, results: Path, folder: Path, options: argparse.Namespace) -> None:
        self.tree, self.results, self.options = tree, results, options
        self.folder = folder
        self.record: dict[str, Any] = {"commit": "", "faults": {}}
        if results.is_file():
            self.record = json.loads(results.read_text())
        said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=tree, capture_output=True, text=True)
        self.record["commit"] = said.stdout.strip()

    def run(self, chosen: list[Fault]) -> int:
        done = self.record["faults"]
        kept = {f.id for f in chosen if not self.options.again and done.get(f.id, {}).get("digest") == f.digest}
        waiting = sorted((fault for fault in chosen if fault.id not in kept), key=lambda fault: MAKES.index(fault.makes))
        print(f"{len(chosen)} faults, {len(kept)} with a result", flush=True)
        copy = Copy(self.tree, self.folder, self.options.patience)
        for fault in waiting:
            began = time.monotonic()
            result = self._one(copy, fault)
            done[fault.id] = {"digest": fault.digest, **result, "seconds": round(time.monotonic() - began, 1)}
            self._keep()
            said = f"caught  by {result['by']}" if result["caught"] else f"NOT NOTICED {result.get('error', '')}"
            print(f"{fault.id:36} {done[fault.id]['seconds']:6.1f} s  {said}", flush=True)
        self._prove(copy, chosen)
        missed = [fault.id for fault in chosen if not (done[fault.id]["caught"] and done[fault.id].get("sound", True))]
        print(f"{len(chosen) - len(missed)} of {len(chosen)} caught; not: {', '.join(missed) or 'none'}")
        return int(bool(missed))

    def _one(self, copy: Copy, fault: Fault) -> dict[str, Any]:
        paths = existing(copy.root, fault.noticed)
        if not paths and not self.options.wide:
            return {"caught": False, "error": f"none of {' '.join(fault.noticed)} is there"}
        try:
            with copy.faulty(fault):
                if paths:
                    found = run_tests(copy.root, paths, fault.word, seconds=self.options.seconds)
                    if found.failed:
                        return {"caught": True, "by": found.failed[0]}
                    if not found.passed:
                        return {"caught": False, "error": f"pytest ended with {found.code}: {found.said[-300:]}"}
                if self.options.wide:
                    found = run_tests(copy.root, existing(copy.root, WIDE), seconds=7200)
                    if found.failed:
                        return {"caught": True, "by": found.failed[0], "wide": True}
        except NotMade as stopped:
            return {"caught": True, "by": _THE_BUILD, "said": str(stopped)}
        except ListError as wrong:
            return {"caught": False, "error": f"the list: {wrong}"}
        return {"caught": False}

    def _prove(self, copy: Copy, chosen: list[Fault]) -> None:
        """Tests that fail without a fault have noticed none: those that did are run on the copy as it was."""
        entries = {fault.id: self.record["faults"][fault.id] for fault in chosen}
        open_ends = {id: one for id, one in entries.items() if one["caught"] and "sound" not in one}
        tests = sorted({one["by"] for one in open_ends.values()} - {_THE_BUILD, NOT_AT_AN_END})
        failed: tuple[str, ...] = ()
        if tests:
            found = run_tests(copy.root, tests, seconds=3600, first=False)
            if not found.failed and not found.passed:
                print(f"the tests that noticed could not be run without the faults: {found.said[-300:]}")
                return
            failed = found.failed
        for fault in chosen:
            if fault.id in open_ends:
                entry = open_ends[fault.id]
                entry["sound"] = entry["by"] not in failed
                if entry["by"] == NOT_AT_AN_END:
                    paths = existing(copy.root, fault.noticed)
                    entry["sound"] = run_tests(copy.root, paths, fault.word, seconds=self.options.seconds).passed
        self._keep()

    def _keep(self) -> None:
        keep(self.record, self.results)


if __name__ == "__main__":
    sys.exit(main())
