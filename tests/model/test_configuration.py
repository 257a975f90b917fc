"""What each reader recognises, what it passes over and why; and that no secret comes through any of them."""

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem import evaluate
from sparkmem.configuration import ConfigurationError, read, recognise
from sparkmem.configuration.yaml_scalars import Mapping
from sparkmem.configuration.yaml_subset import documents

SECRET = "hunter2-SECRET"

COMMAND = rf"""
export SPARK_DRIVER_MEMORY=3g
# submits with spark-submit
SPARK_EXECUTOR_MEMORY=2g nohup /opt/spark/bin/spark3-submit --master k8s://https://{SECRET}:6443 --deploy-mode cluster \
  --executor-memory $MEM -c spark.executor.memory=9g \
  --conf "spark.executor.memoryOverhead=1g" --conf spark.hadoop.fs.s3a.secret.key={SECRET} \
  --num-executors=3 --executor-mem 4g --properties-file /etc/{SECRET}.conf \
  --conf 'spark.executor.extraJavaOptions=-XX:+UseG1GC -Dkey={SECRET}' \
  --total-executor-cores 4 job.py --executor-cores 5 {SECRET} > log 2>&1 &
"""
BUILDER = f"""
from pyspark.sql import SparkSession
spark = (SparkSession.builder.appName("{SECRET}").master("spark://{SECRET}:7077")
    .config("spark.executor.memory", "4" "g")   # two literals
    .config("spark.driver.memory", f"{{mem}}g")
    .config('spark.executor.cores', 4)
    .config("spark.memory.offHeap.enabled", True)
    .config("spark.executor.memoryOverHead", "1g")
    .config("spark.ssl.keyPassword", "{SECRET}")
    .config(map={{"spark.task.cpus": 2}}))
spark.conf.set("spark.executor.memory", "9g")
"""
SCALA = """
val conf = new SparkConf() // spark.executor.memory
  .setMaster("yarn").set("spark.executor.memory", s"${x}g").set("spark.executor.cores", "5")
  .setAll(Seq("spark.driver.memory" -> "2g", ("spark.task.cpus", "2")))
  .setIfMissing("spark.task.cpus", "3").set("spark.driver.maxResultSize", \"\"\"2g\"\"\")
"""
YAML = f"""
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {{name: pi}}
spec:
  type: Python
  mode: cluster
  image: "{SECRET}"
  sparkVersion: 3.5.1
  sparkConf:
    "spark.executor.memory": "9g"
    spark.memory.fraction: '0.7'   # a share
  hadoopConf:
    fs.s3a.secret.key: {SECRET}
  driver:
    cores: 1
    memory: 512m
    javaOptions: >-
      -XX:+UseG1GC
      -Dpassword={SECRET}
  executor:
    instances: 2
    memory: 8g
    memoryOverhead: *shared
"""
EMR = json.dumps([
    {"Classification": "spark", "Properties": {"maximizeResourceAllocation": "true"}},
    {"Classification": "spark-defaults", "Properties": {"spark.executor.memory": "4g", "spark.ssl.keyPassword": SECRET},
     "Configurations": [{"Classification": "yarn-site", "Properties": {"yarn.nodemanager.resource.memory-mb": "12288"}}]},
], indent=1)  # fmt: skip
ROWS = (
    f"Spark Properties\nName\tValue\nspark.executor.memory\t4g\nspark.ssl.keyPassword\t{SECRET}\nJava Version\t17.0.9 (x)\n"
)
DEFAULTS = f"# for spark-submit\nspark.executor.memory 4g\nspark.driver.memory=\\\n  2g\nspark.ssl.keyPassword: {SECRET}\n"
ALL_PYTHON = f"[('spark.executor.memory', '4g'), ('spark.ssl.keyPassword', '{SECRET}')]"
ALL_SCALA = f"Array((spark.executor.memory,4g), (spark.app.name,a (b), c), (spark.x,{SECRET}), (spark.executor.cores,2))"
TABLE = f"| Setting | Value |\n|---|---|\n| `spark.executor.memory` | `4g` |\n| `spark.ssl.keyPassword` | `{SECRET}` |\n"

