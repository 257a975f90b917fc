"""What is read and written again is the same configuration, in each format that can hold it."""

import json
import subprocess

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sparkmem.configuration import FORMATS, Circumstances, ConfigurationError, configuration, read, write
from sparkmem.configuration.carried import JAVA_OPTIONS, carried, shaped
from sparkmem.configuration.properties import line_of, pairs
from sparkmem.release import RELEASES
from sparkmem.spark.settings.keys import KEYS

WRITTEN = [name for name, found in FORMATS.items() if found.write]
FREE_KEYS = sorted(key for key in KEYS if carried(key) and key not in JAVA_OPTIONS)

ODD = st.text(st.sampled_from(list("8g '\"\\`$|=:#!{}[],&*-~\t\n\r\x00\x0b\x85\u2028\ufeffé語😀%")), max_size=12)
VALUES = st.one_of(
    st.sampled_from(["8g", "0.6", "true", "512m", "4", "04", "", "null", "7.5g", "8 GB", "$MEM", "--conf"]),
    ODD, st.text(max_size=20)
)
FLAGS = st.lists(st.sampled_from(["-XX:+UseG1GC", "-Xss4m", "-XX:NewRatio=1", "-Xms2g"]), min_size=1, max_size=3).map(
    " ".join
)
SETTINGS = st.dictionaries(st.sampled_from(FREE_KEYS), VALUES, max_size=8)
OPTIONS = st.dictionaries(st.sampled_from(sorted(JAVA_OPTIONS)), FLAGS, max_size=2)
BESIDE = st.fixed_dictionaries({
    "cluster_manager": st.sampled_from(["", "yarn", "kubernetes", "standalone", "local"]),
    "deploy_mode": st.sampled_from(["", "client", "cluster"]),
    "language": st.sampled_from(["", "jvm", "python", "r"]),
    "release": st.sampled_from(["", *RELEASES]),
})  # fmt: skip

# What a format has a word for; the rest of what is known beside the settings is not in it.
HELD = {
    "spark-submit": ("cluster_manager", "deploy_mode", "language"),
    "spark-defaults": ("cluster_manager", "deploy_mode"),
    "session-builder": ("cluster_manager",),
    "emr-json": ("deploy_mode",),
    "spark-application": ("deploy_mode", "language", "release"),
    "markdown": tuple(vars(Circumstances())),
}


@pytest.mark.parametrize("format", WRITTEN)
class TestRoundTrip:
    @settings(max_examples=150)
    @given(values=SETTINGS, options=OPTIONS, beside=BESIDE)
    @example(values={"spark.executor.memory": 'it\'s "8g" \\ $X `y`'}, options={}, beside={})
    @example(values={"spark.executor.memory": "\\N{"}, options={}, beside={})
    @example(values={"spark.akka.frameSize": "--"}, options={}, beside={})
    @example(values={"spark.akka.frameSize": "n/a"}, options={}, beside={})
    @example(values={"spark.akka.frameSize": "--master"}, options={}, beside={})
    @example(values={"spark.executor.cores": "04", "spark.driver.cores": "2"}, options={}, beside={"deploy_mode": "client"})
    def test_the_same_settings_come_back(self, format, values, options, beside):
        made = configuration(values | options, **beside)
        try:
            text = write(made, format)
        except ConfigurationError:
            return
        back = read(text, format)
        held = {key: value for key, value in made.values.items() if key in JAVA_OPTIONS or shaped(value)}
        assert back.values == held
        assert set(made.values) - set(held) == {lost.key for lost in back.lost}, "a text of another shape may be a secret"
        assert back.ignored == () or held != made.values
        for name in HELD[format]:
            assert getattr(back.circumstances, name) == getattr(made.circumstances, name)

    @given(
        values=st.dictionaries(st.sampled_from(FREE_KEYS), st.sampled_from(["8g", "0.6", "true", "8 GB", "-1"]), min_size=1)
    )
    def test_plain_values_are_held_and_recognised(self, format, values):
        text = write(configuration(values), format)
        assert read(text).values == values
        assert read(text).format == format


