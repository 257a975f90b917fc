"""Calculations of every kind, run inside Pyodide by exercise.mjs: each input good, odd and wrong."""

import json
import sys
import zlib

from sparkmem.browser import (
    answer,
    complete,
    diagnose,
    diagnosis_copied,
    job_in,
    load_on,
    prepare,
    run_log,
    run_piece,
    variants,
    watch,
)
from sparkmem.calculators import CALCULATORS

TEXTS = ("", " ", "1", "0", "-1", "8g", "1.5g", "512M", "0.5", "1e-3", "nan", "ten", "1073741824", "9" * 30 + "g", "é<&\"")
SCRIPTS = ("", "cache rdd_0_0 300m\ntask 1 asks 200m", "task 1 aks 1m", "cache rdd_0_0 99999999999999999999g", "é<&\"")
FAILURES = ("", "é<&", "java.lang.OutOfMemoryError: Java heap space\n--conf spark.executor.memory=8g", "exit code 137")
LOG = b'{"Event":"SparkListenerLogStart","Spark Version":"3.5.1"}\n'
LOGS = (
    LOG,
    zlib.compress(LOG, wbits=31),  # gzip
    b"\x28\xb5\x2f\xfd\x20" + bytes([len(LOG)]) + (len(LOG) << 3 | 1).to_bytes(3, "little") + LOG,  # zstd: a raw block
)
"""One log as it is, and as Spark compresses it where Python's own library can undo that."""
NOT_REQUESTS = ('{"calculator": "no such"}', '{"calculator": "executor-memory", "inputs": {"release": "1.6"}}')


THIRDS = 3
A_WHILE_MS = 20


def texts_for(inputs):
    """Each input with the texts that it is asked with: those of one unit are read alike, and share the texts in thirds."""
    units = {}
    for item in inputs:
        units.setdefault(item.unit, []).append(item)
    for alike in units.values():
        for at, item in enumerate(alike):
            yield item, TEXTS if len(alike) < THIRDS else TEXTS[at % THIRDS :: THIRDS]


def requests(part, without=()):
    """Requests as JSON text: the defaults, then each input alone with its texts and each choice."""
    yield from () if part else NOT_REQUESTS
    asked = [CALCULATORS[part]] if part else [CALCULATORS[name] for name in CALCULATORS if name not in without]
    for calculator in asked:
        yield json.dumps({"calculator": calculator.id, "inputs": {}})
        yield json.dumps({"calculator": calculator.id, "inputs": {"spark.executor.memry": "8g"}})
        for item, texts in texts_for(calculator.inputs):
            for text in (*texts, *(value for value, _ in item.choices)):
                yield json.dumps({"calculator": calculator.id, "inputs": {item.name: text}})


def report(part: str, without: str = "") -> str:
    """How many requests were answered, refused and raised, and every module that is loaded now, as JSON.

    Of the whole package, the calculators named in `without` are made ready and not asked.
    """
    replies, raised = [], []
    if part:
        prepare(part)
    while not part and load_on(A_WHILE_MS):
        pass
    for request in requests(part, without.split()):
        try:
            replies.append(json.loads(answer(request))["ok"])
        except Exception as error:
            raised.append(f"{request}: {error!r}")
    for table in () if part else ("collectors", "releases", "cluster-managers"):
        for inputs in ({}, {"text": "spark.executor.memory 100m"}, {"text": "é<&"}):
            variants(json.dumps({"inputs": inputs, "table": table}))
    for script in () if part else SCRIPTS:
        for inputs in ({}, {"release": "2.4-static"}, {"second.release": "4.0"}, {"spark.executor.memory": "ten"}):
            replies.append(json.loads(watch(json.dumps({"inputs": {"script": script, **inputs}})))["ok"])
        complete(json.dumps({"script": script, "line": 1, "column": len(script)}))
    for text in () if part else FAILURES:
        request = json.dumps({"text": text, "page": "what-happened/", "region": "heap", "process": "executor"})
        replies.append(json.loads(diagnose(request))["ok"])
        diagnosis_copied(request)
        job_in(request)
    for log in () if part else LOGS:
        for step in ({"do": "begin", "names": ["a"]}, {"do": "log", "name": "a"}, {"do": "file"}):
            run_log(json.dumps(step))
        piece = json.loads(run_piece(log))
        if piece.get("bytes") != len(LOG):
            raised.append(f"a log: {piece}")
        for do in ("end", "whole", "first", "answer", "copy"):
            run_log(json.dumps({"do": do, "page": "read-a-run/"}))
    return json.dumps(
        {
            "answered": replies.count(True),
            "refused": replies.count(False),
            "raised": raised,
            "modules": sorted(sys.modules),
        }
    )
