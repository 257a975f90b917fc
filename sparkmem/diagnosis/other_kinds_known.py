"""Kinds of failures that are not about memory: the classes and the words by which they are told, and what to do first."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of failure: its title, what it is, and the first thing to do.

    ``names`` are classes without their package; ``words`` stand in the line.
    """

    title: str
    says: str
    do: str
    names: frozenset[str] = frozenset()
    words: re.Pattern[str] | None = None


def _kind(title: str, says: str, do: str, names: str = "", words: str = "") -> Kind:
    return Kind(title, says, do, frozenset(names.split()), re.compile(words) if words else None)


KINDS = (
    _kind(
        "A store asked for fewer requests",
        "The object store answered that it is asked too often (503 Slow Down, 429).",
        "fewer requests at once (fewer tasks that list or write, fewer and larger files, more prefixes), and more"
        " retries of the client",
        words=r"(?i)\bslow ?down\b|reduce your request rate|throttl|too ?many ?requests|rate exceeded"
        r"|Status Code: (?:503|429)",
    ),
    _kind(
        "A right or a credential is missing",
        "A store, a catalog or a file system refused the caller, or had no valid credential of it.",
        "who the caller is in this process (role, key, ticket, and when it expires), and what it may do with the"
        " object that is named",
        "AccessDeniedException AccessControlException AuthorizationException GSSException ForbiddenException"
        " NoCredentialsError ExpiredTokenException CredentialsNotAvailableException AuthenticationException",
        r"(?i)access ?denied|permission denied|\bforbidden\b|Status Code: 40[13]|ExpiredToken|Kerberos"
        r"|NoAuthWithAWS|(?:unable|failed) to (?:load|find) (?:any )?(?:AWS )?credentials|INSUFFICIENT_PERMISSIONS",
    ),
    _kind(
        "All connections of a client's pool are taken",
        "The client of a store has a fixed number of connections, and none came free in time.",
        "fs.s3a.connection.maximum (spark.hadoop.fs.s3a.connection.maximum) above the number of tasks and"
        " threads, and streams that are not closed",
        words=r"(?i)timeout waiting for connection from pool",
    ),
    _kind(
        "A class is missing",
        "No jar on the class path of this process has the class.",
        "the jar that has it, by --packages or --jars, and not only on the machine of the driver",
        "ClassNotFoundException NoClassDefFoundError",
        r"Failed to find (?:the )?data source|DATA_SOURCE_NOT_FOUND|Class \S+ not found",
    ),
    _kind(
        "Jars of different releases are mixed",
        "A class is there, and not in the form for which its caller was compiled.",
        "two releases of one library on the class path: compare the jars of the job with those of"
        " $SPARK_HOME/jars (Spark, Scala, Hadoop, Guava)",
        "NoSuchMethodError NoSuchFieldError IncompatibleClassChangeError AbstractMethodError"
        " InvalidClassException UnsupportedClassVersionError VerifyError LinkageError",
        r"local class incompatible|serialVersionUID|class file version",
    ),
    _kind(
        "Driver and workers run different releases of Python",
        "Spark refuses to run a function in another minor release of Python than that which made it.",
        "PYSPARK_PYTHON for the workers and PYSPARK_DRIVER_PYTHON for the driver, or one environment for both",
        words=r"PYTHON_VERSION_MISMATCH|Python in worker has different version",
    ),
    _kind(
        "Java keeps its own classes closed",
        "This release of Java lets nobody into its modules who is not allowed in by an option.",
        "a release of Java that this Spark supports, or the --add-opens options that Spark's own scripts give",
        "InaccessibleObjectException",
        r"module java\.base does not .{0,20}(?:opens|exports)",
    ),
    _kind(
        "A file or a path is not there",
        "What is read does not exist, or not any more: a wrong path, or files that somebody replaced meanwhile.",
        "the path that is named, as this process sees it; of a table, REFRESH TABLE after its files were replaced",
        "FileNotFoundException NoSuchKeyException NoSuchFileException InvalidInputException NoSuchBucketException",
        r"Path does not exist|PATH_NOT_FOUND|Input path does not exist|NoSuchKey|NoSuchBucket|FILE_NOT_EXIST"
        r"|It is possible the underlying files",
    ),
    _kind(
        "What is to be written is there already",
        "The path or the table exists, and the mode of writing forbids to replace it.",
        "the mode (overwrite, append), or what an earlier attempt left",
        "FileAlreadyExistsException TableAlreadyExistsException",
        r"(?i)already exists",
    ),
    _kind(
        "The query is wrong",
        "Spark could not resolve or parse the query: a name, a type or a word of it.",
        "the name and the position that the text gives, against the schema that is there (printSchema, DESCRIBE)",
        "AnalysisException ParseException ParseError ExtendedAnalysisException",
        r"UNRESOLVED_COLUMN|TABLE_OR_VIEW_NOT_FOUND|PARSE_SYNTAX_ERROR|DATATYPE_MISMATCH|cannot resolve",
    ),
    _kind(
        "Two writers were in each other's way",
        "Another transaction changed the same table meanwhile.",
        "who else writes to the table at that time; the failed one can be repeated",
        "ConcurrentAppendException ConcurrentDeleteReadException ConcurrentTransactionException"
        " ConcurrentWriteException ConcurrentModificationException CommitFailedException MetadataChangedException"
        " ProtocolChangedException",
    ),
    _kind(
        "A database refused",
        "The database that Spark asked, or wrote to, answered with an error of its own.",
        "the database's own message and code in the line",
        "SQLException PSQLException SQLServerException SQLSyntaxErrorException BatchUpdateException"
        " SQLRecoverableException SQLTransientConnectionException SQLIntegrityConstraintViolationException"
        " CommunicationsException OperationalError",
    ),
    _kind(
        "A host was not found or not reached",
        "A name has no address, or nobody listens there.",
        "the host and the port that the text names, from the machine of this process",
        "UnknownHostException BindException SSLHandshakeException NoRouteToHostException NoBrokersAvailable"
        " gaierror",
    ),
    _kind(
        "A value does not have the form that was expected",
        "A record, a file or a column holds something else than its reader expects.",
        "the value or the file that the text names; a reader's mode (PERMISSIVE), try_cast, or the schema",
        "NumberFormatException DateTimeParseException DateTimeException SparkDateTimeException"
        " SparkNumberFormatException SparkArithmeticException ArithmeticException ArrowInvalid ArrowTypeError"
        " ParquetDecodingException JSONDecodeError UnicodeDecodeError UnicodeEncodeError"
        " SchemaColumnConvertNotSupportedException MalformedInputException ParserError BadRecordException"
        " ZeroDivisionError",
        r"CAST_INVALID_INPUT|is not a Parquet file|DIVIDE_BY_ZERO|ARITHMETIC_OVERFLOW|Malformed records"
        r"|expected magic number",
    ),
    _kind(
        "A package of Python is missing",
        "The Python of this process does not have the module.",
        "the package in the environment of the workers too, not only in the driver's (--archives, a container's"
        " image)",
        "ModuleNotFoundError ImportError",
    ),
    _kind(
        "Something in a task cannot be sent",
        "A function refers to an object that cannot be serialized.",
        "what the function refers to from outside: a connection, a session, a class; make it inside the function",
        "NotSerializableException PicklingError",
        r"Task not serializable|[Cc]annot pickle|CONTEXT_ONLY_VALID_ON_DRIVER",
    ),
    _kind(
        "Kafka no longer has what the query wants to read",
        "The offsets of the checkpoint are gone from the topic: it was made again, or kept for too short.",
        "the topic's retention, and failOnDataLoss",
        "OffsetOutOfRangeException",
        r"Some data may have been lost|failOnDataLoss",
    ),
    _kind(
        "A fault of the program",
        "The program's own code, or a library's, met a value that it does not expect.",
        "the first frame of the program's own code below the exception",
        "NullPointerException ClassCastException ArrayIndexOutOfBoundsException IndexOutOfBoundsException"
        " MatchError StringIndexOutOfBoundsException NoSuchElementException UnsupportedOperationException"
        " AttributeError KeyError TypeError ValueError IndexError NameError AssertionError UnboundLocalError"
        " NotImplementedError RecursionError SyntaxError",
    ),
)  # fmt: skip
"""In the order in which their words are tried."""
