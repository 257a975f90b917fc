"""A table of settings in Markdown, for an issue or a postmortem; read back as it was written."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import CLUSTER_KEYS, carried, safe_name, shaped
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Circumstances, Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost_words import ROW, told_again
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.slips import LEFT_OUT
from sparkmem.configuration.table_columns import DEFAULT_ONLY, OF_DEFAULTS, is_nothing, several_keys, spelt_out, value_column

FORMAT = "markdown"

_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_CELLS = re.compile(r"(?:[^|\\]|\\.)*", re.DOTALL)
_CODE = re.compile(r"(`{1,40})(.+)\1", re.DOTALL)
_RULE = re.compile(r":?-+:?")
_KNOWN = {name.replace("_", "-"): name for name in vars(Circumstances())}
_NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")


def looks_like(text: str) -> bool:
    """Whether a row of a table names a key, or another input of the calculators."""
    return any(_cells(line)[0] in _KNOWN or "." in _cells(line)[0] for line in text.split("\n") if _ROW.fullmatch(line))


def read(text: str) -> Configuration:
    """The settings of the rows."""
    found, column, titled = Found(FORMAT), -1, False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        key, *values = _cells(line)
        key = spelt_out(key)
        if (len(values) > 1 or _has_no_first(line)) and "." not in key and not _RULE.fullmatch(key):
            column, titled = value_column(_all_cells(line)), True
        elif column == OF_DEFAULTS and values and carried(key):
            found.ignore(number, safe_name(key), DEFAULT_ONLY)
            continue
        elif column < 0 and titled and carried(key) and _differ(values):
            found.ignore(number, safe_name(key), "the titles do not say which column is in force")
            found.hole(key, number, "the table's titles do not say which column is in force")
            continue
        elif len(values) > 1 and column > 0 and len(cells := _all_cells(line)) > column and "." in key:
            values = [cells[column]]
            if is_nothing(values[0]):
                continue
        if not key or not values or _RULE.fullmatch(key) or key == "Setting":
            continue
        if several := several_keys(key):
            _several(several, values if column < 0 and titled else values[:1], number, found)
            continue
        if key in _KNOWN:
            _circumstance(key, values[0], number, found)
        elif key == ROW:
            _lost(values[0], number, found)
        elif key in CLUSTER_KEYS:
            found.cluster_setting(key, values[0], number)
        else:
            found.setting(key, values[0], number)
    if column == OF_DEFAULTS and not found.settings:
        return _beside(text, found.configuration())
    return found.configuration()


def _beside(text: str, found: Configuration) -> Configuration:
    """What stands around a table that tells of defaults alone."""
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

    rest = "\n".join("" if _ROW.fullmatch(line) else line for line in text.split("\n"))
    return combined([found, *read_pieces([Piece(rest)])]) if rest.strip() else found


def _several(keys: list[str], cells: list[str], line: int, found: Found) -> None:
    """Take the values of a row with several keys, where each column that may be in force has the same of them."""
    each = [part.strip(" `") for part in cells[0].split("/")]
    if len({cell.replace(" ", "") for cell in cells}) > 1:
        found.ignore(line, safe_name(keys[0]), "the titles do not say which column is in force")
        for key in keys:
            found.hole(key, line, "the table's titles do not say which column is in force")
    elif len(each) == len(keys):
        for key, value in zip(keys, each, strict=True):
            found.setting(key, value, line)


def _differ(cells: list[str]) -> bool:
    """Whether the cells of a row hold different sizes, or words first, so that none is known to be in force."""
    return len({cell for cell in cells if shaped(cell)}) > 1 or (len(cells) > 1 and not shaped(cells[0]))


def _circumstance(key: str, value: str, line: int, found: Found) -> None:
    try:
        found.know(**{_KNOWN[key]: value})
    except ConfigurationError as error:
        found.ignore(line, key, error.message.split(" is ")[-1].replace("not one of", "the value is not one of"))


def _lost(words: str, line: int, found: Found) -> None:
    """Take over what the text lost that the table's settings are from."""
    try:
        lost, said = told_again(words, line)
    except ConfigurationError as error:
        found.ignore(line, ROW, error.message)
        return
    found.losses += lost
    found.said += said


def _cells(line: str) -> list[str]:
    """The texts of a row's cells; one empty text where the line is no row."""
    row = _ROW.fullmatch(line)
    if not row:
        return [""]
    cells = [match[0] for match in _CELLS.finditer(row[1])]
    return [_text(cell.strip(" \t")) for cell in cells if cell.strip(" \t")] or [""]


def _all_cells(line: str) -> list[str]:
    """The texts of a row's cells, the empty ones too, without the signs of bold letters; a wiki has ``||`` about titles."""
    bare = line.strip()
    row = _ROW.fullmatch(bare.replace("||", "|") if bare[:2] == bare[-2:] == "||" else line)
    cells = re.split(r"(?<!\\)\|", row[1]) if row else []
    return [_text(cell.strip(" \t").strip("*")) for cell in cells]


def _has_no_first(line: str) -> bool:
    """Whether a row's first cell is empty, as above the keys of a table whose columns are runs."""
    cells = _all_cells(line)
    return len(cells) > 2 and not cells[0]


def _text(cell: str) -> str:
    code = _CODE.fullmatch(cell)
    bold = cell[2:-2] if len(cell) > 4 and cell[:2] == cell[-2:] == "**" else cell
    text = (code[2] if code else bold).replace("\\|", "|")
    padded = code and len(text) > 2 and text[0] == text[-1] == " " and text.strip(" ")
    return text[1:-1] if padded else text


def write(configuration: Configuration) -> str:
    """The table: what is known beside the settings first, then the settings, then those of the cluster."""
    rows = configuration.circumstances.as_inputs() | configuration.values | dict(configuration.cluster)
    lines = [f"| `{key}` | {_code(key, value)} |" for key, value in rows.items()]
    return "\n".join(["| Setting | Value |", "|---|---|", *lines]) + "\n"


def _code(key: str, text: str) -> str:
    """The text as code in a cell; more backticks around it than there are in it."""
    left_out = not shaped(text) and LEFT_OUT.fullmatch(text[:40])  # a dash in a table says that nothing is set
    if not text or left_out or _NOT_ON_A_LINE.search(text) or not text.strip(" ") or "\\|" in text:
        raise ConfigurationError(f"a table cannot hold the value of {key}")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")
