"""Fetched packages, unpacked in build/oracle/: what a lock file names is what is there.

python -m tools.oracle.packages NAME…: fetch these now, so that no test has to wait for them.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

LOCKS = Path(__file__).parent / "locks"
BUILD_CONSTRAINTS = Path(__file__).parent / "build-constraints.txt"
CACHE = Path(__file__).parents[2] / "build" / "oracle"


def unpacked(name: str) -> Path:
    """The folder with the content of the package of locks/NAME.txt, fetched if it is not there yet.

    A wheel is unpacked whole; of a source archive of pyspark only the jars are kept.
    The folder holds a copy of the lock, and is made again when the lock has changed.
    """
    return _fetched(name, CACHE / name, _unpack)


def spark_home(release: str) -> Path:
    """The folder that SPARK_HOME names for a release: its bin/, its jars/ and, in python/, the package pyspark."""
    name = f"spark-{release}"
    return _fetched(name, CACHE / f"home-{release}", _unpack_home)


def _fetched(name: str, folder: Path, unpack: Callable[[Path, Path], None]) -> Path:
    lock = LOCKS / f"{name}.txt"
    if not lock.exists():
        known = ", ".join(sorted(path.stem for path in LOCKS.glob("*.txt")))
        raise SystemExit(f"oracle: no lock file for {name}; there are {known}")
    if not _is_there(lock, folder):
        CACHE.mkdir(parents=True, exist_ok=True)
        with (CACHE / f"{folder.name}.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # until it is closed: tests run side by side, and two may want the same
            if not _is_there(lock, folder):
                _make(lock, folder, unpack)
    return folder


def _is_there(lock: Path, folder: Path) -> bool:
    stamp = folder / "lock.txt"
    return stamp.exists() and stamp.read_text() == lock.read_text()


def _make(lock: Path, folder: Path, unpack: Callable[[Path, Path], None]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as downloads:
        unpack(_download(lock, Path(downloads)), folder)
    (folder / "lock.txt").write_text(lock.read_text())


def _download(lock: Path, into: Path) -> Path:
    """The one file that pip fetches for a lock, its hash checked by pip."""
    print(f"oracle: fetching {lock.read_text().split()[0]}", file=sys.stderr)
    constraints = BUILD_CONSTRAINTS.as_uri()
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--no-deps", "--require-hashes", "--requirement", str(lock), "--dest", str(into)],
        env={**os.environ, "PIP_CONSTRAINT": constraints, "PIP_BUILD_CONSTRAINT": constraints},
        check=True,
    )
    (archive,) = into.iterdir()
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        _unpack_wheel(archive, folder)
    else:
        _unpack_jars(archive, folder)


def _unpack_wheel(archive: Path, folder: Path) -> None:
    """Everything, with the permission to execute that zipfile would drop."""
    with zipfile.ZipFile(archive) as wheel:
        for member in wheel.infolist():
            path = wheel.extract(member, folder)
            mode = member.external_attr >> 16
            if mode & 0o111 and not member.is_dir():
                os.chmod(path, 0o755)


def _unpack_jars(archive: Path, folder: Path) -> None:
    """The files *.jar of the folder deps/jars, without the folders below it."""
    with tarfile.open(archive) as source:
        for member in source:
            path = Path(member.name)
            if path.suffix == ".jar" and path.parts[1:-1] == ("deps", "jars"):
                content = source.extractfile(member)
                assert content is not None, f"{member.name} is not a file"
                with open(folder / path.name, "wb") as target:
                    shutil.copyfileobj(content, target)


def _unpack_home(archive: Path, folder: Path) -> None:
    """The folders deps/bin, deps/jars and pyspark of a source archive, where Spark looks for them."""
    with tarfile.open(archive) as source:
        for member in source:
            parts = Path(member.name).parts[1:]
            if parts[:2] in (("deps", "bin"), ("deps", "jars")):
                target = folder.joinpath(*parts[1:])
            elif parts[:1] == ("pyspark",):
                target = folder.joinpath("python", *parts)
            else:
                continue
            content = source.extractfile(member) if member.isfile() else None
            if content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                with open(target, "wb") as file:
                    shutil.copyfileobj(content, file)
                os.chmod(target, member.mode | 0o600)


def python_sources(name: str, wanted: list[str]) -> dict[str, str]:
    """The texts of files in a source archive of pyspark, by their paths in it; kept in build/oracle/."""
    folder = CACHE / f"python-{name}"
    if not all((folder / path).exists() for path in wanted):
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as downloads:
            _unpack_files(_download(LOCKS / f"{name}.txt", Path(downloads)), wanted, folder)
    return {path: (folder / path).read_text() for path in wanted}


def _unpack_files(archive: Path, wanted: list[str], folder: Path) -> None:
    with tarfile.open(archive) as source:
        for member in source:
            path = member.name.partition("/")[2]
            content = source.extractfile(member) if path in wanted else None
            if content is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content.read())


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        unpacked(wanted)
