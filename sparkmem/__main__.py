"""The command line: ``sparkmem CALCULATOR [--INPUT VALUE ...]``, and ``batch``, ``replay``, ``read``, ``write``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from os.path import exists
from pathlib import Path
from typing import Any, TextIO

from sparkmem import __version__
from sparkmem.calculators import CALCULATORS
from sparkmem.configuration import FORMATS, ConfigurationError
from sparkmem.errors import BadInputs, InputError
from sparkmem.render.comparison_words import comparison_dict, comparison_text
from sparkmem.render.copied import copied
from sparkmem.render.origin import Origin
from sparkmem.render.text import answer_text, errors_text, help_text, replay_help_text
from sparkmem.requests.comparison import compare
from sparkmem.requests.convert import read_text, written
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold
from sparkmem.requests.evaluate import SEE, checked_keys, evaluate, run
from sparkmem.requests.pairs import Side
from sparkmem.requests.streams import guarded, input_lines, input_text, output
from sparkmem.spark.managers.trace import replay

USAGE = f"""\
sparkmem CALCULATOR [--INPUT VALUE ...] [--json]   one answer
sparkmem explain [FILE ...] [--INPUT VALUE ...]    the job in these files or one quoted text; - is standard input
sparkmem explain ... --strict                      the same, with status 1 for a risk; 2 is for a refusal or an error
sparkmem explain ... --variants [--json]           the same under each collector, release and cluster manager
sparkmem CALCULATOR ... --as FORMAT                the same to be taken away: {", ".join(COPY_FORMATS)}
sparkmem CALCULATOR ... --against [--INPUT VALUE ...]  two answers side by side: now, and before
sparkmem CALCULATOR --help                         its inputs
sparkmem batch                                     requests as JSON Lines in, answers out
sparkmem replay [--release RELEASE]                traces of a memory manager as JSON Lines in, answers out
sparkmem replay --help                             the format of a trace
sparkmem read [FORMAT] [--release RELEASE]         a configuration in, its settings as JSON out
sparkmem write FORMAT                              settings as JSON, or a configuration, in; FORMAT out

calculators: {", ".join(CALCULATORS)}
formats: {", ".join(FORMATS)}"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0, or 2 with the errors on standard error; of a job see ``_status``."""
    return guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if words else 2
    if words[0] == "--version":
        print(f"sparkmem {__version__}")
        return 0
    if words[0] == "batch":
        if words[1:]:
            print(errors_text([InputError("", "batch takes no options", SEE)]), file=sys.stderr)
            return 2
        return batch(input_lines(), output())
    if words[0] in ("read", "write"):
        return convert(words[0], words[1:])
    if words[0] == "replay":
        return replay_command(words[1:])
    return one(words[0], words[1:])


def one(calculator: str, words: Sequence[str]) -> int:
    """Answer one request from the command line."""
    if calculator in CALCULATORS and ("--help" in words or "-h" in words):
        print(help_text(CALCULATORS[calculator]))
        return 0
    words, against = _sides(words)
    switches = ("--json", "--variants", "--strict") if calculator == "explain" else ("--json",)
    try:
        if calculator == "explain":
            words = _with_files(words, switches)
        texts, as_json = _options([word for word in words if word not in switches]), "--json" in words
        format = texts.pop("as", "")
        request: dict[str, Any] = {"calculator": calculator, "inputs": texts}
        request |= {} if against is None else {"against": _options(against)}
        result, given, _ = run(request)
        if format:
            return _taken(request, format)
        if "against" in request:
            print(_compared(request, Side(result, given), as_json))
            return 0
    except BadInputs as bad:
        print(errors_text(bad.errors), file=sys.stderr)
        return 2
    if "--variants" in words:
        _with_variants(request, answer_text(result, given), as_json)
    else:
        print(json.dumps(evaluate(request), indent=2) if as_json else answer_text(result, given))
    return _status(result.headline, "--strict" in words) if calculator == "explain" else 0


def _status(verdict: str, strict: bool) -> int:
    """2 where a job is refused or does not fit; with ``--strict`` 1 where anything else is in its way; else 0.

    >>> [_status(verdict, True) for verdict in ("Fits. Any", "Fits if a node", "Fits, but risky.", "Refused by Spark")]
    [0, 0, 1, 2]
    """
    if verdict.startswith(("Refused", "Does not fit")):
        return 2
    return 0 if not strict or verdict.startswith(("Fits.", "Fits if")) else 1


def _with_files(words: Sequence[str], switches: Sequence[str]) -> list[str]:
    """The words, with what the files among them hold as ``--text``."""
    names, kept, is_value = list[str](), list[str](), False
    for word in words:
        is_file = not is_value and (word == "-" or not word.startswith("-"))
        (names if is_file else kept).append(word)
        is_value = not is_value and word.startswith("--") and "=" not in word and word not in switches
    if not names:
        return kept
    texts = [_file(name) for name in names]
    whole = texts[0] if len(texts) == 1 else "".join(f"~~~~~~\n{text.rstrip()}\n~~~~~~\n" for text in texts)
    return [f"--text={whole}", *kept]


def _file(name: str) -> str:
    """What a file holds, or standard input, or the words themselves that name none; ``BadInputs`` where that is no text."""
    if any(map(str.isspace, name)) and not exists(name):
        return name
    if name == "-":
        return input_text()
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise BadInputs([InputError("text", f"{name}: {said}", SEE, change="name a file that can be read, or -")]) from None


