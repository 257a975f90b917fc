"""What of an input may leave the page, in an address or a copy: what has the shape of what is meant, so never a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.configuration.carried import JAVA_OPTIONS, carried, java_options
from sparkmem.input import Input
from sparkmem.subjects.job.example import LOST_SETTINGS

# A regular expression that Python and JavaScript read alike, bounded, so that both take it in linear time.
_UNIT = "(?:[bB]|[kKmMgGtTpP](?:[iI]?[bB]?)|[uUmM]?[sS]|min|[hd]|%|[eE][+\\-]?[0-9]{1,3}|[lLfFdD])"
_ODD = "NaN|Infinity|0[xX][0-9a-fA-F]{0,13}(?:[.][0-9a-fA-F]{0,13})?[pP][+\\-]?[0-9]{1,4}"
VALUE = f"[+\\-]?(?:[0-9]{{0,40}}(?:[.,][0-9]{{0,40}})?[ ]?{_UNIT}?|{_ODD})|[tT]rue|[fF]alse|TRUE|FALSE"
_FLAG_NAME = "(?:[A-Z][a-z]{0,30}[0-9]{0,2}){1,30}"
_FLAG = f"-X(?:mx|ms|mn|ss)[0-9]{{1,20}}[kKmMgGtT]?|-XX:(?:[+\\-]{_FLAG_NAME}|{_FLAG_NAME}=[0-9.]{{1,40}}[kKmMgGtT%]?)"
_SHOWN = "[0-9.,_]{1,40}[ ]?[kKmMgGtTpP]?[iI]?[bB]?(?:ytes)?"
# As clouds name what they rent: r5.4xlarge, G.2X, Large, 16vcpu-128gb, Standard_E8s_v5, n2-standard-8.
_MACHINE = (
    "[A-Za-z][A-Za-z0-9]{1,7}(?:-[fF]lex)?[.](?:[0-9]{0,3}[xX])?[lL]arge|[A-Za-z][.][0-9]{1,3}[xX]"
    "|[xX]{0,2}(?:[lL]arge|[mM]edium|[sS]mall)|[0-9]{1,3}vcpu-[0-9]{1,4}gb|[sS]tandard_[A-Za-z]{1,2}[0-9]{1,3}[a-z]{0,4}_[vV][0-9]"
    "|[A-Za-z][0-9][A-Za-z]?-(?:standard|highmem|highcpu|megamem|ultramem|hypermem)-[0-9]{1,3}"
)
_LOST = "[a-z\\-]{1,40}:[A-Za-z0-9.\\-]{1,80}"
_OWN = {
    "number": f"(?:{_SHOWN}[ ]?/[ ]?)?{_SHOWN}",
    "machine-type": f"(?:{_MACHINE})?",
    LOST_SETTINGS: f"(?:{_LOST}(?:,{_LOST}){{0,200}})?",
}
FLAGS = frozenset({*JAVA_OPTIONS, "jvm-flags"})


def shape(name: str) -> str:
    """What a text for this input looks like; of flags, each of them.

    >>> bool(re.fullmatch(shape("spark.executor.memory"), "8g")), bool(re.fullmatch(shape("machine-type"), "r5.4xlarge"))
    (True, True)
    """
    return _FLAG if name in FLAGS else _OWN.get(name, VALUE)


def shared(item: Input, text: str) -> str | None:
    """The text as it may leave the page: of flags those that size memory; None where it may be a secret.

    >>> heap = CALCULATORS["executor-memory"].by_name["spark.executor.memory"]
    >>> shared(heap, "8g"), shared(heap, "8g # password: hunter2")
    ('8g', None)
    """
    if item.choices:
        return text if text in [value for value, _ in item.choices] or re.fullmatch(VALUE, text) else None
    if item.name in FLAGS:
        return java_options(text)[0]
    return text if item.private or re.fullmatch(shape(item.name), text) else None


def shareable(calculator: str, inputs: Mapping[str, str]) -> dict[str, str]:
    """What an address may hold of these inputs; of settings whose value it may not, that they are lost."""
    known = CALCULATORS[calculator].by_name
    found = {name: shared(known[name], text) for name, text in inputs.items() if name in known}
    kept = {name: text for name, text in found.items() if text is not None and (text or not inputs[name])}
    lost = [f"value-not-readable:{name}" for name, text in found.items() if text is None and carried(name)]
    if lost and LOST_SETTINGS in known:
        kept[LOST_SETTINGS] = ",".join(filter(None, [kept.get(LOST_SETTINGS, ""), *lost]))
    return kept


def reduced(request: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A request as it may be copied, and the names of inputs whose text may be a secret."""
    calculator, left_out = request.get("calculator"), []
    changed = dict(request)
    for side in ("inputs", "against"):
        inputs = request.get(side)
        if not isinstance(inputs, Mapping) or not isinstance(calculator, str) or calculator not in CALCULATORS:
            continue
        known = CALCULATORS[calculator].by_name
        texts = {}
        for name, text in inputs.items():
            kept = shared(known[name], text) if name in known and isinstance(text, str) else text
            texts[name] = text if kept is None else kept
            if kept is None:
                left_out.append(name)
        changed[side] = texts
    return changed, left_out
