"""By which words a text tells the language of the application, the surest first."""

from sparkmem.configuration.clue import Clue, clue

OF_R = ("spark_connect(", "sparkR.")

SIGNS: tuple[tuple[str, str, Clue], ...] = (
    ("language", "jvm", clue(("scala> ", "Using Scala version"), r"(?m:^[ \t]{0,8}scala> )|\bUsing Scala version\b")),
    ("language", "python", clue((">>> ", "Using Python version", "Out"),
     r"(?m:^[ \t]{0,8}>>> )|\bUsing Python version\b|(?m:^[ \t]{0,8}Out ?\[\d{1,4}\]:)")),
    ("language", "python", clue(("pyspark",),
     r"(?m:^[ \t]{0,8}(?:[$#%] )?(?:\S{0,100}/)?pyspark(?=[ \t]{1,9}--?[a-z]|[ \t]{0,9}$))")),
    *(("language", name, clue(("%spark",),
       rf"(?m:^[ \t]{{0,8}}%{{1,2}}spark[ \t][^\n]{{0,200}}?(?:-l|--language)[ =]{word}\b)"))
      for name, word in (("python", "python"), ("jvm", "scala"), ("r", "(?:r|R)"))),  # sparkmagic's
    ("language", "python", clue(("ySpark", "yspark"),
     r"[(,] ?[pP]y[sS]park ?[,)]|\b[pP]y[sS]park (?:job|app|application|script|program|pipeline)s?\b(?! or )")),
    ("language", "python", clue(("ySpark", "yspark", "anguage"),
     r"(?m:^[ \t>]{0,8}(?:[-*•] )?\*{0,2}[pP]y[sS]park\*{0,2}(?: \d\.\d[\w.]{0,12})?[ \t]*$)"
     r"|\b[lL]anguage\*{0,2}[ ]?[:=|]\*{0,2}[ ]{0,3}(?:[pP]y[sS]park|[pP]ython)\b(?![ ]?[,/]| or )")),
    ("language", "r", clue(("sparkR.conf(",), r"\bsparkR\.conf\(")),
    ("language", "r", clue(("```r", "```R", "```{", "spark_config()", "sparkEnvir", "config$", "conf$"),
     r"(?m:^[ \t>]{0,8}```\{?[rR]\b)|\bspark_config\(\)|\bsparkEnvir\b|\bconf(?:ig)?\$`?[\w.`-]{1,60}[ \t]{0,8}<-")),
    ("language", "python", clue(("PythonRunner", "python_wheel_task", "spark_python_task"),
     r"\borg\.apache\.spark\.deploy\.PythonRunner\b|\b(?:python_wheel|spark_python)_task\b")),
    ("language", "jvm", clue(
     ("--class", "className", "MAIN_CLASS_NAME", "scalaVersion",
      *(f"{which}{joined}lass" for which in ("main", "entry") for joined in ("C", "c", "_c", "_C"))),
     r"\bscalaVersion\s{0,3}:=|\bMAIN_CLASS_NAME\"\s|--class[=\s\"',]{1,5}[a-z][\w$.]*\.[A-Z]"
     r"|\b(?:(?:main|entry)_?[cC]lass(?:_name)?|className)[\"']?\s{0,3}[=:]\s{0,3}[\"']?[a-z][\w$.]*\.[A-Z]")),
    ("language", "jvm", clue((".jar\"", ".jar'"),
     r"\b(?:application|[eE]ntry_?[pP]oint|app)[\"']?\s{0,40}[=:]\s{0,3}(?:[\w.]{1,60}\()?[\"'][^\"'\s]{1,200}\.jar[\"']")),
    ("language", "python", clue(("pyspark", "pySparkJob", "main"),
     r"\bpyspark_?(?:[jJ]ob|[bB]atch)\b|\bpySparkJob\b|\bmain_?[pP]ython_?[fF]ile_?[uU]ri\b")),
    ("language", "python", clue(("from pyspark", "import pyspark", "SparkSession.builder"),
     r"\bfrom pyspark\b|\bimport pyspark\b|\bSparkSession\.builder\b(?!\s{0,5}\()")),
    ("language", "jvm", clue(("builder()",), r"\bSparkSession\s{0,9}\.\s{0,9}builder\(\)")),  # an attribute in Python
    ("language", "python", clue(("pyspark:",), r"(?m:^[ \t]{1,20}pyspark:[ \t]*$)")),
    ("language", "python", clue(("Python\"", "Python'"), r"\btype[\"']?:\s{0,3}[\"']Python[\"']")),
    ("language", "python", clue((".py",),
     r"\b(?i:entry|app|script|(?:python_?|application_?|main_?)?file)[ ]{0,3}[=:][ ]{0,3}[\"']?[\w./%~-]{1,100}\.py\b")),
    ("language", "python", clue(("kind",), r"[\"']kind[\"']\s{0,3}[:=]\s{0,3}[\"']py(?:spark|thon)3?[\"']")),  # Livy's
    ("language", "python", clue(("anguage",),
     r"[\"']language[\"']\s{0,3}[:=]\s{0,3}[\"'](?:[pP]ython|PYTHON|[pP]y[sS]park)[\"']")),
    ("language", "python", clue((".py\"", ".py'"),
     r"\b(?:application|[eE]ntry_?[pP]oint|[eE]ntryFilePath|submit_app|file|py(?:thon)?_file)[\"']?\s{0,40}"
     r"[=:]\s{0,3}(?:\"[^\"\s]{1,200}|'[^'\s]{1,200})\.py[\"']")),
    ("language", "python", clue(("pyspark",), r"(?m:^%(?:spark\d?\.)?(?:i?pyspark)[ \t]*$)")),  # Zeppelin's
    ("language", "python", clue(
     ("--job-language", "criptLocation", "cript_location", "cript_Location", "criptlocation", "PythonVersion"),
     r"--job-language[\"']?\s{0,9}[=:,]\s{0,3}[\"']?python\b|"
     r"\b[sS]cript_?[lL]ocation[\"']?\s{0,9}[=:]\s{0,3}[\"']?[^\"'\s]{1,200}\.py(?=[\"'\s])"
     r"|[\"']?PythonVersion[\"']?\s{0,3}:")),
    ("language", "python", clue(("spark.executor.pyspark.memory",),
     r"\bspark\.executor\.pyspark\.memory[\"'`\s=:,|]{1,9}[0-9]")),
    ("language", "python", clue(("spark.app.name",),
     r"\bspark\.app\.name[\"'`]?[\s=:|,]{1,12}[\"'`]?[\w./-]{1,100}\.py\b")),
    ("language", "python", clue(("flyte",), r"(?m:^[ \t]{0,8}(?:from|import) flyte(?:kit)?(?:plugins)?\b)")),
    ("language", "r", clue(("sparklyr.",), r"\bsparklyr\.(?:shell|connect|cores|gateway|backend|apply|sql|log|livy)\.\w")),
    ("language", "python", clue(("--py-files", "pyFiles", "py_files"),
     r"\bpy_files\s{0,3}=\s{0,3}f?[\"'\[][^\"'\s\]]|"
     r"(?<![\w-])--py-files[=\s\"',]{1,5}[^\s\"',-]"
     r"|\bspark\.(?:submit|yarn\.dist)\.pyFiles[\"'`=:,| \t]{1,30}[^\s\"',}\])|\\-]"
     r"|[\"'](?:pyFiles|py_files)[\"']\s{0,3}[:=]\s{0,3}\[?\s{0,20}[\"'][^\"'\s]")),
    *(("language", name, clue((end,),
       rf"(?m:^[ \t]{{0,20}}--?[a-z][^\n]{{0,400}}\n[ \t]{{0,20}}[\w./:$~{{}}-]{{1,160}}\{end}(?=[ \t\\]|$))"))
      for name, end in (("python", ".py"), ("r", ".R"), ("jvm", ".jar"))),  # the application, cut off from its options
    ("language", "python", clue(("python",),
     r"(?m:^[ \t]{0,12}(?:[$>] )?(?:(?:nohup|exec|time|poetry run|uv run) )?python3?(?:\.\d{1,2})?"
     r" [\w./${}~-]{1,120}\.py\b)")),
    ("language", "r", clue(("library(", *OF_R),
     r"\blibrary\((?:SparkR|sparklyr)\b|\bspark_connect\(|\bsparkR\.(?:session|init)\(")),
    ("language", "python", clue(("DatabricksSession.",), r"\bDatabricksSession\.builder\b(?!\s{0,5}\()")),
    ("language", "python", clue(("method:",), r"(?m:^[ \t]{2,20}method:[ \t]{0,3}session\b)")),  # of dbt
    ("language", "python", clue(("pyspark", ".egg", "PY_FILES"),
     r"@task\.pyspark\b|\bspark\.(?:sql\.execution\.arrow\.)?pyspark\.(?!memory)\w|/[\w.-]{1,80}\.egg\b|\bPY_FILES\b")),
    ("language", "python", clue(("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"),  # which a program of the JVM's has no use for
     r"(?m:^[^\n#]{0,200}?(?<![\w{$])PYSPARK_(?:DRIVER_)?PYTHON"
     r"(?:[\"']?[ \t]{0,3}[=:,]|[ \t]{1,30}[\w./]|[\"']?\s{0,40}value:))")),
    ("language", "python", clue(("pyspark", "spark-py"),  # an image that was made for Python
     r"\b(?:[iI]mage|IMAGE)[\"']?\s{0,12}[:=][ \t]{0,12}[\"']?[\w./:-]{0,120}?(?<!\w)(?:pyspark|spark-py)(?![a-z])")),
    ("language", "python", clue((".py",),  # a file of the program's in whatever words, where nothing surer is said
     r"(?<![\w.*$}])(?!\S{0,200}(?:find_spark_home|site-packages|dist-packages|/bin/|setup)\S{0,80}\.py)"
     r"[\w/-][\w./-]{0,100}\.py(?![\w.*]|\S{0,3}\.(?:jar|scala|java)\b)")),
)  # fmt: skip