def _with_variants(request: dict[str, Any], text: str, as_json: bool) -> int:
    from sparkmem.calculators.explain.variants import tables_of  # here: an answer alone does not wait for them
    from sparkmem.render.variants import table_text

    tables = tables_of(request["inputs"])
    if as_json:
        print(json.dumps({**evaluate(request), "variants": [found.as_dict() for found in tables]}, indent=2))
    else:
        print("\n\n".join([text, *map(table_text, tables)]))
    return 0


def _sides(words: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """The words before ``--against``, and those after it, where it is there."""
    if "--against" not in words:
        return list(words), None
    at = list(words).index("--against")
    after = list(words[at + 1 :])
    return [*words[:at], *(["--json"] if "--json" in after else [])], [word for word in after if word != "--json"]


def _taken(request: dict[str, Any], format: str) -> int:
    """Write an answer in a format; what has no place in it goes to standard error."""
    try:
        found = copied(request, format, Origin(date=date.today().isoformat()))
    except CannotHold as error:
        instead = f"\n  take instead: {', '.join(error.instead)}" if error.instead else ""
        print(f"as {format}: {error.message}{instead}", file=sys.stderr)
        return 2
    sys.stdout.write(found.text)
    sys.stdout.flush()
    if found.beside and not COPY_FORMATS[format].has_comments:
        print("The answer also rests on this, which has no place there:", *found.beside, sep="\n  ", file=sys.stderr)
    return 0


def _compared(request: dict[str, Any], now: Side, as_json: bool) -> str:
    """The comparison as text or JSON; ``BadInputs`` where the other side has no answer."""
    result, given, _ = run({**request, "inputs": request["against"]})
    found = compare(CALCULATORS[request["calculator"]], Side(result, given), now)
    return json.dumps(comparison_dict(found), indent=2) if as_json else comparison_text(found)


def _options(words: Sequence[str]) -> dict[str, str]:
    """``--name value`` and ``--name=value`` as texts by name."""
    texts: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            raise BadInputs([InputError("", f"{word!r} is not an option", SEE, change="options are --INPUT VALUE")])
        name, has_value, value = word[2:].partition("=")
        if not has_value:
            value = next(rest, None)  # type: ignore[assignment]
        if value is None:
            raise BadInputs([InputError(name, f"--{name} has no value", SEE, change=f"write --{name} VALUE")])
        if name in texts:
            raise BadInputs([InputError(name, f"--{name} is given twice", SEE, change="leave one of the two out")])
        texts[name] = value
    return texts


def convert(word: str, words: Sequence[str]) -> int:
    """Read a configuration from standard input, or write it in another format."""
    try:
        formats, options = _formats_and_options(word, words)
        text = input_text()
        if word == "read":
            print(json.dumps(read_text(text, "".join(formats), options.get("release", "")), indent=2))
        else:
            sys.stdout.write(written(text, formats[0]))
    except BadInputs as bad:
        print(errors_text(bad.errors), file=sys.stderr)
        return 2
    except ConfigurationError as error:
        print(f"{word}: {error}", file=sys.stderr)
        return 2
    return 0


def _formats_and_options(word: str, words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    at = next((place for place, one in enumerate(words) if one.startswith("--")), len(words))
    formats, options = list(words[:at]), _options(words[at:])
    if len(formats) > 1 or (word == "write" and not formats):
        raise ConfigurationError(f"name one format of {', '.join(FORMATS)}")
    wrong = next((name for name in options if word == "write" or name != "release"), None)
    if wrong is not None:
        raise BadInputs([InputError(wrong, f"{word} has no option --{wrong}", SEE)])
    return formats, options


def batch(requests: Iterable[str], answers: TextIO) -> int:
    """Answer each line in order, one line each and at once; a bad line gets its errors and stops nothing."""
    for line in requests:
        answers.write(json.dumps(_batch_answer(line)) + "\n")
        answers.flush()
    return 0


def replay_command(words: Sequence[str]) -> int:
    """Replay the traces of standard input, one answer a line; a bad trace gets its errors and stops nothing."""
    if "--help" in words or "-h" in words:
        print(replay_help_text())
        return 0
    try:
        options = _options(words)
        if set(options) - {"release"}:
            message = f"replay has no option {', '.join(f'--{name}' for name in options if name != 'release')}"
            raise BadInputs([InputError("", message, SEE, change="its one option is --release")])
    except BadInputs as bad:
        print(errors_text(bad.errors), file=sys.stderr)
        return 2
    answers = output()
    for line in input_lines():
        if line.strip():
            answers.write(json.dumps(_replayed(line, options)) + "\n")
    return 0


def _replayed(line: str, options: dict[str, str]) -> object:
    try:
        trace = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"errors": [InputError("", f"not a JSON object on one line: {error}", SEE).as_dict()]}
    return replay({**options, **trace} if isinstance(trace, dict) else trace)


def _batch_answer(line: str) -> object:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _no_answer(f"not a JSON object on one line: {error}")
    try:
        return evaluate(checked_keys(request, ("calculator", "inputs")) if isinstance(request, dict) else request)
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    except Exception as defect:
        return _no_answer(f"a defect of sparkmem, not of the request: {type(defect).__name__}: {defect}")


def _no_answer(message: str) -> dict[str, object]:
    return {"errors": [InputError("", message, SEE).as_dict()]}


if __name__ == "__main__":
    sys.exit(main())
