"""python -m tools.oracle.texts: find the texts of failures in the jars of every release, and record where each stands.

A text is looked for as the class files hold it: each literal between two numbers of a template, in one string of a class
or in neighbouring ones of the same class, since the compiler cuts a text where a value is put in.  Names of settings may
come from Spark's own list of them.  Files of error conditions count as a class.
"""

import json
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import Text
from sparkmem.diagnosis.template import squeezed

from .packages import unpacked
from .releases import JAVA, at_least

_SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
"""Bytes of an entry of a class file's constant pool behind its tag, by the tag."""
_UTF8, _STRING = 1, 8
_PLACE = re.compile("\x01|<\\w+>|\\$\\{?\\w+\\}?|\\{\\}|%[sd]|%\\.\\d+f")
"""Where a value is put in: by the compiler, in error conditions, and in formats."""
_MARGIN = re.compile(r"\n\s*\|")
"""What Scala takes off the lines of a text in three quotes."""
_SETTING = re.compile(r"spark(?:\.\w+)+")
_EDGE = "()[]{}<>.,:;-+=/ "
SHORTEST = 4
RECORD = Path(__file__).parents[2] / "tests" / "oracle" / "texts.json"


def constants(code: bytes) -> list[str]:
    """The strings of a class file, in the order in which the compiler met them."""
    (count,) = struct.unpack_from(">H", code, 8)
    texts: dict[int, str] = {}
    strings: list[int] = []
    at, number = 10, 1
    while number < count:
        tag = code[at]
        if tag == _UTF8:
            (length,) = struct.unpack_from(">H", code, at + 1)
            texts[number] = code[at + 3 : at + 3 + length].decode("utf-8", "replace")
            at += 3 + length
        else:
            if tag == _STRING:
                strings.append(struct.unpack_from(">H", code, at + 1)[0])
            at += 1 + _SIZES[tag]
            number += tag in (5, 6)  # a long or a double takes two numbers
        number += 1
    return [texts[string] for string in strings]


def classes(jars: Path) -> Iterator[tuple[str, list[str]]]:
    """Each class of Spark's own jars with what it says, and each file of error conditions with its lines."""
    for jar in sorted(jars.glob("spark-*.jar")):
        with zipfile.ZipFile(jar) as opened:
            for name in opened.namelist():
                if name.endswith(".class") and "org/apache/spark" in name:
                    yield name.removesuffix(".class"), constants(opened.read(name))
                elif name.startswith("error/") and name.endswith(".json"):
                    yield name, opened.read(name).decode().splitlines()


class Jars:
    """What the classes of a release say."""

    def __init__(self, release: str) -> None:
        self.release = release
        self._by_class: dict[str, list[str]] = {}
        settings = set()
        for path, said in classes(unpacked(f"spark-{release}")):
            name = path.partition("$")[0]  # with the classes inside it, in which Scala puts what is said in a closure
            parts = [part for text in said for part in _PLACE.split(_MARGIN.sub("\n", text))]
            squeezed_parts = [squeezed(part).replace("\\n", "") for part in parts]
            self._by_class.setdefault(name, []).extend(part for part in squeezed_parts if part)
            settings |= {part for part in squeezed_parts if _SETTING.fullmatch(part)}
        self._settings = settings
        self._whole = {name: "\n".join(said) for name, said in self._by_class.items()}

    def holds(self, literals: tuple[str, ...]) -> str:
        """The class that says all of these literals; empty where none does."""
        wanted = [found for literal in literals if len(found := literal.strip(_EDGE)) >= SHORTEST]
        longest = max(wanted, key=len)
        for name, whole in self._whole.items():
            if self._says(name, whole, longest) and all(self._says(name, whole, one) for one in wanted):
                return name
        return ""

    def _says(self, name: str, whole: str, literal: str) -> bool:
        begins = literal[:SHORTEST] in whole or literal.startswith("spark.")
        return literal in whole or (begins and self._in_pieces(name, whole, literal))

    def _in_pieces(self, name: str, whole: str, literal: str) -> bool:
        """Whether a literal is put together from strings of this class and names of settings."""
        known = self._by_class[name]
        for length in range(len(literal), 1, -1):
            head = literal[:length]
            if (head in whole and any(said.rstrip(_EDGE).endswith(head) for said in known)) or head in self._settings:
                rest = literal[length:].strip(_EDGE)
                if len(rest) < SHORTEST or rest in whole or self._in_pieces(name, whole, rest):
                    return True
        return False


def within(release: str, releases: tuple[str, ...]) -> bool:
    """Whether a release of the oracle is in a range of a text.

    >>> within("3.5.9", ("3.2", "3.5")), within("4.0.5", ("3.2", "3.5"))
    (True, False)
    """
    first, last = releases[0], releases[-1]
    return at_least(release, first) and (not at_least(release, last) or release.startswith(f"{last}."))


def sparks_own() -> dict[str, Text]:
    """The texts that are said to stand in Spark's source, by what they look like."""
    texts = (text for one in findings().values() for text in one.text)
    return {text.text: text for text in texts if text.source.get("project") == "Spark"}


def main() -> None:
    """Look for every text in every release of its range, and write where it was found."""
    found: dict[str, dict[str, str]] = {text: {} for text in sparks_own()}
    for release in JAVA:
        jars = Jars(release)
        for name, text in sparks_own().items():
            if within(release, text.releases):
                found[name][release] = jars.holds(text.template.literals)
        print(f"texts: {release}", flush=True)
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
