"""Two builds of the site, compared: names that follow from content may differ, and nothing else."""

import base64
import gzip
import hashlib
import re

import pytest

from tools import same_pages

SITE = {
    "index.html": """<meta http-equiv="Content-Security-Policy" content="script-src 'self' POLICY; style-src 'self'">
        <script>early("py/aaaaaaaaaaaa/")</script> <script>theme()</script>
        <spark-calc runtime="aaaaaaaaaaaa"><td>384 MiB</td></spark-calc>
        <script src="assets/calc.00000001/spark-calc.mjs"></script>""",
    "assets/calc.00000001/spark-calc.mjs": 'import "./form.mjs";',
    "assets/site.00000002.css": "a { color: red }",
    "assets/cite.00000003/cite.mjs": "",
    "assets/palette.00000004/palette.mjs": "",
    "assets/py/aaaaaaaaaaaa/worker.mjs": "self",
    "assets/py/manifest.json": '{"hash": "aaaaaaaaaaaa"}',
    "sitemap.xml": "<loc>/</loc><lastmod>2026-11-27</lastmod>",
}
OTHER_NAMES = {"00000001": "f0000001", "00000002": "f0000002", "aaaaaaaaaaaa": "bbbbbbbbbbbb", "2026-11-27": "2026-11-28"}


def written(folder, files):
    """A site of these files, its policy filled in, and its sitemap zipped too."""
    for name, text in files.items():
        scripts = re.findall(r"<script>(.+?)</script>", text)
        hashes = sorted(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("POLICY", " ".join(hashes)))
    (folder / "sitemap.xml.gz").write_bytes(gzip.compress(files["sitemap.xml"].encode(), mtime=len(files["index.html"])))
    return folder


def renamed(text):
    for old, new in OTHER_NAMES.items():
        text = text.replace(old, new)
    return text


@pytest.fixture
def compare(tmp_path, monkeypatch, capsys):
    """What the comparison prints, and its exit status, for SITE and the same under other names with a change in it."""

    def compared(name="", old="", new="", *options):
        after = {renamed(path): renamed(text) for path, text in SITE.items()}
        if name:
            assert old in after[name]
            after[name] = after[name].replace(old, new)
        folders = [written(tmp_path / "old", SITE), written(tmp_path / "new", after)]
        monkeypatch.setattr("sys.argv", ["same_pages", *map(str, folders), *options])
        status = same_pages.main()
        return status, capsys.readouterr().out

    return compared


def test_other_names_for_the_same_content_are_no_difference(compare):
    assert compare() == (0, f"{len(SITE) + 1} files, the same\n")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("index.html", "384 MiB", "385 MiB"),
        ("index.html", "384 MiB", "384  MiB"),
        ("index.html", "spark-calc.mjs", "spark.mjs"),
        ("index.html", "theme()", "other()"),
        ("index.html", "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("index.html", "POLICY", "POLICY 'sha256-AAAA'"),
        ("index.html", 'runtime="bbbbbbbbbbbb"', 'runtime="cccccccccccc"'),
        ("assets/calc.f0000001/spark-calc.mjs", "form", "forms"),
        ("sitemap.xml", "<loc>/<", "<loc>/other/<"),
        ("assets/py/manifest.json", "hash", "Hash"),
    ],
)
def test_whatever_else_differs_is_named_with_its_file(compare, name, old, new):
    status, said = compare(name, old, new)
    assert status == 1
    assert said.startswith(name.replace("f0000001", "HASH") + ": line ")
    assert said.count("\n") == (2 if name == "sitemap.xml" else 1)  # it is there twice


def test_a_file_on_one_side_only_is_named(compare, tmp_path):
    (tmp_path / "old/go").mkdir(parents=True)
    (tmp_path / "old/go/a.html").write_text("a")
    assert compare() == (1, f"go/a.html: only in {tmp_path / 'old'}\n")


def test_what_is_left_out_is_said(compare):
    assert compare("assets/py/manifest.json", "hash", "Hash", "--without", "assets/py/*") == (
        0,
        f"{len(SITE) + 1} files, the same, without assets/py/*\n",
    )
