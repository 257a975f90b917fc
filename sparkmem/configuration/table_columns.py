"""Tables of settings with titles: which column holds what is in force, and settings that are titles themselves."""

from __future__ import annotations

import re
from collections import Counter

from sparkmem.configuration.carried import carried, safe_name, shaped
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field, size_in_words
from sparkmem.configuration.found import Found
from sparkmem.configuration.gathered import MODE
from sparkmem.configuration.passed_over import OTHER_OUTPUT

FORMAT = "table"

_IN_FORCE = re.compile(r"(?:now|after|new|current|actual|effective|today|in force|in use)\b.{0,20}", re.IGNORECASE)
_VALUE = re.compile(r"values?|setting value", re.IGNORECASE)
_NOT = re.compile(
    r"(?:old|before|previous|was|default|proposed|suggested|recommended|planned|until)\b.{0,20}", re.IGNORECASE
)
_DEFAULT = re.compile(r"default", re.IGNORECASE)
OF_DEFAULTS = -2
DEFAULT_ONLY = "a default, by the table's title, and no setting"
_BESIDE = re.compile(r"#|n[or]\.?|id|row|type|unit|meaning|description|(?:comment|note|remark|reason)s?|why", re.IGNORECASE)
_SIGNS = ("\t", ";", ",", "|")
_DOTTED = re.compile(r"[A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,8}")
_NOTHING = ("", "-", "–", "—", "n/a", "none", "unset", "(default)", "default")
_MOST_COLUMNS = 200


def value_column(titles: list[str], key: int = 0) -> int:
    """Which column's values are in force, by the titles; -1 where they do not tell, -2 where all they tell are defaults.

    >>> value_column(["Setting", "before", "now", "why"]), value_column(["key", "value"]), value_column(["a", "b", "c"])
    (2, 1, -1)
    >>> value_column(["Property", "Default", "Meaning"])
    -2
    """
    titles = [title.strip(" *_`") for title in titles]
    for pattern in (_IN_FORCE, _VALUE):
        told = [at for at, title in enumerate(titles) if at != key and pattern.fullmatch(title)]
        if len(told) == 1:
            return told[0]
    left = [at for at, title in enumerate(titles) if at != key and title and not _NOT.fullmatch(title)]
    telling = [at for at in left if not _BESIDE.fullmatch(titles[at])]
    if not telling and any(_DEFAULT.match(title) for at, title in enumerate(titles) if at != key):
        return OF_DEFAULTS
    left = telling or left
    return left[0] if len(left) == 1 else -1


def spelt_out(name: str) -> str:
    """A key as Spark has it, where a table leaves out what all of them begin with; other names as they are.

    >>> spelt_out("**executor.memory**"), spelt_out("spark.executor.memory"), spelt_out("memory.limit")
    ('spark.executor.memory', 'spark.executor.memory', 'memory.limit')
    """
    bare = name.strip("*` ")
    return f"spark.{bare}" if carried(f"spark.{bare}") else name


def several_keys(cell: str) -> list[str]:
    """The keys of one cell, of which those behind the first go on from where that begins; none where it is not so.

    >>> several_keys("executor.memory / cores / instances")
    ['spark.executor.memory', 'spark.executor.cores', 'spark.executor.instances']
    >>> several_keys("spark.executor.memory"), several_keys("a / b")
    ([], [])
    """
    first, *others = [part.strip("*` ") for part in cell[:200].split("/")]
    first = spelt_out(first)
    begun = first.rpartition(".")[0]
    names = [first, *(spelt_out(part if "." in part else f"{begun}.{part}") for part in others)]
    return names if others and all(map(carried, names)) else []


def is_nothing(cell: str) -> bool:
    """Whether a cell says that nothing is set."""
    return cell.strip().lower() in _NOTHING


def looks_like(text: str) -> bool:
    """Whether the first line is titles, of columns with keys below or settings themselves."""
    table = _table(text, 3)
    if len(table) < 2:
        return False
    titles = table[0]
    settings = sum(bool(_key(title)) for title in titles)
    keys = any(_key(cell) for row in table[1:] for cell in row)
    begun = bool(_DOTTED.fullmatch(titles[0].strip()))  # a row of the Environment page or of a file, no titles
    values = any(title[:1].isdigit() for title in titles)  # of a file of settings, whose first line has a tab
    return (settings > 0 and not (keys or values)) or (settings == 0 and keys and len(titles) >= 2 and not begun)


def read(text: str) -> Configuration:
    """The settings that are in force; of a table with one row for each job those in which all rows agree."""
    found, table = Found(FORMAT), _table(text)
    if not table:
        raise ConfigurationError("no table")
    if any(_key(title) for title in table[0]):
        _by_columns(table, found)
    else:
        _by_rows(table, found)
    if not (found.settings or found.losses or found.ignored):
        raise ConfigurationError("a table without a setting of Spark's")
    return found.configuration()


