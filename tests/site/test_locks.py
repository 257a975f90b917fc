"""The lock files carry hashes and no addresses, so that everybody's own registry settings apply."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_have_hashes_and_no_addresses(lock):
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE), "options such as --index-url belong to the machine"
    for block in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip()):
        assert re.match(r"[a-z0-9.-]+==\S+( ; .+)? \\\n", block), block
        assert "--hash=sha256:" in block, block


def test_npm_lock_has_hashes_and_no_addresses():
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text
    lock = json.loads(text)
    assert lock["lockfileVersion"] == 3
    for path, package in lock["packages"].items():
        if path:
            assert package["integrity"].startswith("sha512-"), path
            assert "resolved" not in package, path


def test_npm_lock_is_of_this_package_json():
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert wanted[kind] == locked[kind]
        assert all(re.fullmatch(r"[0-9]+(\.[0-9]+)*", version) for version in wanted[kind].values()), "pin exactly"


@pytest.mark.parametrize("lock", REQUIREMENTS, ids=lambda path: path.name)
def test_each_wanted_package_is_locked(lock):
    wanted = re.findall(r"^([a-z][\w.-]*)", lock.with_suffix(".in").read_text(), re.MULTILINE)
    locked = re.findall(r"^([a-z][\w.-]*)==", lock.read_text(), re.MULTILINE)
    assert set(wanted) <= set(locked)
