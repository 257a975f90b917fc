"""Whose work the site carries: its licences as files, a list of them for the page, and a bill of materials."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "content" / "components.toml"
PUBLISHED = ROOT / "docs" / "assets" / "licences"
INDEX = PUBLISHED / "index.json"
BILL = ROOT / "docs" / "assets" / "sbom.cdx.json"
