"""The forms, each a module that is loaded when a text looks like it.

A form's module has ``FORMAT``, ``looks_like(text)`` (certain enough to try), ``read(text)`` and, where it can be
written, ``write(configuration)``.  Its line in ``FORMS`` says by which words a text may be of that form, so that the
module is loaded only then.  They stand from the surest to the least sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import cast

from sparkmem.configuration.clue import Clue, Near, clue
from sparkmem.configuration.configuration import Configuration


@dataclass(frozen=True)
class Format:
    """One form: its id, its name for people, its module, and what a text of that form has."""

    id: str
    name: str
    module: str
    telling: Clue

    @cached_property
    def _loaded(self) -> ModuleType:
        return import_module(f"sparkmem.configuration.{self.module}")

    def looks_like(self, text: str) -> bool:
        """Whether a text is likely of this form."""
        return bool(self.telling.search(text)) and bool(self._loaded.looks_like(text))

    def read(self, text: str) -> Configuration:
        """What a text of this form holds; ``ConfigurationError`` where it is none."""
        return cast(Configuration, self._loaded.read(text))

    def keys(self, text: str) -> set[str]:
        """The keys of which the last resort would say something."""
        return cast("set[str]", self._loaded.keys(text))

    @property
    def write(self) -> Callable[[Configuration], str] | None:
        """The function that writes the form, where there is one."""
        return getattr(self._loaded, "write", None)


def _form(id: str, name: str, module: str, words: str, pattern: str = "") -> Format:
    parts = tuple(words.split(" "))
    return Format(id, name, module, clue(parts, pattern or "|".join(map(re.escape, parts))))


FORMS = (
    _form("notebook-session", "cells of a notebook that configure its session", "notebook_sessions", "configure conf config",
          r"(?m:^[ \t]*%%?[\w.-]*(?:configure|conf|spark config))"),
    _form("emr-json", "EMR configuration", "emr_json", "[ {"),
    _form("aws", "command of aws or kubectl patch", "aws_command", "aws patch", r"\baws\b|\bpatch\b"),
    _form("emr-steps", "steps of aws emr", "emr_steps", "Args=", r"\bArgs="),
    _form("dataproc", "gcloud dataproc command", "dataproc", "gcloud yc", r"\b(?:gcloud|yc)\b"),
    _form("submitter", "command of a platform that submits jobs", "submitters", "cde synapse", r"\b(?:cde|synapse)\b"),
    _form("curl", "body of a request with curl", "curl_body", "curl", r"\bcurl\b"),
    _form("helm", "values on Helm's command line", "helm_values", "helm argoproj.io",
          r"\bhelm(?:_release)?\b|\bargoproj\.io\b"),
    _form("stream-edits", "sed, perl or awk that edit a file", "stream_edits", "sed perl awk",
          r"\b(?:g?sed|perl|[gmn]?awk)\b"),
    _form("jvm-properties", "options of a JVM that runs Spark inside itself", "jvm_properties", "-Dspark."),
    _form("session-builder", "SparkConf or session builder", "builder", "config set master option",
          r"\.\s*(?:config|set|master|option)"),
    _form("get-all", "output of SparkConf.getAll", "get_all", "spark. arguments:",
          r"\(\s*u?['\"]?spark\.|Parsed arguments:"),
    _form("spark-application", "SparkApplication", "spark_application", "SparkApplication onf: spec: driver: executor:",
          r"SparkApplication|spark[Cc]onf:|(?m:^ *(?:spec|driver|executor):)"),
    _form("markdown", "Markdown table", "markdown_table", "|"),
    _form("table", "table with titles", "table_columns", "\t ; , |", r"\A[^\n{}=]{0,4000}[\t;,|]"),
    _form("json", "JSON", "json_text", "[ {", r"^\s*(?:%%\w+[^\n]{0,80}\s)?[\[{]"),
    _form("sections", "INI or TOML", "sections", "]", r"(?m:^[ \t]*\[[^\n]{1,120}\][^\n]{0,80}$)"),
    _form("hcl", "Terraform", "hcl", "resource data module variable locals = jsonencode(",
          r"(?m:^[ \t]*(?:resource|data|module|variable|locals)\b)|=[ \t]*(?:\{|<<)|jsonencode\("),
    _form("hocon", "HOCON", "hocon", "spark", r"\bspark\b[^\n]{0,80}[{=:]"),
    _form("jvm-command", "command line of a JVM", "jvm_command",
          "java xecutorBackend SparkSubmit ApplicationMaster ExecutorLauncher DriverWrapper",
          r"\bjava(?:\.exe)?[\"']?\s|(?m:^[0-9]{1,8} [\w.]*"
          r"(?:xecutorBackend|SparkSubmit|ApplicationMaster|ExecutorLauncher|DriverWrapper)\b)"),
    _form("environment-variables", "environment variables", "environment_variables", "SPARK_",
          r"SPARK_[A-Z]+|PYSPARK_SUBMIT_ARGS"),
    _form("yaml", "YAML", "yaml_maps", ":", r"(?m:^[ \t]*(?:- )?[\"']?[\w./-]+[\"']?:(?:[ \t]|$))"),
    _form("code", "program code", "code", "\" ' ( ="),
    _form("environment", "rows of the Environment page", "environment_rows", "Name Information Properties Java \t",
          r"Name|Information|Properties|Java Version|\t"),
    _form("properties-xml", "XML properties", "properties_xml", "<",
          r"<(?:name|property|prop|configuration|arg|argument|spark-opts|entry|jvmArgs)\b"),
    _form("sql", "SET of Spark SQL or Hive", "sql_set", "set SET Set sET SEt sEt seT SeT", r"(?i:\bset\s)"),
    _form("spark-submit", "spark-submit", "spark_submit", "spark -", r"spark|(?m:^[ \t]*(?:-c|--[a-z]))|start-thriftserver"),
    _form("spark-defaults", "spark-defaults.conf", "defaults_file", "."),
    _form("few-words", "sizes in a few words", "few_words", "xecutor river", r"[eE]xecutor|[dD]river"),
    _form("any-text", "settings among other words", "any_text", "park PARK emory MEMORY xecutor river",
          r"[Ss]park|SPARK|-memory|[a-z]Memory|_memory|_MEMORY|[eE]xecutor|[dD]river"),
)  # fmt: skip
FORMATS: dict[str, Format] = {form.id: form for form in FORMS}
LIKELY = Near(FORMS, lambda form: form.telling)
LAST_RESORT = FORMS[-1]
"""Any known key with a value beside it."""
