"""All kinds of wrapping taken off a text, one after the other: a further kind is a module and its name in ``_PEELS``."""

from __future__ import annotations

from sparkmem.configuration import named_values
from sparkmem.configuration.peel import (
    abbreviated,
    around,
    block_comments,
    described_rows,
    diffs,
    docker_env,
    documents,
    dotnet_calls,
    entities,
    escaped,
    exec_form,
    fences,
    files,
    folded_lines,
    html_rows,
    into_containers,
    jdbc_urls,
    log_prefixes,
    make_recipes,
    notebook_files,
    option_variables,
    outputs,
    prompts,
    run_lines,
    sparks_advice,
    typography,
    windows_folders,
)
from sparkmem.configuration.piece import Piece

_PEELS = (
    notebook_files, typography, entities, described_rows, sparks_advice, diffs, block_comments, run_lines, prompts,
    log_prefixes, jdbc_urls, around, make_recipes, docker_env, folded_lines, option_variables, named_values, exec_form,
    dotnet_calls, windows_folders, into_containers, abbreviated,
)  # fmt: skip


def peeled(text: str) -> list[Piece]:
    """The parts of a text that say something, each without what lies around it; the whole where nothing does.

    >>> [piece.text for piece in peeled("Mine:\\n```\\n$ spark-shell\\n```\\nIt fails.")]
    ['spark-shell', 'Mine:\\n\\n\\n\\n']
    """
    whole = escaped.peel(Piece(text))
    tables, plain = html_rows.parts(whole)
    printed, plain = outputs.parts(plain)
    for kind in _PEELS:
        plain = kind.peel(plain)
    apart = [part for piece in fences.parts(plain) for part in files.parts(piece)]
    found = [part for piece in apart for part in documents.parts(piece)] + printed
    return [*tables, *(Piece(piece.text, [whole.line(n) for n in piece.lines] or whole.lines) for piece in found)]
