"""Another program's error that came back to Spark: it stands inside the message of an exception of a client's.

Spark Connect, Spark's Thrift server and Livy relay what happened in a driver, and are none of these.
Nor is a line of a log in JSON.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.diagnosis.services import ELASTICSEARCH, METASTORE, NAMENODE, Service

_MEMORY = r"[^\n]{0,300}?(?:OutOfMemoryError|out_of_memory|heap space|GC overhead|Data too large)"
_FILTER = (("WHERE", "A filter on the columns that partition the table, in each query: then it lists few partitions."),)
_REMOTE = (
    (replace(METASTORE, less=_FILTER), r"MetaException\(message:"
     r"|TApplicationException: Internal error processing (?:get|add|alter|create|drop)_"),
    (Service("HBase's server", "HBASE_HEAPSIZE", "in hbase-env.sh"), r"RemoteWithExtrasException\("),
    (NAMENODE, r"hadoop\.ipc\.RemoteException\("),
    (ELASTICSEARCH,
     r"EsHadoopRemoteException|EsHadoopInvalidRequest|circuit_breaking_exception|\"type\" ?: ?\"out_of_memory_error\""),
    (Service("Solr", "SOLR_HEAP", "in solr.in.sh"), r"RemoteSolrException|SolrServerException"),
    (Service("the catalog's server"), r"iceberg\.exceptions\.(?:ServiceFailure|REST)Exception"),
    (Service("the server that was asked over HTTP"),
     r"HTTP/[0-9.]{1,3} 5[0-9]{2}|(?:response|status) code:? 5[0-9]{2}|\"status\" ?: ?\"?5[0-9]{2}"
     r"|\b5[0-9]{2} (?:Internal )?Server Error"),
)  # fmt: skip
_RELAYED = tuple((service, re.compile(f"(?:{begins}){_MEMORY}")) for service, begins in _REMOTE)
_MAY_BE = re.compile(r"Exception|\b5[0-9]{2}\b|EsHadoop|out_of_memory|circuit_breaking")
_OF_SPARK = re.compile(
    r"SparkConnect|HiveSQLException|spark\.connect|livy|\"(?:log_?level|level|severity|logger)\"", re.IGNORECASE
)


def relayed(line: str) -> Service | None:
    """The program whose memory ran out, where the line has its error in a message that came back; else None.

    >>> relayed("MetaException(message:java.lang.OutOfMemoryError: Java heap space)").name
    "Hive's metastore"
    >>> relayed("Caused by: java.lang.OutOfMemoryError: Java heap space")
    """
    line = line[:4000]
    if not _MAY_BE.search(line) or _OF_SPARK.search(line):
        return None
    return next((service for service, pattern in _RELAYED if pattern.search(line)), None)
