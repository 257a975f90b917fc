"""python -m tools.browsers [firefox] [webkit]: the walk, on the built site, in engines other than the tests' own."""

import sys
from pathlib import Path

from tools.browsers import firefox, webkit
from tools.browsers.walk import walk
from tools.server import SiteServer

ENGINES = {"firefox": firefox, "webkit": webkit}
SITE = Path(__file__).parents[2] / "site"


def main(names: list[str]) -> int:
    """0 where every engine went all the way."""
    failed = 0
    for name in names or ENGINES:
        engine = ENGINES[name]
        if not engine.find():
            print(f"{name}: not here; on Debian and Ubuntu: sudo apt-get install {engine.PACKAGES}")
            failed += 1
            continue
        failed += not went(name)
    return 1 if failed else 0


def went(name: str) -> bool:
    """Whether an engine went all the way; says how far."""
    server = SiteServer(SITE)
    server.start()
    try:
        with ENGINES[name].tab() as tab:
            for step in walk(tab, server.url):
                print(f"{name}: {step}", flush=True)
    except (AssertionError, RuntimeError, OSError) as error:
        print(f"{name}: stopped: {error}")
        return False
    finally:
        server.shutdown()
        server.server_close()
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
