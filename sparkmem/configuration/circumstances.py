"""What runs the job, concluded from keys, images, packages and labels, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.clue import Clue, clue
from sparkmem.configuration.configuration import Circumstances, Configuration, Said
from sparkmem.configuration.labels import release_of_label
from sparkmem.release import RELEASES

_OF_R = ("spark_connect(", "sparkR.")
_IN_R = r"\b(?:spark_connect|sparkR\.session|sparkR\.init)\([^\n]{0,200}\bmaster\s{0,3}=\s{0,3}[\"']"

_OF_A_DEPLOYMENT = ("eploy-mode", "eploy_mode", "eploy mode", "eployMode", "yarn-cl")
_IN_A_FIELD = (
    r"(?m:(?:^|[{{,(;|])[ \t]{{0,12}}[`\"']?[dD]eploy(?:[-_ ]m|M)ode[`\"']?\s{{0,12}}(?:=>|[=:|])\s{{0,3}}[`\"']?{mode}\b)"
    r"|(?m:^[ \t]{{0,12}}(?:spark\.)?master[ \t]{{0,12}}[=: \t][ \t]{{0,3}}yarn-{mode}\b)"
)
"""A field of any name for the deploy mode, at the beginning of a line or of an object; the old masters too."""

# (what is said, its value or '' for a release that is captured, how it is told), the surest first.
_SIGNS: tuple[tuple[str, str, Clue], ...] = (
    ("release", "", clue(("Running Spark version", "SPARK_VERSION"),
     r"\bRunning Spark version (\d+\.\d+)|SPARK_VERSION[\"']?\s{0,3}[:=]\s{0,3}[\"']?v?(\d+\.\d+)")),
    ("release", "", clue(("parkVersion", "park Version", "requiredSparkVersion", "productVersion"),
     r"\b(?:[sS]park ?|requiredSpark|product)Version[\"']?\s{0,3}[:=]\s{0,3}[\"']?v?(\d+\.\d+)")),
    ("release", "", clue(("spark",), r"\bspark(?:-py|-r|-k8s|-operator/spark)?[:@_-]v?(\d\.\d)(?:\.\d{1,2})?\b")),
    ("release", "", clue(("image",),
     r"\bimage[\"']?\s{0,3}[:=]\s{0,3}[\"']?[^\s\"']{0,120}\bspark(?:-[a-z]{2,12}){0,3}:v?(\d\.\d)\.\d")),
    ("release", "", clue(("repository",),
     r"\brepository[\"']?\s{0,3}:[^\n]{0,80}spark[^\n]{0,40}?(?:\n\s{1,12}|,\s{0,3})[\"']?tag[\"']?\s{0,3}:\s{0,3}[\"']?v?(\d\.\d)\b")),
    ("release", "", clue(("park ", "park|", "park-version"),
     r"\b[sS]park(?:[ ]{1,3}|[ ]?\|[ ]?|-version[=:][ ]?)v?(\d\.\d)(?:\.\d{1,2})?(?![\w%]|\.\d)")),
    ("release", "", clue(("version is", "version:"), r"\bSpark version(?: is|:) ?v?(\d\.\d)(?:\.\d{1,2})?(?![\w%]|\.\d)")),
    ("release", "", clue(("-bin", "/spark"), r"\bspark-(\d\.\d)\.\d{1,2}-bin\b|/spark[-_]?(\d\.\d)\.\d{1,2}\b")),
    ("release", "", clue(("spark-core_", "<spark.version>"),
     r"\bspark-core_2\.1[0-3]-(\d\.\d)\.\d|<spark\.version>(\d\.\d)")),
    ("release", "", clue(("org.apache.spark:",), r"\borg\.apache\.spark:spark-[a-z0-9-]{2,40}_2\.1[0-3]:(\d\.\d)\.\d")),
    ("release", "", clue(("pyspark==", "pyspark~=", "pyspark>=", "version ", "spark_connect("),
     r"\bpyspark(?:==|~=|>=)(\d\.\d)\b|\bversion (\d\.\d)\.\d{1,2}\n?(?=[ /_\\]{3})"
     r"|\bspark_connect\([^\n]{0,200}\bversion\s{0,3}=\s{0,3}[\"'](\d\.\d)")),
    ("cluster-manager", "kubernetes", clue(("spark.kubernetes.", "k8s://", "SparkApplication", "spark-role"),
     r"(?<![\w.])spark\.kubernetes\.\w|\bspark-role[=:][ ]?(?:driver|executor)\b|\bk8s://|\bkind[\"']?:\s{0,3}[\"']?(?:Scheduled)?SparkApplication\b")),
    ("cluster-manager", "yarn", clue(("spark.yarn.", "yarn.nodemanager.", "yarn.scheduler.", "application_1"),
     r"\bapplication_1[0-9]{12}_[0-9]{4,8}\b|(?<![\w.])spark\.yarn\.\w|\byarn\.(?:nodemanager|scheduler)\.\w")),
    ("cluster-manager", "standalone", clue(("SPARK_WORKER_", "SPARK_MASTER_", "spark.deploy."),
     r"\borg\.apache\.spark\.deploy\.(?:worker\.Worker|master\.Master)\b|\bSPARK_WORKER_(?:MEMORY|CORES)\b|\bSPARK_MASTER_(?:HOST|PORT)\b|(?<![\w.])spark\.deploy\.\w")),
    ("cluster-manager", "yarn", clue(("master",), r"(?m:^\s{0,9}master\s{1,30}yarn\s*$)")),
    ("cluster-manager", "local", clue(("master",), r"(?m:^\s{0,9}master\s{1,30}local\b)")),
    ("cluster-manager", "yarn", clue(_OF_R, rf"{_IN_R}yarn")),
    ("cluster-manager", "local", clue(_OF_R, rf"{_IN_R}local\b")),
    ("cluster-manager", "standalone", clue(_OF_R, rf"{_IN_R}spark://")),
    ("cluster-manager", "yarn", clue(("master =",), r"(?m:^[ \t]{1,12}master = [\"']yarn[\"'])")),
    *(("cluster-manager", manager,
       clue(("master",), rf"\bmaster[`\"']?(?:[=:| ]{{1,4}}|[ ]{{1,12}}=>[ ]{{1,4}})(?:paste0\()?[`\"']?{url}"))
      for manager, url in (
        ("yarn", r"yarn\b(?! manages)"), ("standalone", "spark://"), ("local", r"local(?:\[|[\"'`,;]|\s*$)"))),
    *(("cluster-manager", manager, clue((" cluster",), rf"\b(?:[oO]n|an?|the|our) {name} cluster\b")) for manager, name in (
        ("yarn", "(?:YARN|yarn)"), ("kubernetes", "[kK]ubernetes"), ("standalone", "[sS]tandalone"))),
    ("cluster-manager", "yarn", clue(("on YARN", "on yarn", "on Yarn", "auf YARN"),
     r"\b(?:running|runs?|läuft) (?:on (?:YARN|[yY]arn)|auf YARN)\b")),
    ("cluster-manager", "kubernetes", clue(("on Kubernetes", "on kubernetes", "auf Kubernetes", "on k8s", "on K8s"),
     r"\b(?:running|runs?|läuft) (?:on (?:[kK]ubernetes|[kK]8s)|auf Kubernetes)\b")),
    *(("cluster-manager", manager, clue(names, rf"\b(?:{'|'.join(names)})")) for manager, names in (
        ("yarn", ("YarnScheduler", "YarnAllocator", "YarnClusterScheduler", "YarnClientSchedulerBackend", "killed by YARN")),
        ("kubernetes", ("KubernetesClusterSchedulerBackend", "ExecutorPodsAllocator")),
        ("standalone", ("StandaloneSchedulerBackend", "StandaloneAppClient")))),
    ("cluster-manager", "standalone", clue(("spark.worker.", "worker:"),
     r"\bspark\.worker\.\w|(?m:^[ \t]{0,8}worker:[ \t]*\n[ \t]{1,12}replicaCount:)")),
    ("cluster-manager", "kubernetes", clue(("limits", "requests"),
     r"\b(?:limits|requests)[\"']?:\s{0,20}\{?\s{0,20}(?:[\"']?cpu[\"']?:[^\n,]{1,20},?\s{0,20})?"
     r"[\"']?memory[\"']?:\s{0,3}[\"']?[0-9.]{1,9}[KMGT]i\b")),
    ("deploy-mode", "client", clue(("client mode", "client-mode", "Client-Mode", "Client mode"),
     r"(?<!not )\b(?:in (?:client[ -]mode|Client mode)|Client-Mode)\b")),
    ("deploy-mode", "cluster", clue(("cluster mode", "cluster-mode", "Cluster-Mode", "Cluster mode"),
     r"(?<!not )\b(?:in (?:cluster[ -]mode|Cluster mode)|Cluster-Mode)\b")),
    ("deploy-mode", "client", clue(("deployMode", "<mode>", "yarn-client"),
     r"(?m:^\s{0,9}deployMode\s{1,30}client\s*$)|<mode>\s{0,9}client\b|[\"'>]yarn-client[\"'<]")),
    *(("deploy-mode", mode, clue(_OF_A_DEPLOYMENT, _IN_A_FIELD.format(mode=mode))) for mode in ("client", "cluster")),
    ("deploy-mode", "cluster", clue(("deployMode", "<mode>"),
     r"(?m:^\s{0,9}deployMode\s{1,30}cluster\s*$)|<mode>\s{0,9}cluster\b")),
    ("deploy-mode", "cluster", clue(("yarn-cluster",), r"[\"'>]yarn-cluster[\"'<]")),
    ("deploy-mode", "cluster", clue(("setDeployMode", "mode\"", "mode'"),
     r"\bsetDeployMode\(\s{0,5}\"cluster\"|[\"']mode[\"']:\s{0,3}[\"']cluster[\"']")),
    ("language", "jvm", clue(
     ("--class", "className", "MAIN_CLASS_NAME", "scalaVersion",
      *(f"{which}{joined}lass" for which in ("main", "entry") for joined in ("C", "c", "_c", "_C"))),
     r"\bscalaVersion\s{0,3}:=|\bMAIN_CLASS_NAME\"\s|--class[=\s\"',]{1,5}[a-z][\w$.]*\.[A-Z]"
     r"|\b(?:(?:main|entry)_?[cC]lass(?:_name)?|className)[\"']?\s{0,3}[=:]\s{0,3}[\"']?[a-z][\w$.]*\.[A-Z]")),
    ("language", "jvm", clue((".jar\"", ".jar'"),
     r"\b(?:application|entry_?[pP]oint|app)[\"']?\s{0,3}[=:]\s{0,3}(?:[\w.]{1,60}\()?[\"'][^\"'\s]{1,200}\.jar[\"']")),
    ("language", "python", clue(("pyspark", "pySparkJob", "main"),
     r"\bpyspark_?(?:[jJ]ob|[bB]atch)\b|\bpySparkJob\b|\bmain_?[pP]ython_?[fF]ile_?[uU]ri\b")),
    ("language", "python", clue(("from pyspark", "import pyspark", "SparkSession.builder"),
     r"\bfrom pyspark\b|\bimport pyspark\b|\bSparkSession\.builder\b(?!\s{0,5}\()")),
    ("language", "python", clue(("pyspark:",), r"(?m:^[ \t]{1,20}pyspark:[ \t]*$)")),
    ("language", "python", clue(("Python\"", "Python'"), r"\btype[\"']?:\s{0,3}[\"']Python[\"']")),
    ("language", "python", clue((".py",), r"\b(?i:entry|app|script)[ ]{0,3}[=:][ ]{0,3}[\"']?[\w./%~-]{1,100}\.py\b")),
    ("language", "python", clue((".py\"", ".py'"),
     r"\b(?:application|entryPoint|py_file)[\"']?\s{0,3}[=:]\s{0,3}[\"'][^\"'\s]{1,200}\.py[\"']")),
    ("language", "python", clue(("--job-language", ".py\"", ".py'"),
     r"--job-language[\"']?\s{0,9}[=:,]\s{0,3}[\"']?python\b|"
     r"\bscript_?[lL]ocation[\"']?\s{0,9}[=:]\s{0,3}[\"'][^\"'\s]{1,200}\.py[\"']")),
    ("language", "python", clue(("spark.executor.pyspark.memory",),
     r"\bspark\.executor\.pyspark\.memory[\"'`\s=:,|]{1,9}[0-9]")),
    ("language", "r", clue(("library(", *_OF_R),
     r"\blibrary\((?:SparkR|sparklyr)\b|\bspark_connect\(|\bsparkR\.(?:session|init)\(")),
    ("vendor", "databricks", clue(
     ("databricks", "node_type_id", "spark_version", "num_workers", "new_cluster", ".x-", "nodeTypeId"),
     r"\bspark\.databricks\.\w|\bdatabricks_|"
     r"\bdatabricks\.[A-Z]\w{1,40}\(|\bnodeTypeId\b|"
     r"\b\d{1,2}\.\d{1,2}\.x-(?:\w+-){0,4}scala2\.1[0-3]|"
     r"\b(?:node_type_id|spark_version|num_workers|new_cluster)\b[\"']?\s{0,3}[:=]")),
    ("vendor", "emr-serverless", clue(("emr-serverless", "EmrServerless", "emrserverless"),
     r"\bemr-?serverless\b|EmrServerless|\baws_emrserverless\w{0,40}")),
    ("vendor", "emr-on-eks", clue(("emr-containers", "sparkSubmitJobDriver"),
     r"\bemr-containers\b|\bsparkSubmitJobDriver\b")),
    ("vendor", "emr", clue(("aws emr", "command-runner.jar", "emr-", "maximizeResourceAllocation", "Classification"),
     r"\baws emr\b|"
     r"\bcommand-runner\.jar\b|\bemr-[4-7]\.\d{1,2}(?:\.\d{1,2})?|\bmaximizeResourceAllocation\b"
     r"|[\"']?Classification[\"']?\s{0,3}[:=]")),
    ("vendor", "glue", clue(("glue", "Glue", "worker_type", "WorkerType", "CfnJob"),
     r"\baws glue\b|%(?:glue_version|worker_type)\b|\bawsglue\b|\bGlueContext\b|\bWorkerType\b"
     r"|\baws_glue_job\b|\bGlueVersion\b|\bglueetl\b|\bglue\.CfnJob\b|\bglue_version\b|\bGlueJobOperator\b")),
    ("vendor", "dataproc", clue(("dataproc", "Dataproc", "pyspark_job", "parkJob", "managedCluster"),
     r"\bgcloud dataproc\b|\bdataproc\.\w|\bDataproc[A-Z]\w|\bpyspark_job\b|\b(?:pys|s)parkJob\b|\bmanagedCluster\b")),
    ("vendor", "synapse", clue(("synapse", "igDataPool"),
     r"\bazuresynapse\b|\bspark\.synapse\.|\bbigDataPools\b|\btargetBigDataPool\b")),
    ("vendor", "fabric", clue(("fabric", "spark.ms."), r"\bspark\.fabric\.|\bfabric\.microsoft\b|\bspark\.ms\.autotune\b")),
    ("vendor", "hdinsight", clue(("hdinsight",), r"\bhdinsight\b|\bazurehdinsight\b")),
)  # fmt: skip
_RUNS_ON = {
    "emr": "yarn", "dataproc": "yarn", "emr-on-eks": "kubernetes", "hdinsight": "yarn", "synapse": "yarn", "fabric": "yarn",
}  # fmt: skip
_SUBMITS = {"spark-application": "cluster"}  # the deploy mode of a submitter of that form, where it says none
_LOOKED_AT = 100_000
WORKER_MEMORY, SMALLEST_WORKER = "worker-memory", "smallest-worker"
_WORKER = re.compile(
    r"#[^\n]{0,2000}|\bSPARK_WORKER_MEMORY[\"']?\s{0,3}[:=]\s{0,3}[\"']?([0-9]{1,6})([kKmMgGtT])[bB]?\b"
)  # a remark is matched as a whole
_MOST_WORKERS = 400
_LARGEST_WORKER = 1 << 40  # a PiB in KiB
_UNITS = {"k": 1, "m": 1 << 10, "g": 1 << 20, "t": 1 << 30}


def concluded(found: Configuration, text: str) -> Configuration:
    """The configuration with what the text as a whole says of its circumstances, where it does not say so itself."""
    text = text[:_LOOKED_AT]
    known = {name.replace("_", "-"): value for name, value in vars(found.circumstances).items() if value}
    said = list(found.said)
    for one in _signs(text, _start_of_line(text, min((one.line for one in found.settings if one.line), default=0))):
        if one.name in ("vendor", "master"):
            if not any(other.name == one.name for other in said):
                said.append(one)
        elif one.name not in known:
            known[one.name] = one.value
            said.append(one)
    said += _of_workers(text)
    vendor = next((one for one in said if one.name == "vendor"), None)
    if vendor and "cluster-manager" not in known and vendor.value in _RUNS_ON:
        known["cluster-manager"] = _RUNS_ON[vendor.value]
        said.append(replace(vendor, name="cluster-manager", value=_RUNS_ON[vendor.value]))
    if "deploy-mode" not in known and found.format in _SUBMITS:
        known["deploy-mode"] = _SUBMITS[found.format]
        said.append(Said("deploy-mode", known["deploy-mode"], words="the default of what submits it", assumed=True))
    circumstances = Circumstances(**{name.replace("-", "_"): value for name, value in known.items()})
    return replace(found, circumstances=circumstances, said=tuple(said))


def _of_workers(text: str) -> list[Said]:
    """What the largest worker of a standalone cluster offers, and of several the smallest; a remark says nothing."""
    if "SPARK_WORKER_MEMORY" not in text:
        return []
    sized = [
        (int(match[1]) * _UNITS[match[2].lower()], match.start(1), match)
        for match in islice(_WORKER.finditer(text), _MOST_WORKERS)
        if match[1]
    ]
    found = [match for kib, _, match in sorted(sized, key=lambda one: one[:2]) if _UNITS["m"] <= kib <= _LARGEST_WORKER]
    named = {WORKER_MEMORY: found[-1:], SMALLEST_WORKER: found[: len(found) > 1]}
    return [
        Said(name, f"{one[1]}{one[2].lower()}", text.count("\n", 0, one.start(1)) + 1, "SPARK_WORKER_MEMORY")
        for name, matches in named.items()
        for one in matches
    ]


def _start_of_line(text: str, number: int) -> int:
    """Where a line begins, 0 where there is none of that number."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            return 0
    return at


def _signs(text: str, settings: int) -> Iterator[Said]:
    for name, value, told in _SIGNS:
        match = told.search(text)
        if match is None:
            continue
        stated = value or next(filter(None, match.groups()), "")
        if name != "release" or stated in RELEASES:
            yield Said(name, stated, text.count("\n", 0, match.start()) + 1, _words(match[0]))
    label = release_of_label(text, settings)
    if label:
        release, match = label
        yield Said("release", release, text.count("\n", 0, match.start()) + 1, _words(match[0]))


def _words(text: str) -> str:
    return " ".join(text.split())[:60].strip("\"':=,;{[( ")
