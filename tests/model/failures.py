"""What tests of failures ask of a text again and again."""

from sparkmem.diagnosis.diagnose import diagnosed


def ids_in(text: str) -> list[str]:
    """The findings of a text, in their order."""
    return [one.finding.id for one in diagnosed(text).findings]


def values(text: str) -> dict[str, str]:
    """What is advised for each setting."""
    return {change["key"]: change["value"] for one in diagnosed(text).findings for change in one.changes}
