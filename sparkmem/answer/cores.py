"""Processors as people write them."""

from __future__ import annotations


def cores_number(millicores: int) -> str:
    """So many, from thousandths.

    >>> cores_number(16000), cores_number(15890), cores_number(1_200_000)
    ('16', '15.89', '1,200')
    """
    whole, thousandths = divmod(millicores, 1000)
    return f"{whole:,}" + f".{thousandths:03}".rstrip("0").rstrip(".")


def cores_text(millicores: int) -> str:
    """The same with its word.

    >>> cores_text(16000), cores_text(500), cores_text(1000)
    ('16 cores', '0.5 cores', '1 core')
    """
    number = cores_number(millicores)
    return f"{number} core{'s' * (number != '1')}"


def quantity(millicores: int) -> str:
    """The same as a manifest of Kubernetes has it.

    >>> quantity(4000), quantity(500)
    ('4', '500m')
    """
    return f"{millicores}m" if millicores % 1000 else str(millicores // 1000)


def quantity_text(millicores: int) -> str:
    """A manifest's quantity with its word, for what a manifest says.

    >>> quantity_text(1500), quantity_text(1000)
    ('1500m cores', '1 core')
    """
    return f"{quantity(millicores)} core{'s' * (millicores != 1000)}"