TEXTS = {
    "spark-submit": COMMAND, "session-builder": BUILDER, "spark-application": YAML, "emr-json": EMR,
    "environment": ROWS, "spark-defaults": DEFAULTS, "get-all": ALL_PYTHON, "markdown": TABLE,
}  # fmt: skip


def reasons(configuration):
    return {item.text: item.reason for item in configuration.ignored}


@pytest.mark.parametrize(("format", "text"), TEXTS.items(), ids=TEXTS)
class TestEveryFormat:
    def test_is_recognised(self, format, text):
        assert recognise(text) == format == read(text).format

    def test_carries_the_executor_memory_and_no_secret(self, format, text):
        configuration = read(text)
        assert "spark.executor.memory" in configuration.values
        assert SECRET not in json.dumps(configuration.as_dict())

    def test_names_a_line_of_the_text_for_each_thing(self, format, text):
        configuration = read(text)
        last = text.count("\n") + 1
        assert all(1 <= item.line <= last for item in configuration.ignored + configuration.remarks)
        for setting in configuration.settings:
            assert 1 <= setting.line <= last


class TestCommand:
    def test_options_win_over_conf_and_conf_over_the_environment(self):
        configuration = read(COMMAND)
        assert configuration.values == {
            "spark.driver.memory": "3g",
            "spark.executor.memoryOverhead": "1g",
            "spark.executor.extraJavaOptions": "-XX:+UseG1GC",
            "spark.executor.memory": "$MEM",
            "spark.executor.instances": "3",
        }
        assert configuration.variables == ("MEM",)
        assert configuration.circumstances.as_inputs() == {
            "cluster-manager": "kubernetes", "deploy-mode": "cluster", "language": "python", "release": "3.5",
        }  # fmt: skip

    def test_what_is_passed_over_says_why(self):
        said = reasons(read(COMMAND))
        assert said["--conf spark.executor.memory"] == "--executor-memory wins"
        assert said["--executor-mem"] == "not an option of spark-submit: did you mean --executor-memory?"
        assert "the application's, not Spark's" in said["--executor-cores"]
        assert "not read" in said["--properties-file"]
        assert "kubernetes" in said["--total-executor-cores"]

    # What the real SparkSubmit of 3.3 and later made of the same words.
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("--master local[4] --executor-memory 4g --conf spark.executor.memory=8g", {"spark.executor.memory": "8g"}),
            ("--master local[4] --executor-memory 4g --driver-memory 2g", {"spark.driver.memory": "2g"}),
            ("--master spark://h:1 --num-executors 3 --total-executor-cores 12", {"spark.cores.max": "12"}),
            ("--master yarn --num-executors 3 --total-executor-cores 12", {"spark.executor.instances": "3"}),
            ("--master yarn --deploy-mode client --driver-cores 4 --conf spark.driver.cores=6", {"spark.driver.cores": "6"}),
            ("--master yarn --deploy-mode cluster --driver-cores 4", {"spark.driver.cores": "4"}),
            ("-c spark.executor.memory=8g -c spark.executor.memory=9g", {"spark.executor.memory": "9g"}),
            ("--conf=spark.executor.memory=4g --conf spark.x=a=b", {"spark.executor.memory": "4g"}),
            ("--conf 'spark.executor.memory = 4g'", {}),
            ("--executor-memory 4g --executor-memory=6g -v", {"spark.executor.memory": "6g"}),
        ],
    )
    def test_agrees_with_spark(self, words, expected):
        assert read(f"spark-submit {words} app.py").values == expected

    def test_the_environment_stands_for_an_option(self):
        words = "SPARK_EXECUTOR_MEMORY=5g SPARK_DRIVER_MEMORY=6g SPARK_EXECUTOR_INSTANCES=4 spark-submit --master"
        assert read(f"{words} yarn app.py").values == {"spark.executor.memory": "5g", "spark.driver.memory": "6g"}
        assert read(f"{words} local[4] app.py").values == {"spark.driver.memory": "6g"}

    @pytest.mark.parametrize("mode", ["client", "cluster"])
    def test_an_old_master_names_its_deploy_mode(self, mode):
        found = read(f"spark-submit --master yarn-{mode} --executor-memory 4g app.jar")
        assert (found.circumstances.cluster_manager, found.circumstances.deploy_mode) == ("yarn", mode)
        assert [remark.text for remark in found.remarks] == ["spark.master"]

    def test_what_a_lost_backslash_cuts_off_is_lost_and_not_taken(self):
        configuration = read("spark-submit --executor-memory 4g \\  \n  # --driver-memory 9g\n  --driver-memory 2g app.jar")
        assert configuration.values == {"spark.executor.memory": "4g"}
        assert [lost.key for lost in configuration.lost] == ["spark.driver.memory"]
        assert [remark.line for remark in configuration.remarks] == [1, 3]
        assert configuration.circumstances.language == "jvm"

    def test_shells_take_their_own_words(self):
        configuration = read("spark-sql -e 'select 1' --executor-memory 4g --hiveconf a=b --num-executors 2")
        assert configuration.values == {"spark.executor.memory": "4g", "spark.executor.instances": "2"}
        assert configuration.ignored == ()

    def test_a_quote_that_is_not_closed_is_named_and_spoils_its_own_line_only(self):
        found = read("spark-submit \\\n --name 'x \\\n --executor-memory 4g \\\n --driver-memory 2g a.py\n")
        assert found.values == {"spark.executor.memory": "4g", "spark.driver.memory": "2g"}
        assert [(item.line, item.reason) for item in found.ignored if item.text == "…"] == [
            (2, "the quote ' that begins here is not closed on its line")
        ]
        assert found.lost == ()

    def test_output_of_a_command_is_no_value(self):
        assert read("spark-submit --executor-memory $(cat /etc/x)g app.py").values == {}


