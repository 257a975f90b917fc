"""In place of Pyodide's: no loop is made over the browser's events, since nothing waits for one (see asyncio.py).

What the browser's objects are to Python is numbered as it starts, and a picture of its memory is made only where the
first numbers are those that Pyodide expects: so this asks for the same objects as the other would.
"""

from pyodide_js._api import scheduleCallback  # noqa: F401


def _initialize_event_loop() -> None:
    """Pyodide calls it as it starts."""
