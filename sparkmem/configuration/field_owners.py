"""Whose fields a program writes out: an operator's object, what a submitter is given, workers of a platform."""

from __future__ import annotations

import re
from functools import cached_property

from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.operator_fields import FIELDS, KINDS
from sparkmem.configuration.program import Program

_OF_A_PART = re.compile(r"(Driver|Executor)(?:Resources?|Spec|Config|Settings)")
_SUBMITTERS = ("SparkSubmitOperator", "LivyOperator", "SparkSubmitHook")


class FieldOwners:
    """What the names in a program say of all of its fields, each asked once."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def operator_key(self, at: int, field: str) -> str:
        """The key for a field of an operator's driver or executor, where such an object is written out."""
        opener = self.program.opener[at]
        opener -= opener >= 1 and self.program.tokens[opener - 1].text == "dict"  # driver=dict(memory=…)
        owner = self.program.tokens[opener - 2].text if opener >= 2 and self.program.text(opener - 1) in (":", "=") else ""
        if opener >= 1 and (made := _OF_A_PART.fullmatch(str(self.program.text(opener - 1)))) and self._of_spark:
            return FIELDS[made[1].lower()].get(field, "")  # DriverResource(memory=…), as a client of an operator has them
        return FIELDS[owner].get(field, "") if owner in ("driver", "executor") and self._operator else ""

    @cached_property
    def submitter(self) -> bool:
        """Whether an operator of Airflow's submits a job, and its fields are the job's."""
        return any(token.kind == NAME and token.text in _SUBMITTERS for token in self.program.tokens)

    @cached_property
    def workers(self) -> bool:
        """Whether fields of memory are the sizes of workers that EMR Serverless starts, and no settings of Spark's."""
        return any(token.kind == STRING and (token.text or "").endswith(" vCPU") for token in self.program.tokens)

    @cached_property
    def _of_spark(self) -> bool:
        """Whether a name or a text of the program is of Spark's operator or of a SparkApplication."""
        return any("park" in str(token.text) for token in self.program.tokens if token.kind in (NAME, STRING))

    @cached_property
    def _operator(self) -> bool:
        named = {token.text for token in self.program.tokens if token.kind == STRING}
        parts = bool(named & {"driver", "executor"})
        return any(kind in named for kind in KINDS) or (parts and bool(named & {"spec", "mainApplicationFile", "sparkConf"}))
