"""python -m tools.suite [--line]: what the last full run of the tests cost, in one line or with the table."""

import sys

from tools.suite.record import last_line, read


def main(arguments: list[str]) -> int:
    """0, or 1 where a table is wanted and no run is recorded."""
    print(last_line())
    if arguments == ["--line"]:
        return 0
    found = read()
    if found is None:
        return 1
    print(found.table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
