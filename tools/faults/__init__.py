"""Seeded faults: what goes wrong for a reader when one line of the project is wrong, and which test notices.

The list is data, in ``families/``.  Each fault is put into a throw-away copy of the project, what follows from it is
made again, and the tests that should notice are run: ``python -m tools.faults``.
"""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FAMILIES = Path(__file__).parent / "families"
