"""Which class of a line was thrown there: not one that only wraps another, nor one that says that something is gone."""

from __future__ import annotations

import re
from itertools import islice

_CLASS = re.compile(
    r"(?<![\w.$/-])((?:[a-z_]\w{0,60}\.){0,12}(?:[A-Z]\w{0,80}\$){0,2}"
    r"_?[A-Z]\w{0,80}(?:Exception|Error|NotFound))(?=:|[ \t]{0,4}$|\")"
)
_MOST_NAMED = 12
_WRAPPERS = frozenset((
    "ExecutionException", "InvocationTargetException", "UndeclaredThrowableException", "CompletionException",
    "Py4JJavaError", "Py4JError", "PythonException", "AirflowException", "CalledProcessError", "SystemExit",
    "SparkUserAppException", "PrivilegedActionException", "UncheckedExecutionException", "UncheckedIOException",
    "ExceptionInInitializerError", "HiveSQLException", "NotebookExecutionException", "WorkflowException", "GlueException",
    "StreamingQueryException", "QueryExecutionException", "SparkConnectGrpcException", "SparkConnectException",
    "SparkDriverExecutionException", "ActionRequestValidationException", "TransformException", "Exception", "Error",
    "ExitException", "ExitCodeException", "YarnException", "ApplicationFailedException", "PapermillExecutionError",
))  # fmt: skip
_ONLY_AROUND_OTHERS = frozenset(("SparkException", "RuntimeException", "SparkRuntimeException", "IOException", "Exception"))
"""What wraps where something else is inside, and else is what was thrown; Spark's own only under a condition's name."""
_CONDITION = re.compile(r"\[(?!INTERNAL_ERROR|TASK_WRITE_FAILED|FAILED_EXECUTE_UDF)[A-Z][A-Z0-9_.]{3,80}\]")
_GONE = re.compile(
    r"org\.apache\.spark\.(?:rpc|network|shuffle|storage|memory|scheduler)\.|io\.netty\.|^py4j\.|\.grpc\.|grpc\._"
    r"|(?:^|\.)(?:\w{0,20}Connect(?:ion)?\w{0,20}|ClosedChannel|Socket\w{0,20}|\w{0,20}Timeout|EOF|Interrupted\w{0,20}|Cancell?ation"
    r"|ClosedByInterrupt|RejectedExecution|BrokenPipe|Py4JNetwork|TaskKilled|Keyboard\w{0,10}|NoRouteToHost|AsynchronousClose"
    r"|SparkNoSuchElement|ExecutorDead|RpcEnvStopped|\w{0,40}OutOf\w{0,20}Memory|\w{0,40}Memory|\w{0,40}OOM|\w{0,30}VirtualMachine|Internal"
    r"|StackOverflow)(?:Exception|Error)$"
)
"""Classes that say that a process, a connection or a thread is gone, or that are memory's."""
_GONE_WORDS = re.compile(
    r"(?i)stopped SparkContext|SparkContext (?:has been|was|is being) (?:shut ?down|stopped)|blockmgr-|/shuffle_[0-9]"
    r"|connection (?:reset|refused|closed|was)|broken pipe|failed to connect|no space left|cannot allocate|out of memory"
    r"|\bmemory\b|outofmemory|executor (?:lost|exited|heartbeat)|cannot call methods|failed with(?:out| exit)"
    r"|\bexit(?:ed)?\b|timed out|Filesystem closed|finished with failed status|\bheap\b|disk quota|too many open files"
    r"|shutdown"
)


_GONE_LETTERS = (
    "sparkcontext", "blockmgr-", "/shuffle_", "connection ", "broken pipe", "failed to", "no space", "cannot ", "memory",
    "executor ", "failed with", "exit", "timed out", "filesystem", "finished with", "heap", "disk quota", "too many",
    "shutdown",
)  # fmt: skip
"""One of these stands in each match, in small letters."""


def innermost(line: str) -> tuple[str, bool]:
    """The last class in a line that was thrown there, and whether it is what ended something; empty where there is none.

    >>> innermost("Caused by: java.lang.RuntimeException: java.io.FileNotFoundException: no /x")
    ('FileNotFoundException', True)
    >>> innermost("py4j.protocol.Py4JJavaError: An error occurred while calling o1.save."), innermost("no Error here")
    (('Py4JJavaError', False), ('', False))
    """
    last, found = "", ""
    for one in islice(_CLASS.finditer(line), _MOST_NAMED):
        if last and not line[: one.start()].rstrip().endswith((":", "(", "{", "Caused by:")):
            continue
        last = one[1].rpartition(".")[2].rpartition("$")[2]
        if _is_own(one[1], last, line[one.end() :]):
            found = last
    return (found, True) if found else (last, False)


def _says_gone(text: str) -> bool:
    if text.isascii() and not any(map(text.lower().__contains__, _GONE_LETTERS)):
        return False
    return bool(_GONE_WORDS.search(text))


def _is_own(whole: str, name: str, rest: str) -> bool:
    if name in _WRAPPERS or _GONE.search(whole) or _says_gone(rest[:300]):
        return False
    if name == "SparkException":
        return bool(_CONDITION.search(rest[:120]))
    return name not in _ONLY_AROUND_OTHERS or not _CLASS.search(rest[:300])
