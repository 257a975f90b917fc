"""What others wrote in the site is named, with its licence; what is locked is in the bill of materials."""

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from tools.licences import BILL, COMPONENTS, INDEX
from tools.licences.__main__ import check, published
from tools.licences.attributed import owners, unattributed
from tools.licences.components import components
from tools.licences.locks import locked

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def listed():
    return components()


@pytest.fixture(scope="module")
def bill(site_dir):
    return json.loads((site_dir / "assets" / "sbom.cdx.json").read_text())


def test_each_file_of_the_site_is_somebody_s(site_dir, listed):
    assert unattributed(site_dir, listed) == []
    there = [path.relative_to(site_dir).as_posix() for path in (site_dir / "assets").rglob("*") if path.is_file()]
    assert {owner for file in there for owner in owners(file, listed)} == {one.id for one in listed if one.files}


def test_a_file_of_nobody_stops_the_build(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "found-somewhere.js").write_text("")
    with pytest.raises(SystemExit, match=r"of no component .* assets/found-somewhere\.js"):
        check(tmp_path)


def test_each_licence_is_on_the_site_and_on_the_page(site_dir, listed):
    page = (site_dir / "reference" / "licences" / "index.html").read_text().replace("<wbr>", "")
    for one in listed:
        text = (site_dir / "assets" / "licences" / f"{one.id}.txt").read_text()
        assert one.text in text
        assert len(one.text) > 80, one.id
        assert not re.search(r"<year>|<owner>|YEAR by AUTHOR", text), one.id
        row = next(row for row in page.split("<tr>") if f'href="../../assets/licences/{one.id}.txt"' in row)
        assert re.search(rf"<td\b[^>]*>{re.escape(one.version or 'not told')}</td>", row), one.id
        assert all(f"<code>{place}</code>" in row for place in one.files if one.package)


def test_a_page_carries_no_icons_but_those_that_are_named(site_dir):
    folder = Path(str(distribution("mkdocs-material").locate_file("material/templates/.icons/material")))
    pages = [(site_dir / page / "index.html").read_text() for page in (".", "reference/claims", "memory/executor-heap")]
    drawn = {path for page in pages for path in _ICON.findall(page)}
    assert len(drawn) > 5
    known = "".join(path.read_text() for path in folder.glob("*.svg") if path.stem.split("-")[0] in _NAMES)
    assert [path for path in drawn if path not in known] == []
    assert not [page for page in pages if "Font Awesome" in page or "octicon" in page]


_ICON = re.compile(r'<svg xmlns="[^"]+" viewBox="0 0 24 24"><path d="([^"]+)"')
_NAMES = {"menu", "magnify", "arrow", "close", "weather", "brightness", "chevron", "tune", "content", "lightbulb"}
"""Beginnings of the names of the icons that the theme's templates ask for."""


_ZLIB = """\
texts = ["spdx:Zlib"]
copyright = ["npm:pyodide/pyodide.asm.wasm", 'Copyright 1995-20[0-9]+ Jean-loup Gailly and Mark Adler']
"""
_COLOUR = 'copyright = ["Copyright (c) 2014 Denis Malinochkin"]'
_RXJS = 'bundled-as = "rxjs"\n'
_ONE_MORE = '[[component]]\nid = "x"\ninside = "mkdocs-material"\nbundled-as = "jquery"\n'
BROKEN = {
    "no text": (_ZLIB, "texts = []", "zlib: .* has no licence"),
    "a name that SPDX does not know": ("spdx:Zlib", "spdx:Zlob", "spdx:Zlob: SPDX lists no licence"),
    "no copyright line": (_COLOUR, "", "material-design-color: .* copyright line"),
    "another licence than the package's": ('"MPL-2.0"\ntexts', '"MIT"\ntexts', "pyodide: its package says 'MPL-2.0'"),
    "not in the package any more": ("expat_([0-9.]+)", "expat-([0-9.]+)", "expat: .* not there"),
    "in the package in two versions": (r"\0(1\.5\.[0-9]+)\0", r"\0(1\.[0-9]\.[0-9]+)\0", "zstd: .* once"),
    "bundled and not listed": (_RXJS, "", r"bundled and not in content/components\.toml: \['rxjs'\]"),
    "listed and not bundled": (_RXJS, _RXJS + _ONE_MORE, r"listed and not bundled: \['jquery'\]"),
}


@pytest.mark.parametrize(("right", "wrong", "said"), BROKEN.values(), ids=BROKEN)
def test_a_part_without_its_licence_stops_the_build(tmp_path, right, wrong, said):
    text = COMPONENTS.read_text()
    assert right in text
    data = tmp_path / "components.toml"
    data.write_text(text.replace(right, wrong, 1))
    with pytest.raises((ValueError, FileNotFoundError), match=said):
        components(data)


def test_making_them_again_gives_the_same_bytes(listed):
    made = published(listed)
    assert {path: path.read_text() for path in made} == made
    assert set(INDEX.parent.iterdir()) == set(made) - {BILL}


def test_the_bill_is_what_cyclonedx_says_one_is(bill):
    """With the schemas of CycloneDX's own library: its validator would load for two seconds what is not needed here."""
    resources = Path(str(distribution("cyclonedx-python-lib").locate_file("cyclonedx/schema/_res")))
    names = [f"{name}.SNAPSHOT.schema.json" for name in ("bom-1.6", "spdx", "jsf-0.82")]
    schemas = {name: json.loads((resources / name).read_text()) for name in names}
    base = schemas[names[0]]["$id"].rpartition("/")[0]
    registry = Registry().with_resources([(f"{base}/{name}", Resource.from_contents(one)) for name, one in schemas.items()])
    validator = jsonschema.Draft7Validator(schemas[names[0]], registry=registry)
    validator.validate(bill)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(bill | {"components": [{"type": "library"}]})


def test_the_bill_holds_each_lock_s_packages_and_no_address(bill):
    text = json.dumps(bill)
    assert "://" not in text
    assert not re.search(r"timestamp|serialNumber|/home/|/work/", text)
    parts = [part for package in bill["components"] for part in package.get("components", [])]
    references = [entry["bom-ref"] for entry in [*bill["components"], *parts]]
    assert len(references) == len(set(references))
    for lock in [*ROOT.glob("requirements/*.txt"), *ROOT.glob("tools/oracle/locks/*.txt"), ROOT / "package-lock.json"]:
        name = lock.relative_to(ROOT).as_posix()
        held = [one for one in bill["components"] if {"name": "sparkmem:lock", "value": name} in one["properties"]]
        text = lock.read_text()
        if lock.suffix == ".json":
            paths = json.loads(text)["packages"].keys() - {""}
            assert {one["name"] for one in held} == {path.rpartition("node_modules/")[2] for path in paths}
        else:
            assert len(held) == len(re.findall(r"^\S+==", text, re.MULTILINE)), name
    assert len(bill["components"]) == len(locked())


def test_what_a_reader_gets_is_marked_in_the_bill(bill, listed):
    required = {one["bom-ref"]: one for one in bill["components"] if one["scope"] == "required"}
    assert sorted(required) == bill["dependencies"][0]["dependsOn"]
    names = [re.sub(r"@.*", "", purl) for purl in required]
    assert names == ["pkg:npm/minisearch", "pkg:npm/pyodide", "pkg:pypi/mkdocs-material"]
    parts = {part["name"] for one in required.values() for part in one["components"]}
    assert parts == {one.id for one in listed if one.inside}
    assert {"cpython", "sqlite", "rxjs"} <= parts
