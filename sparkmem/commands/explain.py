"""``sparkmem explain``: a whole job from files or standard input, and an exit status for a pipeline."""

from __future__ import annotations

import json
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import Any

from sparkmem.answer.result import Result
from sparkmem.calculators.explain.calculator import EXPLAIN as CALCULATOR
from sparkmem.commands.answer import answer_options, compared, input_options, request_of, taken
from sparkmem.commands.command import SEE, Command, value
from sparkmem.commands.files import text_of
from sparkmem.errors import BadInputs, InputError
from sparkmem.given import Given
from sparkmem.render.explained import explained_text
from sparkmem.render.screen import screen_of
from sparkmem.render.text import rows_text
from sparkmem.requests.evaluate import evaluate, run
from sparkmem.requests.pairs import Side

BELOW = """\
The answer says what was taken and what is lost, then the verdict, then draws
each container to scale. An option goes before what stands in the text.

examples:
  sparkmem explain submit.sh
  sparkmem explain spark-defaults.conf submit.sh --cluster-manager yarn
  kubectl get sparkapplication etl -o yaml | sparkmem explain - --node-memory 32g
  sparkmem explain "spark-submit --executor-memory 8g job.py" --figures
  sparkmem explain --strict submit.sh || exit 1

exit status:
  0  the job fits, or nothing stands in its way that is known
  1  with --strict: a risk, a setting that is lost, a value that is not given
  2  it is refused by Spark or the JVM, it does not fit, or it cannot be read"""


def _options(parser: ArgumentParser) -> None:
    about = "files that hold the job, together one configuration; - is standard input; or the text itself, quoted"
    parser.add_argument("files", nargs="*", metavar="FILE", help=about, default=[])
    group = parser.add_argument_group("what is told")
    group.add_argument("--strict", action="store_true", help="exit status 1 for whatever is not simply: fits")
    group.add_argument("--figures", action="store_true", help="every figure with its reason, and every remark")
    group.add_argument("--variants", action="store_true", help="also each other collector, release and cluster manager")
    answer_options(parser)
    input_options(parser, [item for item in CALCULATOR.inputs if item.in_form])
    rest = [item.name for item in CALCULATOR.inputs if not item.in_form]
    settings = parser.add_argument_group("settings, as --KEY VALUE", "\n".join(f"  {name}" for name in rest))
    for name in rest:
        value(settings, name, "TEXT", SUPPRESS)


def _run(given: Namespace) -> int:
    if given.files:
        if hasattr(given, "text"):
            said = "--text is given and a file is named"
            raise BadInputs([InputError("text", said, SEE, change="leave one of the two out")])
        given.text = text_of(given.files)
    request = request_of("explain", given)
    result, found, _ = run(request)
    if hasattr(given, "as"):
        return taken(request, getattr(given, "as"))
    if "against" in request:
        print(compared(request, Side(result, found), hasattr(given, "json")))
        return 0
    print(_json(request, given) if hasattr(given, "json") else _told(request, result, found, given))
    return status(result.headline, hasattr(given, "strict"))


def _told(request: dict[str, Any], result: Result, found: Given, given: Namespace) -> str:
    figures = hasattr(given, "figures")
    text = explained_text(result, screen_of(sys.stdout, os.environ), rows_text(result) if figures else [])
    return "\n\n".join([text, *_variants(request)]) if hasattr(given, "variants") else text


def _json(request: dict[str, Any], given: Namespace) -> str:
    answer = evaluate(request)
    if hasattr(given, "variants"):
        from sparkmem.calculators.explain.variants import tables_of  # here: an answer alone does not wait for them

        answer["variants"] = [table.as_dict() for table in tables_of(request["inputs"])]
    return json.dumps(answer, indent=2)


def _variants(request: dict[str, Any]) -> list[str]:
    from sparkmem.calculators.explain.variants import tables_of  # here: the same
    from sparkmem.render.variants import table_text

    return [table_text(table) for table in tables_of(request["inputs"])]


def status(verdict: str, strict: bool) -> int:
    """2 where a job is refused or does not fit; with ``strict`` 1 where anything else is in its way; else 0.

    >>> [status(verdict, True) for verdict in ("Fits. Any", "Fits if a node", "Fits, but risky.", "Refused by Spark")]
    [0, 0, 1, 2]
    """
    if verdict.startswith(("Refused", "Does not fit")):
        return 2
    return 0 if not strict or verdict.startswith(("Fits.", "Fits if")) else 1


EXPLAIN = Command(
    "explain", "a whole job", "Read a job in whatever form it is, say whether it fits, and draw its memory.",
    _options, _run, BELOW, "[FILE ...] [OPTIONS]",
)  # fmt: skip
