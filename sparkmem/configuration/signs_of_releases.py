"""By which words a text tells the release of Spark, the surest first; the release is the group that matched.

Behind a name that people give to files and images of their own (``*``), numbers below those of any release mean nothing.
"""

from sparkmem.configuration.clue import Clue, clue
from sparkmem.release import RELEASES

SIGNS: tuple[tuple[str, str, Clue], ...] = (
    ("release", "", clue(("Running Spark version", "SPARK_VERSION"),
     r"\bRunning Spark version (\d+\.\d+)|SPARK_VERSION(?:[\"']?\s{0,3}[:=]\s{0,3}[\"']?| )v?(\d+\.\d+)")),
    ("release", "", clue(("parkVersion", "park Version", "requiredSparkVersion", "clientSparkVersion", "productVersion"),
     r"\b(?:[sS]park ?|(?:required|client)Spark|product)Version[\"']?\s{0,3}[:=]\s{0,3}[\"']?v?(\d+\.\d+)")),
    ("release", "", clue(("SparkProcessor(", "SparkJarProcessor("),
     r"\b(?:PySpark|SparkJar)Processor\([^()]{0,600}?\bframework_version\s{0,3}=\s{0,3}[\"'](\d\.\d)")),
    ("release", "", clue(("runtime_version",),
     r"\bruntime_version[\"']?\s{0,3}[:=]\s{0,3}[\"']?([34]\.\d)\b")),  # Azure ML's
    ("release", "", clue((".version",),
     r"\b(?:sc|spark|sparkContext)\.version\b\)?[ \t]*\n(?:[\w: ]{0,30}= ?)?[\"']?(\d\.\d)\.\d")),
    ("release", "*", clue(("spark",),
     r"spark(?<!\wspark)(?:(?:-py|-r|-k8s|-operator/spark)?[:@-]|(?<!-spark)_)v?(\d\.\d)(?:\.\d{1,2})?\b")),
    ("release", "*", clue(("image", "FROM "),
     r"(?:\bimage[\"']?\s{0,3}[:=]|\bFROM )\s{0,3}[\"']?[^\s\"']{0,120}\bspark(?:-[a-z]{2,12}){0,3}:v?(\d\.\d)\.\d")),
    ("release", "*", clue(("repository", "tag:", "image.tag="),  # of an image in a chart's values, before or behind its name
     r"\brepository[\"']?\s{0,3}:[^\n]{0,80}spark[^\n]{0,40}?(?:\n\s{1,12}|,\s{0,3})[\"']?tag[\"']?\s{0,3}:\s{0,3}[\"']?v?(\d\.\d)\b"
     r"|\b(?:repository|name):[ \t]{1,3}[\"']?[\w./-]{0,80}\bspark(?!-operator)[\w-]{0,20}[\"']?[ \t]{0,3}"
     r"(?:\n[ \t]{1,20}(?!tag:)\w{1,40}:[^\n]{0,80}){0,3}\n[ \t]{1,20}tag:[ \t]{1,3}[\"']?v?(\d\.\d)\b"
     r"|\btag:[ \t]{1,3}[\"']?v?(\d\.\d)\b[^\n]{0,40}(?:\n[ \t]{1,20}(?!repository:)\w{1,40}:[^\n]{0,80}){0,3}"
     r"\n[ \t]{1,20}repository:[ \t]{1,3}[\"']?[\w./-]{0,80}\bspark(?!-operator)[\w-]{0,20}[\"']?[ \t]{0,3}(?m:$)"
     r"|\bhelm\b[^\n]{0,200}?/spark\b[^\n]{0,300}?\bimage\.tag=[\"']?v?(\d\.\d)\b")),
    ("release", "", clue(("park ", "park|", "park-version"),
     r"\b[sS]park(?:[ ]{1,3}|[ ]?\|[ ]?|-version[=:][ ]?)v?(\d\.\d)(?:\.\d{1,2})?(?![\w%]|\.\d)")),
    ("release", "", clue(
     ("park version", "park Version", "park_version", "park_Version", "park-version", "park-Version"),
     r"\b(?:[pP]y)?[sS]park[ _-][vV]ersion[\"']?\*{0,2}(?: is| used|[ ]{0,8}[:=|]{1,2}| )\*{0,2}[ ]{0,8}[`\"']?v?"
     r"(\d\.\d)(?:\.\d{1,2})?(?![\w%]|\.\w)")),
    ("release", "", clue(("park",),
     r"\b(?:[pP]y)?[sS]park(?:\*{0,2}[ ]{0,3}[:=][ ]{0,3}\*{0,2}[ ]{0,3}[`\"']?v?|(?<=yspark) v?|)"
     r"(\d\.\d)(?:\.\d{1,2})?(?![\w%]|\.\w)")),
    ("release", "", clue(("-bin", "/spark"), r"\bspark-(\d\.\d)\.\d{1,2}-bin\b|/spark[-_]?(\d\.\d)\.\d{1,2}\b")),
    ("release", "", clue(("/spark-", "/spark_", "/spark/"),
     r"/spark[-_/]v?(\d\.\d)(?:\.\d{1,2})?/(?:bin|sbin|jars|lib|conf|python)\b")),
    ("release", "", clue(("module ",), r"\bmodule (?:load|add|swap) [^\n#]{0,80}?\bspark/v?(\d\.\d)(?:\.\d{1,2})?\b")),
    ("release", "", clue(("SPARK2-", "SPARK3-"),
     r"\bSPARK2-(\d\.\d)\.\d{1,2}\.cloudera\d|\bSPARK3-(\d\.\d)\.\d\.\d")),  # a parcel
    ("release", "", clue(("spark-core_", "<spark.version>"),
     r"\bspark-core_2\.1[0-3]-(\d\.\d)\.\d|<spark\.version>(\d\.\d)")),
    ("release", "", clue(("org.apache.spark", "spark-core", "spark-sql"),
     r"\borg\.apache\.spark[\"'] {1,3}%%? {1,3}[\"']spark-[a-z-]{2,30}(?:_2\.1[0-3])?[\"'] {1,3}% {1,3}[\"'](\d\.\d)\.\d"
     r"|<artifactId>spark-(?:core|sql)_2\.1[0-3]</artifactId>\s{0,40}<version>(\d\.\d)\.\d"
     r"|[\"']spark-(?:core|sql)_2\.1[0-3][\"'], {0,3}version[:=] {0,3}[\"'](\d\.\d)\.\d")),
    ("release", "", clue(("iceberg-spark", "hudi-spark", "sedona-spark", "paimon-spark"),
     r"\b(?:iceberg|hudi|sedona|paimon)-spark(?:-[a-z]{2,12}){0,2}-?(\d\.\d)(?:-bundle)?_2\.1[0-3]")),
    ("release", "", clue(("org.apache.spark:",), r"\borg\.apache\.spark:spark-[a-z0-9-]{2,40}_2\.1[0-3]:(\d\.\d)\.\d")),
    ("release", "", clue(("pyspark", "version ", "spark_connect("),
     r"\bpyspark(?:\[[\w, -]{1,60}\])?[ ]?(?:==|~=|>=)[ ]?(\d\.\d)\b|\bversion (\d\.\d)\.\d{1,2}\n?(?=[ /_\\]{3})"
     r"|\bspark_connect\([^()]{0,400}\bversion\s{0,3}=\s{0,3}[\"'](\d\.\d)")),
    ("release", "", clue(("version",),
     r"\b(?:spark\d?-(?:submit|shell|sql)|pyspark)\d?(?:\.cmd)? --version\b[^\n]{0,120}(?:\n[^\n]{0,120}){0,6}?"
     r"\bversion v?(\d\.\d)\.\d"
     r"|\b(?:spark\d?-(?:submit|shell|sql)|pyspark)\d?(?:\.cmd)? --version[`\"'*)]{0,3}[ \t]*"
     r"(?:says|shows|prints|gives|reports|tells(?: me)?|is|:|=|->|=>)?[ \t]*[`\"'*(]{0,3}v?(\d\.\d)\.\d{1,2}\b")),
    ("release", "", clue(('"spark"',), r"\"spark\"\s{0,3}:\s{0,3}[\"'](\d\.\d)\.\d")),  # of the REST interface
    ("release", "", clue(("ersion?", "ersion ?"),
     r"(?m:^|[:>\]])[ \t]?(?:(?:[wW]hich|[wW]hat) )?(?:[sS]park )?[vV]ersion ?\?[ \t]*\n[^\n]{0,40}?"
     r"(?<![\w.])(\d\.\d)(?:\.(?:\d{1,2}|x|[a-z]{4,12}))?(?![\w%]|\.\w)")),  # asked, and answered below
    ("release", "", clue(("Jobs",),
     r"(?m:^)[ \t]*(?:Apache Spark )?v?(\d\.\d)\.\d{1,2}(?:[.-][\w.-]{1,30})?\s{1,9}Jobs\s{1,9}Stages\b")),  # of the web UI
    # Of Spark 2 only the last release is computed: beside Spark 1 or 3 distributions call its commands by their number.
    ("release", "2.4", clue(("spark2-", "pyspark2", "SPARK_MAJOR_VERSION", "SPARK2"),
     r"(?<![\w.])(?:spark2-(?:submit|shell|sql|client)|pyspark2)\b|\bSPARK_MAJOR_VERSION=[\"']?2\b|\bSPARK2_(?:HOME|CONF_DIR)\b"
     r"|/SPARK2/")),
)  # fmt: skip

