"""python -m tools.runtime: make the runtime's folder; with `modules`, make modules.txt again first."""

import json
import sys
from functools import cache

from sparkmem.calculators import CALCULATORS
from sparkmem.diagnosis.families import packed, written
from tools.runtime import PUBLISHED, ROOT
from tools.runtime.archive import gzipped, stored_zip
from tools.runtime.compiled import compiled_package, toolbox_folder
from tools.runtime.folder import core_files, core_wire_bytes, manifest, publish, worker_file
from tools.runtime.generated import NAME, archived, found_in
from tools.runtime.modules import library, trimmed_stdlib, write_modules
from tools.runtime.order import ORDER, leaves_first
from tools.runtime.reachable import DIAGNOSE, FINDINGS, READS_FINDINGS, RUN, WATCH, module_name, reachable, reachable_from


def runtime_files() -> dict[str, bytes]:
    """Everything that the folder holds, by name."""
    loaded = {
        **core_files(),
        "stdlib.zip.gz": trimmed_stdlib(),
        **{name: gzipped(stored_zip(files)) for name, files in packages().items()},
    }
    return loaded | worker_file(loaded)


def packages() -> dict[str, dict[str, bytes]]:
    """The compiled modules of sparkmem that the pages can come to: all, and for each page those of its first answer."""
    compiled = compiled_package(ROOT / "sparkmem")
    wanted = {"sparkmem.zip.gz": reachable(ROOT)}
    wanted |= {f"sparkmem-{part}.zip.gz": reachable_from(ROOT, part) for part in (*CALCULATORS, WATCH, DIAGNOSE, RUN)}
    everything = _archive(compiled, wanted["sparkmem.zip.gz"])
    found = found_in(library(), _modules(wanted["sparkmem.zip.gz"]), everything, toolbox_folder())
    made = {name: {**_archive(compiled, paths), NAME: archived(found, _modules(paths))} for name, paths in wanted.items()}
    made["sparkmem.zip.gz"][ORDER] = json.dumps(leaves_first(ROOT, wanted["sparkmem.zip.gz"])).encode()
    return made


def _archive(compiled: dict[str, bytes], sources: set[str]) -> dict[str, bytes]:
    findings = {FINDINGS: _findings()} if READS_FINDINGS in sources else {}
    return {path: compiled[path] for path in sorted(source.replace(".py", ".pyc") for source in sources)} | findings


@cache  # several parts have them
def _findings() -> bytes:
    return packed(written())


def _modules(sources: set[str]) -> list[str]:
    return [module_name(source) for source in sources if source.endswith(".py")]


def main(arguments: list[str]) -> int:
    """0 when the folder is in place."""
    if arguments == ["modules"]:
        write_modules(_archive(compiled_package(ROOT / "sparkmem"), reachable(ROOT)))
    elif arguments:
        print(__doc__, file=sys.stderr)
        return 2
    files = runtime_files()
    made = manifest(files, core_wire_bytes(toolbox_folder() / "core.json"))
    folder = publish(files, made, PUBLISHED)
    print(f"runtime of the page: {folder.relative_to(ROOT)}, {sum(map(len, files.values())) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
