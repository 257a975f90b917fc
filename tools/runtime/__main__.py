"""python -m tools.runtime: make the runtime's folder; with `modules`, make modules.txt again first."""

import sys

from tools.runtime import PUBLISHED, ROOT
from tools.runtime.archive import gzipped, stored_zip
from tools.runtime.compiled import compiled_package, toolbox_folder
from tools.runtime.folder import core_files, core_wire_bytes, manifest, publish, worker_file
from tools.runtime.modules import trimmed_stdlib, write_modules
from tools.runtime.reachable import reachable


def runtime_files() -> dict[str, bytes]:
    """Everything that the folder holds, by name."""
    return {
        **core_files(),
        **worker_file(),
        "stdlib.zip.gz": trimmed_stdlib(),
        "sparkmem.zip.gz": gzipped(stored_zip(page_package())),
    }


def page_package() -> dict[str, bytes]:
    """The modules of sparkmem that the page can come to, compiled."""
    wanted = {path.replace(".py", ".pyc") for path in reachable(ROOT)}
    return {path: data for path, data in compiled_package(ROOT / "sparkmem").items() if path in wanted}


def main(arguments: list[str]) -> int:
    """0 when the folder is in place."""
    if arguments == ["modules"]:
        write_modules()
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