class TestCode:
    def test_python(self):
        configuration = read(BUILDER)
        assert configuration.values == {
            "spark.executor.memory": "4g",
            "spark.executor.cores": "4",
            "spark.memory.offHeap.enabled": "true",
            "spark.task.cpus": "2",
        }
        assert configuration.circumstances.as_inputs() == {"cluster-manager": "standalone", "language": "python"}
        said = reasons(configuration)
        assert "only a run would tell" in said["spark.driver.memory"]
        assert said["spark.executor.memoryOverHead"] == "no key of Spark: did you mean spark.executor.memoryOverhead?"
        assert "running session" in said["spark.executor.memory"]

    def test_scala(self):
        configuration = read(SCALA)
        assert configuration.values == {
            "spark.executor.cores": "5",
            "spark.driver.memory": "2g",
            "spark.task.cpus": "2",
            "spark.driver.maxResultSize": "2g",
        }
        assert configuration.circumstances.as_inputs() == {"cluster-manager": "yarn", "language": "jvm"}
        assert {"spark.executor.memory", "spark.task.cpus"} <= set(reasons(configuration))

    def test_code_in_neither_language_says_none(self):
        assert read('.config("spark.executor.memory", "4g")').circumstances.language == ""


class TestApplication:
    def test_fields_win_over_spark_conf(self):
        configuration = read(YAML)
        assert configuration.values["spark.executor.memory"] == "8g"
        assert configuration.values["spark.driver.extraJavaOptions"] == "-XX:+UseG1GC"
        assert configuration.values["spark.memory.fraction"] == "0.7"
        assert reasons(configuration)["executor.memoryOverhead"] == "an alias: not followed"
        assert configuration.circumstances.as_inputs() == {
            "cluster-manager": "kubernetes", "deploy-mode": "cluster", "language": "python", "release": "3.5",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("spec:\n  driver:\n\tmemory: 1g", "line 3: YAML does not allow a tab"),
            ("spec:\n  driver:\n    memory: 1g\n    cores 1", "line 4: YAML needs a key, a colon and a blank here"),
            ('spec:\n  driver:\n    memory: "1g', "line 3: what begins here is not closed"),
            ("kind: SparkApplication\nspec: 1", "YAML without a SparkApplication"),
        ],
    )
    def test_errors_name_the_line(self, text, message):
        with pytest.raises(ConfigurationError, match=message):
            read(text, "spark-application")


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x85\xa0"), max_size=100)
KEY = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20)
NODES = st.recursive(
    TEXT, lambda node: st.one_of(st.lists(node, max_size=3), st.dictionaries(KEY, node, max_size=3)), max_leaves=8
)


