"""Packages are fetched once, whoever asks for them."""

import threading
import time

import pytest

from tools.oracle import packages


@pytest.fixture
def fetches(monkeypatch, tmp_path):
    """What was fetched: nothing leaves this machine, and a package takes a moment to come."""
    seen = []

    def download(lock, into):
        seen.append(lock.stem)
        time.sleep(0.2)
        archive = into / "package.whl"
        archive.write_text("all of it")
        return archive

    monkeypatch.setattr(packages, "CACHE", tmp_path / "build")
    monkeypatch.setattr(packages, "LOCKS", tmp_path)
    monkeypatch.setattr(packages, "_download", download)
    monkeypatch.setattr(packages, "_unpack", lambda archive, folder: (folder / "content").write_text(archive.read_text()))
    (tmp_path / "spark.txt").write_text("one lock")
    return seen


def test_two_who_want_the_same_at_once_share_it(fetches):
    found = []
    asking = [
        threading.Thread(target=lambda: found.append((packages.unpacked("spark") / "content").read_text())) for _ in range(4)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found == ["all of it"] * 4
    assert fetches == ["spark"]


def test_another_lock_is_fetched_anew(fetches, tmp_path):
    packages.unpacked("spark")
    packages.unpacked("spark")
    assert fetches == ["spark"]
    (tmp_path / "spark.txt").write_text("another lock")
    packages.unpacked("spark")
    assert fetches == ["spark", "spark"]


def test_a_name_without_a_lock_says_which_there_are(fetches):
    with pytest.raises(SystemExit, match="no lock file for sprak; there are spark"):
        packages.unpacked("sprak")