def _by_rows(table: list[list[str]], found: Found) -> None:
    keys = Counter(at for row in table[1:] for at, cell in enumerate(row) if _key(cell))
    key = keys.most_common(1)[0][0] if keys else 0
    column = value_column(table[0], key)
    column = _only_one_with_values(table, key) if column == -1 else column
    parting = _parting(table, key)
    first = next((row[parting] for row in table[1:] if parting >= 0 and max(key, parting) < len(row) and _key(row[key])), "")
    named_keys = [_key(row[key]) for row in table[1:] if key < len(row)]
    heaps = {named.split(".")[1] for named in named_keys if _HEAP.fullmatch(named)}
    for number, row in enumerate(table, 1):
        named = _key(row[key]) if number > 1 and key < len(row) else ""
        if not named and number > 1 and key < len(row) and (bare := field_of_a_process(row[key])):
            named = f"spark.{next(iter(heaps))}.{bare}" if len(heaps) == 1 else ""
            if len(heaps) > 1:
                found.ignore(number, bare, OF_WHICH)
                found.hole(f"spark.executor.{bare}", number, OF_WHICH)
        if not named or (named in found.settings and not _key(row[key])):
            continue
        if 0 <= parting < len(row) and row[parting] != first:
            found.ignore(number, safe_name(named), f"{OTHER_OUTPUT}: rows with another {safe_name(table[0][parting])}")
            continue
        if column == OF_DEFAULTS:
            found.ignore(number, safe_name(named), DEFAULT_ONLY)
        elif column < 0 or column >= len(row):
            found.ignore(number, safe_name(named), "the titles do not say which column is in force")
            found.hole(named, number, "the table's titles do not say which column is in force")
        elif not is_nothing(row[column]):
            found.setting(named, _cell(row[key] if _key(row[key]) else f"{named} ", row[column]), number)


def field_of_a_process(name: str) -> str:
    """What of a process is meant by a name without one, as it stands below the heap of one; empty where nothing is.

    >>> field_of_a_process("Memory overhead"), field_of_a_process("cores"), field_of_a_process("Memory")
    ('memoryOverhead', 'cores', '')
    """
    if len(name) > _LONGEST_NAME or not (found := _FIELD.fullmatch(name.strip(" *_`"))):
        return ""
    return "cores" if found["cores"] else "memoryOverhead"


_FIELD = re.compile(r"(?:memory[ _-]?)?overhead|(?P<cores>v?cores?)", re.IGNORECASE)
_HEAP = re.compile(r"spark\.(?:executor|driver)\.memory")
_LONGEST_NAME = 40
_RULE = re.compile(r":?-{2,200}:?")
OF_WHICH = "the text does not say of which process it is"


def _only_one_with_values(table: list[list[str]], key: int) -> int:
    """The one column that has a size or a number in each row with a key; -1 where there is none, or several."""
    rows = [row for row in table[1:] if key < len(row) and _key(row[key])]
    widest = max(map(len, rows), default=0)
    told = [
        at for at in range(min(widest, _MOST_COLUMNS))
        if at != key and all(at < len(row) and row[at] and shaped(row[at]) for row in rows)
    ]  # fmt: skip
    return told[0] if len(told) == 1 else -1


def _parting(table: list[list[str]], key: int) -> int:
    """The column before the keys by which rows are of several jobs, as a key stands again; -1 where there is none."""
    rows = [row for row in table[1:] if key < len(row) and _key(row[key])]
    if len({row[key] for row in rows}) == len(rows):
        return -1
    for column in range(key):
        if len({(row[column], row[key]) for row in rows}) == len(rows):
            return column
    return -1


def _by_columns(table: list[list[str]], found: Found) -> None:
    heaps = {title.split(".")[1] for title in map(_key, table[0]) if _HEAP.fullmatch(title)}
    for at, title in enumerate(table[0]):
        key, bare = _key(title), field_of_a_process(title)
        if not key and bare and len(heaps) == 1:
            key, title = f"spark.{next(iter(heaps))}.{bare}", f"{title} "
        if not key or (bare and key in map(_key, table[0])):
            continue
        rows = [(row[at], number) for number, row in enumerate(table[1:], 2) if at < len(row) and not is_nothing(row[at])]
        rows = [(cell, number) for cell, number in rows if not _RULE.fullmatch(cell)]
        cells = [(_cell(title, cell), number) for cell, number in rows]
        if len({cell for cell, _ in cells}) == 1:
            found.setting(key, *cells[0])
        elif cells:
            found.ignore(cells[0][1], safe_name(key), "rows with different values: paste one of them")
            found.hole(key, cells[0][1], "the rows of the table have different values")


def _cell(name: str, cell: str) -> str:
    """The value of a cell; a table that names settings in words writes their sizes in words too."""
    return size_in_words(cell) if " " in name else cell


def _key(cell: str) -> str:
    return cell if carried(cell) or cell in ("spark.master", MODE) else key_of_field(cell)


def _table(text: str, most: int = 100_000) -> list[list[str]]:
    """The rows of cells, by whichever sign parts the first line; none where it is parted by none, or cells hold pairs."""
    lines = text.split("\n", most)[:most]
    sign = next((sign for sign in _SIGNS if sign in lines[0]), "")
    if not sign or "=" in lines[0] or "{" in lines[0] or lines[0].count(sign) > _MOST_COLUMNS:
        return []
    return [[cell.strip(" \t\r\"'`*") for cell in line.split(sign)] for line in lines]