def plain(node):
    """A node of ours as PyYAML gives it."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node] if isinstance(node, list) else node.text


class TestYaml:
    @settings(max_examples=300)
    @given(
        node=NODES, flow=st.sampled_from([False, True, None]), style=st.sampled_from([None, '"', "'"]), wide=st.booleans()
    )
    def test_reads_what_another_program_wrote(self, node, flow, style, wide):
        object_ = {"spec": node, "after": "x"}
        text = yaml.safe_dump(
            object_, default_flow_style=flow, default_style=style, width=10_000 if wide else 20, allow_unicode=True
        )
        assert [plain(found) for found in documents(text)] == [object_]

    def test_a_bracket_in_a_quoted_text_over_two_lines_ends_nothing(self):
        (node,) = documents('spec: {"a": "0]\\\n  0", b: it\'s \', "c":1}\n')
        assert plain(node) == {"spec": {"a": "0]0", "b": "it's '", "c": "1"}}

    def test_blanks_inside_a_plain_text_stay_and_a_line_break_is_one(self):
        (node,) = documents("a: {b  c: d   e,\n  f: g\n  h}\n")
        assert plain(node) == {"a": {"b  c": "d   e", "f": "g h"}}

    def test_block_texts(self):
        (node,) = documents("a: |\n  x: y\n  z\nb: >-\n  x\n  y\nc:\n- d\n- - e\n  - f\n")
        assert plain(node) == {"a": "x: y\nz", "b": "x y", "c": ["d", ["e", "f"]]}


class TestWhatIsElsewhere:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("source /etc/spark/env.sh\nspark-submit --executor-cores 2 a.py", "source"),
            ("cd /x && . ./env.sh; spark-submit --executor-cores 2 a.py", "."),
            ('spark {\n  executor.cores = 2\n  include "other.conf"\n}', "include"),
            ("helm install x c -f values.yaml --set sparkConf.spark\\.executor\\.cores=2", "-f"),
            ("java @args -Xss4m -cp x org.apache.spark.executor.CoarseGrainedExecutorBackend --cores 2", "@…"),
            ("kind: SparkApplication\nspec:\n  sparkConfigMap: map\n  executor:\n    cores: 2\n", "sparkConfigMap"),
        ],
    )
    def test_a_file_that_settings_come_from_is_named(self, text, name):
        found = read(text)
        assert found.values["spark.executor.cores"] == "2"
        assert reasons(found)[name] == "settings in another file, which is not in the text"

    @pytest.mark.parametrize(
        "text",
        [
            '{"spark.executor.memory": null, "spark.executor.cores": 2}',
            "kind: SparkApplication\nspec:\n  sparkConf:\n    spark.executor.memory: ~\n  executor:\n    cores: 2\n",
            "kind: SparkApplication\nspec:\n  executor:\n    memory:\n    cores: 2\n",
            "conf = {'spark.executor.memory': None, 'spark.executor.cores': 2}",
        ],
    )
    def test_a_key_that_is_null_is_named(self, text):
        found = read(text)
        assert found.values == {"spark.executor.cores": "2"}
        assert "null, which sets nothing" in reasons(found).values()

    def test_a_flag_that_cannot_be_read_is_named_without_its_value(self):
        found = read("spark.executor.extraJavaOptions -Xsshunter2 -XX:MaxDirectMemorySize=hunter2 -XX:+UseG1GC")
        assert found.values == {"spark.executor.extraJavaOptions": "-XX:+UseG1GC"}
        assert [lost.text.split()[2] for lost in found.lost] == ["-Xss", "MaxDirectMemorySize"]
        assert "hunter2" not in json.dumps(found.as_dict())

    def test_a_setting_of_the_cluster_that_is_lost_is_named_in_an_address_too(self):
        text = "<property><name>yarn.scheduler.maximum-allocation-mb</name><value>8192 or so</value></property>"
        answered = evaluate({"calculator": "explain", "inputs": {"text": f"<configuration>{text}</configuration>"}})
        assert "yarn.scheduler.maximum-allocation-mb (value not readable)" in answered["verdict"]


class TestOthers:
    def test_settings_of_the_cluster_are_kept_apart(self):
        configuration = read(EMR)
        assert configuration.cluster == {
            "maximizeResourceAllocation": "true",
            "yarn.nodemanager.resource.memory-mb": "12288",
        }
        assert configuration.circumstances.cluster_manager == "yarn"

    def test_json_that_is_none_says_where(self):
        with pytest.raises(ConfigurationError, match="line 2: no JSON"):
            read('[{"Classification":\n}]')

    def test_scala_pairs_with_brackets_in_a_value(self):
        assert read(ALL_SCALA).values == {"spark.executor.memory": "4g", "spark.executor.cores": "2"}
        assert reasons(read("Array((spark.executor.cores,2), (spark.executor.memory,4"))["spark.executor.memory"].startswith(
            "cut"
        )

    def test_the_page_tells_the_java_version(self):
        assert read(ROWS).inputs() == {"java": "17", "spark.executor.memory": "4g"}

    def test_properties_are_java_s(self):
        assert read(DEFAULTS).values == {"spark.executor.memory": "4g", "spark.driver.memory": "2g"}
        malformed = read("spark.executor.memory \\u12g\nspark.driver.memory 1g")
        assert malformed.values == {"spark.driver.memory": "1g"}
        assert r"Malformed \uxxxx" in reasons(malformed)["spark.executor.memory"]

    def test_keys_that_a_release_does_not_take_are_named(self):
        text = "spark.yarn.executor.memoryOverhead 1g\nspark.executor.memoryOverhead 2g\nspark.storage.memoryFraction 0.5\n"
        said = {remark.key: remark.status for remark in read(text).about("4.3")}
        assert said == {"spark.yarn.executor.memoryOverhead": "ignored", "spark.storage.memoryFraction": "ignored"}
        legacy = read("spark.memory.useLegacyMode true\nspark.storage.memoryFraction 0.5\n").about("2.4")
        assert {remark.status for remark in legacy} == {"deprecated"}

    @pytest.mark.parametrize(("text", "message"), [("", "nothing to read"), ("hello", "none of the formats")])
    def test_a_text_in_no_format(self, text, message):
        with pytest.raises(ConfigurationError, match=message):
            read(text)


@pytest.mark.parametrize(
    "line", ["spark.executor.memory 8g", "spark.excutor.memory 8g", "executor memory 8g", '{"spark.executor.memory":"8g"}']
)
def test_of_a_long_text_no_more_is_named_than_can_be_looked_at(line):
    """35,000 lines that say the same came to 3.7 MB of remarks."""
    found = read(f"{line}\n" * (50_000 // len(line)))
    assert max(len(found.ignored), len(found.remarks), len(found.lost)) <= 501
