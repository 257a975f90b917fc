"""Rows of a page of settings, copied with tabs: a name, a value, and a description that is no part of the value."""

from __future__ import annotations

import re

from sparkmem.configuration.table_columns import value_column

_TITLES = re.compile(r"^(?i:name|key|property|parameter|setting)(?:\t[^\t\n]{0,60}){2,6}$", re.MULTILINE)
_MOST_ROWS = 400


def peel(text: str) -> str:
    """The text with name and value alone in the rows below such titles, line for line.

    >>> peel("name\\tvalue\\tdescription\\nspark.driver.memory\\t3g\\tof the driver\\n\\nthat is all").split("\\n")
    ['', 'spark.driver.memory\\t3g', '', 'that is all']
    """
    titles = _TITLES.search(text) if "\t" in text else None
    column = value_column(titles[0].split("\t")) if titles else -1
    if titles is None or column < 1:
        return text
    rows = text[titles.end() + 1 :].split("\n")
    for number, row in enumerate(rows[:_MOST_ROWS]):
        cells = row.split("\t")
        if len(cells) <= column:
            break
        rows[number] = f"{cells[0]}\t{cells[column]}" if cells[column].strip() else ""
    return text[: titles.start()] + "\n" + "\n".join(rows)
