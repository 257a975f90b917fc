"""In place of Pyodide's: it unpacks packages, which needs every kind of archive, and the page has its package already.

What is here is all that Pyodide itself asks for as it starts, and the object that a picture wants (see webloop.py).
"""

from pyodide_js import loadedPackages  # noqa: F401


class _Folder:
    """A path as Pyodide asks for its text: a text of Python's would be one of JavaScript's there."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __str__(self) -> str:
        return self._path


SITE_PACKAGES = _Folder("/lib/python3.14/site-packages")
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages() -> None:
    """None is there."""
