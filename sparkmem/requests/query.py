"""The part of an address that holds inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping


def query(inputs: Mapping[str, str]) -> str:
    """The inputs as the page writes them into its address (``URLSearchParams``).

    >>> query({"spark.executor.extraJavaOptions": "-XX:+UseG1GC -Xss4m", "gc": "z*é"})
    'spark.executor.extraJavaOptions=-XX%3A%2BUseG1GC+-Xss4m&gc=z*%C3%A9'
    """
    return "&".join(f"{_encoded(name)}={_encoded(text)}" for name, text in inputs.items())


def _encoded(text: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9*._ -]", _escaped, text)
    return kept.replace(" ", "+")


def _escaped(letter: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in letter[0].encode("utf-8", "replace"))
