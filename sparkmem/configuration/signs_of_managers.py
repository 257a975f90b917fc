"""By which words a text tells the cluster manager and the deploy mode, the surest first."""

from sparkmem.configuration.clue import Clue, clue
from sparkmem.configuration.signs_of_languages import OF_R

_IN_R = r"\b(?:spark_connect|sparkR\.session|sparkR\.init)\([^\n]{0,200}\bmaster\s{0,3}=\s{0,3}[\"']"

_OF_A_DEPLOYMENT = ("eploy-mode", "eploy_mode", "eploy mode", "eployMode", "yarn-cl")
_IN_A_FIELD = (
    r"(?m:(?:^|[{{,(;|])[ \t]{{0,12}}[`\"']?(?:livy\.spark\.)?"
    r"[dD]eploy(?:[-_ ]m|M)ode[`\"']?\s{{0,12}}(?:=>|[=:|])\s{{0,3}}[`\"']?{mode}\b)"
    r"|(?m:^[ \t]{{0,12}}(?:spark\.)?master[ \t]{{0,12}}[=: \t][ \t]{{0,3}}yarn-{mode}\b)"
)
"""A field of any name for the deploy mode, at the beginning of a line or of an object; the old masters too."""

SIGNS: tuple[tuple[str, str, Clue], ...] = (
    ("cluster-manager", "local", clue(("conn",),  # Airflow's, which is named for its master
     r"\bconn(?:ection)?_?id\s{0,3}=\s{0,3}[\"'](?:\w{1,20}[-_])?spark[-_]local(?:host)?[\"']")),
    ("cluster-manager", "kubernetes", clue(("spark.kubernetes.", "k8s://", "SparkApplication", "spark-role"),
     r"(?<![\w.])spark\.kubernetes\.\w|\bspark-role[=:][ ]?(?:driver|executor)\b|\bk8s://|\bkind[\"']?\s{0,12}[:=]\s{0,3}[\"']?(?:Scheduled)?SparkApplication\b")),
    ("cluster-manager", "yarn", clue(("spark.yarn.", "yarn.nodemanager.", "yarn.scheduler.", "application_1"),
     r"\bapplication_1[0-9]{12}_[0-9]{4,8}\b|(?:(?<![\w.])|(?<=-D))spark\.yarn\.\w|\byarn\.(?:nodemanager|scheduler)\.\w")),
    ("cluster-manager", "standalone", clue(("SPARK_WORKER_", "SPARK_MASTER_", "spark.deploy."),
     r"\borg\.apache\.spark\.deploy\.(?:worker\.Worker|master\.Master)\b|\bSPARK_WORKER_(?:MEMORY|CORES)\b|\bSPARK_MASTER_(?:HOST|PORT|OPTS)\b|(?<![\w.])spark\.deploy\.\w")),
    ("cluster-manager", "yarn", clue(("master",), r"(?m:^\s{0,9}master\s{1,30}yarn\s*$)")),
    ("cluster-manager", "local", clue(("master",), r"(?m:^\s{0,9}master\s{1,30}local\b)")),
    ("cluster-manager", "yarn", clue(OF_R, rf"{_IN_R}yarn")),
    ("cluster-manager", "local", clue(OF_R, rf"{_IN_R}local\b")),
    ("cluster-manager", "standalone", clue(OF_R, rf"{_IN_R}spark://")),
    ("cluster-manager", "yarn", clue(("master =",), r"(?m:^[ \t]{1,12}master = [\"']yarn[\"'])")),
    *(("cluster-manager", manager,
       clue((begun,), rf"\bmaster\\?[`\"']?(?:[ \t]{{0,40}}[=:|,]?[=:| ]{{1,4}}|[ ]{{1,12}}=>[ ]{{1,4}})"
                      rf"(?:paste0\()?f?\\?[`\"']?{url}"))
      for manager, url, begun in (
        ("yarn", r"yarn\b(?! manages)", "master"), ("standalone", "spark://", "spark://"),
        ("local", r"local(?:\[|[\"'`,;]|\s*$)", "local"))),
    *(("cluster-manager", manager, clue(words, rf"\b(?:[oO]n|an?|the|our) {name} cluster\b")) for manager, name, words in (
        ("yarn", "(?:YARN|yarn)", ("YARN cluster", "yarn cluster")),
        ("kubernetes", "[kK]ubernetes", ("ubernetes cluster",)), ("standalone", "[sS]tandalone", ("tandalone cluster",)))),
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
    *(("cluster-manager", manager, clue(("nvironment location", "luster manager", "luster Manager", "esource manager"),
       rf"\b(?:[eE]nvironment location|[cC]luster [mM]anager|[rR]esource manager)\W{{1,6}}{name}\b(?! or |/|, )"))
      for manager, name in (("yarn", "(?i:yarn)"), ("standalone", "(?i:standalone)"), ("kubernetes", "(?i:kubernetes|k8s)"))
    ),
    ("cluster-manager", "yarn", clue(("n YARN", "n Yarn", "f YARN", "f Yarn", "n yarn", "f yarn"),
     r"\b(?:on|auf) (?:YARN|[yY]arn)\b(?! or |/| and |, (?:[kK8M]|or |and ))")),
    ("cluster-manager", "yarn", clue((". yarn", ". YARN", ", yarn", ", YARN"),
     r"[.,] (?:YARN|yarn)(?=,? [sS]park \d|[.,] [sS]park \d|\.(?:\s|$)|,? (?:client|cluster) mode\b)")),
    ("cluster-manager", "local", clue(("local[",), r"[`\"'(, ]local\[(?:\*|[0-9]{1,3})\][`\"')]")),
    ("cluster-manager", "kubernetes", clue(("imits", "equests"),
     r"\b(?:[lL]imits|[rR]equests)[\"']?:\s{0,20}\{?\s{0,20}(?:[\"']?cpu[\"']?:[^\n,]{1,20},?\s{0,20})?"
     r"[\"']?memory[\"']?:\s{0,9}[\"']?[0-9.]{1,9}[KMGT]i\b")),
    *(("cluster-manager", manager, clue(("spark.master",), rf"(?m:^)[ \t]*spark\.master[ \t|]*\n[ \t|]*{url}"))
      for manager, url in (
        ("yarn", r"yarn\b"), ("standalone", "spark://"), ("local", r"local(?:\[|\b)"), ("kubernetes", "k8s://"))),
    *(("cluster-manager", manager, clue(("--master",), rf"--master[\"'\\,=\s]{{1,8}}{url}")) for manager, url in (
        ("yarn", r"yarn\b"), ("standalone", "spark://"), ("local", r"local(?:\[|\b)"), ("kubernetes", "k8s://"))),
    *(("cluster-manager", manager, clue(("aster(",), rf"\.\s{{0,9}}(?:m|setM)aster\(\s{{0,9}}[\"']{url}"))
      for manager, url in (
        ("yarn", r"yarn[\"'-]"), ("standalone", "spark://"), ("local", r"local(?:\[|[\"'])"), ("kubernetes", "k8s://"))),
    ("cluster-manager", "local", clue(("local",), r"\blocal\s{0,2}=\s{0,2}f?[\"']local\[")),
    *(("cluster-manager", manager, clue((f'"{begun}', f"'{begun}"),
       r"\b[\w.]{0,30}(?:[mM]aster|MASTER)(?:_?(?:[uU]r[il]|UR[IL]))?\s{0,3}=\s{0,3}"
       rf"(?:[\w.]{{1,30}}\([\"']\w{{1,40}}[\"'],\s{{0,3}})?f?[\"']{url}"))
      for manager, url, begun in (
        ("yarn", r"yarn[\"']", "yarn"), ("standalone", "spark://", "spark://"),
        ("local", r"local(?:\[|[\"'])", "local"), ("kubernetes", "k8s://", "k8s://"))),
    *(("cluster-manager", manager, clue(("init_",),  # of BigDL and Analytics Zoo
       rf"\binit_spark_on_{name}\(|\binit_orca_context\([^\n)]{{0,120}}\bcluster_mode\s{{0,2}}=\s{{0,2}}[\"']{name}\b"))
      for manager, name in (("local", "local"), ("yarn", "yarn"), ("kubernetes", "k8s"), ("standalone", "standalone"))),
    ("cluster-manager", "kubernetes", clue(("mainApplicationFile",), r"\bmainApplicationFile[\"']?\s{0,3}[:=]")),
    ("cluster-manager", "standalone", clue(("--worker-url",), r"--worker-url\b")),
    ("cluster-manager", "standalone", clue(("start-worker", "start-slave"),
     r"\bstart-(?:worker|slave)\.sh[ \t](?:[^\n]{0,200}[ \t])?(?:spark://|[\"']?\$\{?\w{0,20}(?:MASTER|master))")),
    ("cluster-manager", "standalone", clue(("start-master.sh", "start-worker", "start-slave"),
     r"(?m:^)(?!\s*#)[^\n]{0,300}[/ \t&;]start-(?:master|workers?|slaves?)\.sh(?![\w.])")),
    ("cluster-manager", "yarn", clue(("yarn-client", "yarn-cluster"), r"[\"'>]yarn-(?:client|cluster)[\"'<]")),
    ("cluster-manager", "kubernetes", clue(("k8s", "K8s", "ubernetes", "EKS", "GKE", "AKS", "OpenShift"),
     r"\b(?:on|our|the|my|auf|unser\w{0,2}|sur|nuestro) (?:[kK]8s|[kK]ubernetes|EKS|GKE|AKS|OpenShift)\b"
     r"(?! or |/|, (?:YARN|yarn))")),
    ("cluster-manager", "local", clue(("local[",), r"[`\"'(]local\[(?:\*|[0-9]{1,3})\][`\"')]")),
    ("master", "mesos", clue(("dcos spark", "spark.mesos.", "mesos://"),
     r"--master[\"'=\s]{1,4}mesos://|\bdcos spark (?:run|--)|(?<![\w.])spark\.mesos\.\w")),
    ("deploy-mode", "client", clue(("client mode", "client-mode", "Client-Mode", "Client mode"),
     r"(?<!not )\b(?:in (?:client[ -]mode|Client mode)|Client-Mode)\b")),
    ("deploy-mode", "cluster", clue(("cluster mode", "cluster-mode", "Cluster-Mode", "Cluster mode"),
     r"(?<!not )\b(?:in (?:cluster[ -]mode|Cluster mode)|Cluster-Mode)\b")),
    *(("deploy-mode", mode, clue(words,
       rf"\b(?:submit(?:ted)?|YARN|[yY]arn|[kK]ubernetes|[kK]8s)[ ]?(?:[,/(]|in|per)[ ]?{mode}"
       rf"(?:[ -]?[mM]od(?:e|us))?(?=[).,;]|\s*$)"
       rf"|\b[dD]eployed? (?:in|as) {mode}\b"
       rf"|\b[dD]eploy(?:ment)?[- ]?[mM]od(?:e|us)\W{{1,6}}{mode}\b"))
      for mode, words in (
        ("client", ("client",)), ("cluster", ("submit", "YARN", "yarn", "Yarn", "eploy", "ubernetes", "k8s", "K8s")))),
    *(("deploy-mode", mode, clue((f"{mode} mode", f"{mode}-mode"), rf"[,(] ?(?:in )?{mode}[ -]mode\b(?! or )"))
      for mode in ("client", "cluster")),
    ("deploy-mode", "client", clue(("deployMode", "<mode>", "yarn-client"),
     r"(?m:^\s{0,9}deployMode\s{1,30}client\s*$)|<mode>\s{0,9}client\b|[\"'>]yarn-client[\"'<]")),
    *(("deploy-mode", mode, clue(words, _IN_A_FIELD.format(mode=mode)))
      for mode, words in (("client", ("client",)), ("cluster", _OF_A_DEPLOYMENT))),
    ("deploy-mode", "cluster", clue(("deployMode", "<mode>"),
     r"(?m:^\s{0,9}deployMode\s{1,30}cluster\s*$)|<mode>\s{0,9}cluster\b")),
    ("deploy-mode", "cluster", clue(("yarn-cluster",), r"[\"'>]yarn-cluster[\"'<]")),
    ("deploy-mode", "cluster", clue(("setDeployMode", "mode\"", "mode'"),
     r"\bsetDeployMode\(\s{0,5}\"cluster\"|[\"']mode[\"']:\s{0,3}[\"']cluster[\"']")),
    *(("deploy-mode", mode, clue(words,
       rf"(?:--deploy-mode|\bspark\.submit\.deployMode)\\?[\"'`]?[\\,=:\s|]{{1,40}}[\"'`]?{mode}\b"))
      for mode, words in (("client", ("client",)), ("cluster", ("--deploy-mode", "submit.deployMode")))),
)  # fmt: skip