@pytest.mark.parametrize(
    "value", [":8g", "=8g", " 8g", ":", "#8g", "\\:8g", "8g: 9g"], ids=lambda value: f"spark-defaults {value}"
)
def test_a_line_of_spark_defaults_is_the_pair_that_it_was_written_of(value):
    """Whatever the shape of the value: a file is read so by Spark before anybody looks at what it holds."""
    assert [(one.key, one.value) for one in pairs(line_of("spark.x", value))] == [("spark.x", value)]


class TestWhatAFormatCannotHold:
    @pytest.mark.parametrize(
        ("format", "values", "beside"),
        [
            ("spark-submit", {"spark.executor.memory": "\0"}, {}),
            ("spark-defaults", {"spark.executor.memory": " 8g"}, {}),
            ("markdown", {"spark.executor.memory": "8g\n"}, {}),
            ("markdown", {"spark.executor.memory": ""}, {}),
            ("markdown", {"spark.executor.memory": "default"}, {}),
            ("session-builder", {}, {"deploy_mode": "cluster"}),
            ("session-builder", {}, {"language": "jvm"}),
            ("spark-application", {}, {"cluster_manager": "yarn"}),
            ("emr-json", {}, {"cluster_manager": "kubernetes"}),
            ("get-all", {}, {}),
            ("csv", {}, {}),
        ],
    )
    def test_is_refused(self, format, values, beside):
        with pytest.raises(ConfigurationError):
            write(configuration(values, **beside), format)

    def test_keys_that_are_not_memory_s_are_not_taken(self):
        with pytest.raises(ConfigurationError):
            configuration({"spark.ssl.keyPassword": "x"})
        with pytest.raises(ConfigurationError):
            configuration({}, cluster_manager="mesos")

    def test_a_shell_variable_stays_in_a_command_only(self):
        made = read("spark-submit --executor-memory ${MEM}g app.py")
        assert read(write(made, "spark-submit")).settings[0].variables == ("MEM",)
        for format in ("spark-defaults", "session-builder", "emr-json", "spark-application", "markdown"):
            with pytest.raises(ConfigurationError, match="MEM"):
                write(made, format)

    def test_settings_of_the_cluster_go_back_where_they_are_from(self):
        made = read('[{"Classification": "yarn-site", "Properties": {"yarn.scheduler.maximum-allocation-mb": "8192"}}]')
        assert read(write(made, "emr-json")).cluster == made.cluster == read(write(made, "markdown")).cluster
        with pytest.raises(ConfigurationError, match="settings of the cluster"):
            write(made, "spark-defaults")
        assert write(made.without("yarn.scheduler.maximum-allocation-mb"), "spark-defaults") == "spark.master yarn\n"


class TestOtherReadersReadTheSame:
    """Our writers against programs that are not ours."""

    @given(values=SETTINGS)
    def test_yaml(self, values):
        object_ = yaml.safe_load(write(configuration(values), "spark-application"))
        spec = object_["spec"] or {}
        held = dict(spec.get("sparkConf", {}))
        for part, fields in (("driver", spec.get("driver", {})), ("executor", spec.get("executor", {}))):
            held |= {f"{part}.{name}": str(value) for name, value in fields.items()}
        assert sorted(held.values()) == sorted(values.values())

    @given(values=SETTINGS)
    def test_json(self, values):
        written = json.loads(write(configuration(values), "emr-json"))
        assert {k: v for item in written for k, v in item["Properties"].items()} == values

    @given(values=SETTINGS)
    def test_python(self, values):
        text = write(configuration(values), "session-builder")
        calls = [line.strip().removeprefix(".config") for line in text.split("\n") if line.strip().startswith(".config(")]
        assert dict(eval(call, {"__builtins__": {}}) for call in calls) == values

    def test_shell(self):
        values = {"spark.executor.memory": 'it\'s "8g" \\ $X `y` é\n!*', "spark.memory.fraction": "0.6"}
        text = write(configuration(values), "spark-submit")
        script = text.replace("spark-submit", "printf '%s\\0'", 1)
        words = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.split("\0")
        assert words[:4] == ["--executor-memory", values["spark.executor.memory"], "--conf", "spark.memory.fraction=0.6"]