_NEWEST_OF_2, NEWEST_OF_3 = ([one for one in RELEASES if one.startswith(major)][-1] for major in ("2.", "3."))
NO_NEWER: tuple[tuple[str, Clue], ...] = (
    (NEWEST_OF_3, clue(
     ("spark3-", "SPARK_MAJOR_VERSION", "SPARK3"),
     r"(?<![\w.])spark3-(?:submit|shell|sql|client)\b|\bSPARK_MAJOR_VERSION=[\"']?3\b"
     r"|\bSPARK3_(?:HOME|CONF_DIR)\b|/SPARK3/")),
    # SparkSubmit.prepareSubmitEnvironment has taken no such master since 3.0; spark_connect writes another of it.
    (_NEWEST_OF_2, clue(
     ("yarn-cl",),
     r"(?:--master[\"',=\s]{1,8}|\b[mM]aster\(\s{0,5}|\bmaster[\"']?\s{0,3}[:=]?\s{0,3})[\"']?yarn-(?:client|cluster)\b")),
    # what is compiled for Scala 2.11 or older runs with no Spark from 3.0 on, and for 2.12 with none from 4.0 on
    (_NEWEST_OF_2, clue(("_2.10", "_2.11"), r"\b[\w.-]{2,60}_2\.1[01](?=[:-]\d)")),
    (NEWEST_OF_3, clue(("_2.12",), r"\b[\w.-]{2,60}_2\.12(?=[:-]\d)")),
)  # fmt: skip
"""What tells a release than which there is no newer one that it can be: where nothing says it, that stands for it."""
IN_A_PATH = clue(
    ("/spark", "microsoft-spark-"),
    r"(?:/spark-?(?=\d\d)|\bmicrosoft-spark-(?=\d-\d_2))([1-4])-?(\d)"
    r"(?:\d?/s?bin/(?:spark|pyspark|start|beeline)|_2\.1[0-3]-\d)",
)
"""The digits of a release without their points, in the folder of a command and the jar of .NET for Apache Spark."""
JAVA_BEFORE_4 = ("8", "11")
"""On which no release from 4.0 on runs (SPARK-44112)."""
