"""Calls of .NET for Apache Spark, whose methods are Scala's with a capital: ``Config`` is ``config``."""

from __future__ import annotations

import re

_SIGNS = ("Microsoft.Spark", "DotnetRunner", "microsoft-spark-")
_BEGUN = re.compile(r"\bSparkSession\s{0,9}\.\s{0,200}Builder\(\)|\bnew SparkConf\(")
_CALL = re.compile(r"(?<=\.)(?:Builder(?=\(\))|Config|GetOrCreate|Set|SetIfMissing|SetMaster|Master|Conf)(?=\()")


def peel(text: str) -> str:
    """The text with the names that such methods have in Scala, where a session of .NET is built, letter for letter.

    They are ``Config`` and ``GetOrCreate`` of ``src/csharp/Microsoft.Spark/Sql/Builder.cs`` of dotnet/spark.

    >>> peel('using Microsoft.Spark.Sql;\\nvar s = SparkSession.Builder().Config("a", "b").GetOrCreate();').split("= ")[1]
    'SparkSession.builder().config("a", "b").getOrCreate();'
    """
    if not any(sign in text for sign in _SIGNS) or not _BEGUN.search(text):
        return text
    return _CALL.sub(lambda name: name[0][0].lower() + name[0][1:], text)
