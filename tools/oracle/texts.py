"""python -m tools.oracle.texts: find the texts of failures in the jars of every release, and record where each stands.

A text is looked for as the class files hold it: the compiler cuts a text where a value is put in, so a literal of a
template begins and ends a string of a class where a number stands beside it, in several pieces where a name is put into
it.  Names of settings may come from Spark's own list of them.  Files of error conditions count as a class.
"""

import json
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import Text
from sparkmem.diagnosis.template import Template, squeezed

from .packages import unpacked
from .releases import JAVA, at_least

_SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
"""Bytes of an entry of a class file's constant pool behind its tag, by the tag."""
_UTF8, _STRING = 1, 8
_PLACE = re.compile("\x01|<\\w+>|\\$\\{?\\w+\\}?|\\{\\}|%[sd]|%\\.\\d+f")
"""Where a value is put in: by the compiler, in error conditions, and in formats."""
_MARGIN = re.compile(r"\n\s*\|")
"""What Scala takes off the lines of a text in three quotes."""
_NUMBER = re.compile("[0-9]+")
"""Where a value was put in that the compiler knew."""
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
                    yield name, list(_conditions(json.loads(opened.read(name))))


def _conditions(table: Mapping[str, Any]) -> Iterator[str]:
    """The names of error conditions, at any depth, each before its words."""
    for name, entry in table.items():
        yield name
        if isinstance(entry, dict):
            yield from _conditions(entry)
        elif name == "message":
            yield "\n".join(entry)


class Jars:
    """What classes say, such as those of a release.

    >>> from sparkmem.diagnosis.template import template
    >>> said = Jars([("org/X", ["memory (", " MB), overhead (", " MB) is above"])])
    >>> said.holds(template("memory ({a:mib} MB), overhead ({b:mib} MB) is above"))
    'org/X'
    >>> said.holds(template("memory ({a:mib}), overhead ({b:mib} MB) is above"))
    ''
    """

    def __init__(self, by_path: Iterable[tuple[str, list[str]]]) -> None:
        by_class: dict[str, list[str]] = {}
        self._settings: set[str] = set()
        for path, said in by_path:
            name = path.partition("$")[0]  # with the classes inside it, in which Scala puts what is said in a closure
            parts = [part for text in said for part in _PLACE.split(_MARGIN.sub("\n", text))]
            parts += [piece for part in parts if _NUMBER.search(part) for piece in _NUMBER.split(part)]
            squeezed_parts = [squeezed(part).replace("\\n", "").strip(_EDGE) for part in parts]
            by_class.setdefault(name, []).extend(part for part in squeezed_parts if part)
            self._settings |= {part for part in squeezed_parts if _SETTING.fullmatch(part)}
        self._whole = {name: "\n".join(("", *said, "")) for name, said in by_class.items()}

    def holds(self, text: Template) -> str:
        """The class that says all literals of a text, cut where the text has a number; empty where none does."""
        wanted = []
        for place, literal in enumerate(text.literals):
            if len(found := literal.strip(_EDGE)) >= SHORTEST:
                wanted.append("\n" * (place > 0) + found + "\n" * (place < len(text.places)))
        wanted.sort(key=len, reverse=True)
        for says in (str.__contains__, self._says):  # in one string each, before anything is put together
            for name, whole in self._whole.items():
                if all(says(whole, one) for one in wanted):
                    return name
        return ""

    def _says(self, whole: str, literal: str) -> bool:
        begin = literal.strip("\n")[:SHORTEST].rstrip(_EDGE)
        return literal in whole or ((begin in whole or begin == "spar") and self._in_pieces(whole, literal))

    def _in_pieces(self, whole: str, literal: str) -> bool:
        """Whether a literal is put together from strings of this class and names of settings."""
        for length in range(len(literal) - 1, 1, -1):
            head, rest = literal[:length].rstrip(_EDGE), literal[length:].lstrip(_EDGE)
            if f"{head}\n" in whole or head.strip("\n") in self._settings:
                left = rest.strip("\n")
                if len(left) < SHORTEST or left in self._settings or self._says(whole, f"\n{rest}"):
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
        jars = Jars(classes(unpacked(f"spark-{release}")))
        for name, text in sparks_own().items():
            if within(release, text.releases):
                found[name][release] = jars.holds(text.template)
        print(f"texts: {release}", flush=True)
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
