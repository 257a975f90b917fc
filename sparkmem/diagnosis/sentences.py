"""A sentence as it stands behind a colon: its first word small, where it is no name."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z0-9]+")
_NAMES = frozenset((
    "Airflow", "Arrow", "Comet", "Databricks", "Dataproc", "Glue", "Gluten", "Hadoop", "Hive", "Java", "Kafka", "Kryo",
    "Kubernetes", "Kyuubi", "Livy", "Mesos", "Netty", "Parquet", "Photon", "Python", "Snowflake", "Spark", "Synapse", "Yarn",
))  # fmt: skip
"""Names that begin sentences of ours; one with a second capital or a digit (PySpark, RocksDB, G1) tells itself."""


def lowered(text: str) -> str:
    """The sentence with a small first letter.

    >>> lowered("More memory."), lowered("YARN killed it."), lowered("A fine thing"), lowered("-XX:+A")
    ('more memory.', 'YARN killed it.', 'a fine thing', '-XX:+A')
    >>> lowered("Databricks' native engine"), lowered("Kryo writes"), lowered("Kryo, in Spark's words"), lowered("RocksDB's")
    ("Databricks' native engine", 'Kryo writes', "Kryo, in Spark's words", "RocksDB's")
    >>> lowered("R asked for memory."), lowered("G1 had no room."), lowered("Word2Vec has"), lowered("Executors keep")
    ('R asked for memory.', 'G1 had no room.', 'Word2Vec has', 'executors keep')
    """
    match = _WORD.match(text)
    if not match or match[0] in _NAMES or (match[0] != "A" and not match[0][1:].islower()):
        return text
    return text[:1].lower() + text[1:]
