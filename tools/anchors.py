"""python -m tools.anchors: add the addresses and ids of the built site to tests/golden/anchors.txt.

Each line of that file is a promise: an address, or an address with an id, that somebody may have
linked.  The file only grows; tests/site/test_anchors.py watches both it and the site.
"""

from pathlib import Path

from tools.pages import pages

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "golden" / "anchors.txt"
# Texts that belong to a field of a form; nobody links them, and the field itself is listed.
_OF_A_FIELD = ("--hint", "--error", "--help")


def anchors(site: Path) -> set[str]:
    """Every address of the site, and every id in its content, as `/memory/executor-heap/#how-big`."""
    found = set()
    for path, page in pages(site).items():
        if path == "404.html":
            continue
        ids = [i for i in page.article_ids if not i.startswith("__") and not i.endswith(_OF_A_FIELD)]
        found |= {f"/{path}", *(f"/{path}#{i}" for i in ids)}
    return found


def registered() -> set[str]:
    """The lines of the registry."""
    return set(REGISTRY.read_text().split()) if REGISTRY.exists() else set()


def main() -> None:
    """Write the registry with what is new in it, and say how much that was."""
    before = registered()
    after = before | anchors(ROOT / "site")
    REGISTRY.parent.mkdir(exist_ok=True)
    REGISTRY.write_text("".join(f"{anchor}\n" for anchor in sorted(after)))
    print(f"{len(after)} addresses and ids are promised, {len(after) - len(before)} of them new")


if __name__ == "__main__":
    main()
