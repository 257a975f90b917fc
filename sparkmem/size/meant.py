"""What a reader probably meant by a text that Spark refuses, written as Spark reads it."""

from __future__ import annotations

import re

_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:[.,]\d{1,12})?)(?![\d,.])"
_SIZE = re.compile(rf"{_AMOUNT}\s{{0,8}}([kmgtp]?)[a-z]{{0,10}}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,15})(?:[.,](\d{1,12}))?\s{0,8}(%?)")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d{1,12})?\s{0,8}%|0?[.,]\d{1,12}")
_MEBIBYTES_FROM = 256  # without a unit, fewer are meant as gibibytes
_SMALLER = {"t": "g", "g": "m", "m": "k"}


def meant_size(text: str) -> str:
    """The size in a text as Spark reads it: whole, with one letter; empty where there is none or nothing to change.

    >>> [meant_size(text) for text in ("8", "4096", "1.5g", "8 GB", "8,000m", "16GB of RAM", "1,5g", "lots", "8g")]
    ['8g', '4096m', '1536m', '8g', '8000m', '16g', '1536m', '', '']
    """
    found = _SIZE.match(text.strip())
    if not found:
        return ""
    digits, unit = found[1], found[2].lower()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits):
        digits = digits.replace(",", "")
    whole, _, fraction = digits.replace(",", ".").partition(".")
    amount, scale = int(whole + fraction), 10 ** len(fraction)
    unit = unit or ("g" if amount < _MEBIBYTES_FROM * scale else "m")
    while amount % scale and unit in _SMALLER:
        amount, unit = amount * 1024, _SMALLER[unit]
    written = f"{amount // scale}{unit}"
    return "" if written == text.strip().lower() or amount < scale else written


def meant_for_a_jvm(text: str) -> str:
    """What to write in place of a heap that Spark hands on to a JVM as it stands, which reads one letter and no more.

    >>> meant_for_a_jvm("4GB"), meant_for_a_jvm(" 6g ").rpartition(":")[2]
    ('the JVM is given the text as it stands: write 4g', ' write 6g')
    """
    meant = meant_size(text) or (text.strip() if _PLAIN.fullmatch(text.strip()) and text != text.strip() else "")
    return f"the JVM is given the text as it stands: write {meant or 'digits and one of k, m, g'}"


def is_share(text: str) -> bool:
    """Whether a text is a percentage or a part of one, and no size.

    >>> [is_share(text) for text in ("10%", "0.1", "0,25", "1.5", "10")]
    [True, True, True, False, False]
    """
    return bool(_SHARE.fullmatch(text.strip()))


def meant_number(text: str) -> str:
    """The number in a text with a point and no percent sign; empty where there is none or nothing to change.

    >>> [meant_number(text) for text in ("60%", "0,6", "0.6", "most", "7.5 %")]
    ['0.6', '0.6', '', '', '0.075']
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return ""
    whole, fraction = found[1], found[2] or ""
    if found[3]:
        whole = whole.rjust(3, "0")
        whole, fraction = whole[:-2], whole[-2:] + fraction
    written = f"{int(whole)}.{fraction.rstrip('0')}".rstrip(".")
    return "" if written == text.strip() else written


def what_to_write(unit: str, text: str, example: str) -> str:
    """What to write in place of a text that was refused, with the reason; empty where the text is no slip of its unit.

    >>> what_to_write("size", "1.5g", "8g"), what_to_write("size", "300m", "8g")
    ('write 1536m: a size is a whole number', '')
    """
    if unit == "size":
        meant = meant_size(text)
        return f"write {meant}: {_slip(text)}" if meant else "" if _PLAIN.fullmatch(text.strip()) else _as_in(example)
    if unit == "number":
        meant = meant_number(text)
        return f"write {meant}: a number has a point and no percent sign" if meant else ""
    return ""


_PLAIN = re.compile(r"\d+[bkmgtp]?(?:i?b)?", re.IGNORECASE)


def _slip(text: str) -> str:
    if text.strip().isdigit():
        return "a size needs its unit"
    if re.search(r"\d[.,]\d", text) and not re.match(r"\d{1,3}(?:,\d{3})+(?!\d)", text.strip()):
        return "a size is a whole number"
    return "digits, and one letter right behind them"


def _as_in(example: str) -> str:
    return f"write digits and a unit, as in {example if example[-1:].isalpha() else '8g'}"
