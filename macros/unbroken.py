"""Text that the end of a line does not divide: a number stays with its unit, a range with its ends."""

_NO_BREAK = "\N{NO-BREAK SPACE}"


def unbroken(text: str) -> str:
    """The text as one piece.

    >>> unbroken("1,536 MiB")
    '1,536\\xa0MiB'
    """
    return text.replace(" ", _NO_BREAK)


def unbroken_items(listed: str) -> str:
    """A list that is divided between its items only.

    >>> unbroken_items("2 cores, 3 GiB")
    '2\\xa0cores, 3\\xa0GiB'
    """
    return ", ".join(map(unbroken, listed.split(", ")))
