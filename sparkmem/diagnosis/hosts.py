"""Where the name of a host stands in what Spark, YARN, Kubernetes and the system write."""

from __future__ import annotations

import re

NAME = re.compile(r"(?<![\w.-])[A-Za-z0-9][\w.-]{1,200}")
"""Whatever may be such a name."""
_HOST = r"([\w.-]{1,200})"
_TELLING = r"(?=[\w.-]{0,200}[0-9.-])"
"""A word of a sentence has no digit, dot or hyphen in it."""
_LABELS = r"(?:[a-z0-9-]{1,63}\.){0,4}(?:kubernetes\.io|k8s\.io)\b|(?:eks\.amazonaws|cloud\.google)\.com/"
"""What labels and taints of Kubernetes begin with: names of projects, and of nobody's hosts."""
_SOURCE = r"(?![\w.-]{1,200}\.(?:java|scala|py|kt|R|cc?|cpp|go|sh):)"
_FILES = r"(?:jar|py|zip|gz|log|xml|ya?ml|conf|sh|json|txt|md|csv|parquet|properties|so|out|err)"
_ADDRESS = r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"

NAMED = tuple(re.compile(pattern) for pattern in (
    r"(\b(?:hdfs|viewfs|webhdfs|spark|jdbc:[a-z]{2,20}|https?|thrift|tcp|akka\.tcp)://(?:[^\s/@]{1,80}@)?)" + _HOST,
    rf"()(?<![\w./-]){_HOST}(?=/(?:{_ADDRESS}\b|<unresolved>))",
    rf"(\bon host:? ){_HOST}",
    rf"(\bon (?:worker|node|NodeManager) ){_TELLING}{_HOST}",
    rf"(\b(?:on|to|from|at|with|by|manager) ){_SOURCE}(?![0-9]){_HOST}(?=:[0-9]{{4,5}}\b)",
    rf"(\bBlockManagerId\([\w-]{{1,40}}, ){_HOST}(?=, [0-9])",
    rf"(\b(?:[Hh]ost|[Hh]ostname|node(?:Id|HttpAddress|Name)|NodeId)[\"']? ?[:=] ?[\"']?)(?!null\b|true\b|false\b){_HOST}",
    rf"(\b[Yy]our hostname, ){_HOST}",
    rf"(\bNodeId ){_HOST}(?=:[0-9])",
    r"((?m:^)(?:<[0-9]{1,3}>)?"
    r"(?:[A-Z][a-z]{2} {1,2}[0-9]{1,2} [0-9:]{8}|20[0-9-]{8}T[0-9:.,]{8,15}(?:Z|[+-][0-9:]{4,6})) )"
    rf"{_HOST}(?= [\w./()-]{{1,60}}(?:\[[0-9]{{1,10}}\])?: )",
    rf"(\b[Nn]ode(?:Name)?: {{1,20}})(?!container_|application_|NodeId\b){_HOST}",
    r"(\b[Ee]xecutor [0-9]{1,9} on )([\w.-]{1,200}?)(?=[:,]|\.?\s|$)",
    r"(\bLost executor [\w-]{1,40} on )([\w.-]{1,200}?)(?=[:,]|\.?\s|$)",
    r"(\(TID [0-9]{1,12}\) \(|\(TID [0-9]{1,12}, )([\w.-]{1,200}?)(?=:[0-9]|,? executor )",
    r"(\(TID [0-9]{1,12}\) on )([\w.-]{1,200}?)(?=[:,]|\.?\s|$)",
    r"(\bworker-[0-9]{14}-)(?![0-9.]{7,15}-)([\w.-]{1,200})(?=-[0-9]{1,5}(?![\w.-]))",
    rf"(\b[Ss]uccessfully assigned [\w./-]{{1,300}} to ){_HOST}",
    rf"(\bNode ){_HOST}(?= status is now)",
    rf"((?<![\w.])node/){_HOST}",
    rf"(\bssh (?:-\w{{1,20}} ){{0,4}}(?:[\w.-]{{1,80}}@)?){_TELLING}{_HOST}",
))  # fmt: skip
"""What stands before a name, and the name."""
BARE = tuple(re.compile(pattern) for pattern in (
    r"\bip-[0-9]{1,3}(?:-[0-9]{1,3}){3}(?:\.[\w-]{1,63}){0,6}\b",
    rf"(?<![\w./])(?!{_LABELS})[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{1,6}}"
    r"\.(?:internal|local|lan|corp|intra|localdomain|com|net|io|cloud)(?![\w(]|\.\w)",
    # A hyphen beside digits is in no package of Java, and three labels are no file's name.
    rf"(?<![\w./-])(?!{_LABELS})[a-z][a-z0-9]{{0,62}}-[a-z-]{{0,40}}[0-9]{{1,12}}(?:\.[a-z][a-z0-9-]{{0,62}}){{1,5}}"
    rf"\.(?!{_FILES}\b)[a-z]{{2,20}}(?![\w(-]|\.\w)",
))  # fmt: skip
"""A name that says by itself that it is one."""
