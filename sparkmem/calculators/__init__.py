"""The calculators, a folder each, and the list of them; a new one is a folder and a line."""

from collections.abc import Iterator, Mapping

from sparkmem.calculator import Calculator

_IDS = (
    "executor-memory",
    "container-request",
    "driver-memory",
    "pyspark-memory",
    "legacy-memory",
    "jvm-heap",
    "ui-number",
    "task-memory",
    "fit-node",
    "overhead-budget",
    "release-diff",
    "explain",
)


class _Calculators(Mapping[str, Calculator]):
    """Calculators by id; the folder of one is loaded when it is first asked for, so that one answer waits for one folder."""

    def __getitem__(self, id: str) -> Calculator:
        if id not in _IDS:
            raise KeyError(id)
        name = id.replace("-", "_")
        module = __import__(f"{__name__}.{name}", fromlist=[name.upper()])
        found: Calculator = getattr(module, name.upper())
        return found

    def __contains__(self, id: object) -> bool:
        return id in _IDS

    def __iter__(self) -> Iterator[str]:
        return iter(_IDS)

    def __len__(self) -> int:
        return len(_IDS)


CALCULATORS: Mapping[str, Calculator] = _Calculators()
