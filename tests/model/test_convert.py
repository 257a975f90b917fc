"""``sparkmem read`` and ``sparkmem write``: configurations as plain data, and from one format to another."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.configuration import FORMATS, ConfigurationError, read
from sparkmem.requests.convert import read_text, written
from tests.model.commands import Done, command
from tests.model.test_configuration import SECRET, TEXTS

NAMES = ("settings", "circumstances", "cluster", "key", "value", "variables", "release", "spark.task.cpus")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda below: st.lists(below, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), below),
    max_leaves=12,
)


def run(*words: str, text: str | bytes) -> Done:
    return command(*words, text=text if isinstance(text, bytes) else text.encode())


class TestRead:
    @pytest.mark.parametrize(("format", "text"), TEXTS.items(), ids=TEXTS)
    def test_every_format_comes_out_as_json(self, format, text):
        found = json.loads(run("read", text=text).stdout)
        assert found == read_text(text) == json.loads(run("read", format, text=text).stdout)
        assert found["format"] == format
        assert "spark.executor.memory" in {setting["key"] for setting in found["settings"]}
        assert SECRET not in json.dumps(found)

    def test_keys_are_judged_by_the_release_asked_for(self):
        text = "spark.executor.memory 8g\nspark.executor.minMemoryOverhead 1g\nspark.yarn.executor.memoryOverhead 2g\n"
        old, new = (json.loads(run("read", "--release", release, text=text).stdout) for release in ("3.5", "4.3"))
        assert (old["release"], new["release"]) == ("3.5", "4.3")
        assert {about["key"]: about["status"] for about in old["about"]} == {
            "spark.executor.minMemoryOverhead": "ignored", "spark.yarn.executor.memoryOverhead": "deprecated",
        }  # fmt: skip
        (about,) = new["about"]
        assert about["replaced-by"] == "spark.executor.memoryOverhead"
        assert "since 2.3" in about["text"]

    def test_a_text_that_names_its_release_is_judged_by_it(self):
        assert read_text(TEXTS["spark-application"])["release"] == "3.5"

    @pytest.mark.parametrize(
        ("words", "text", "said"),
        [
            ((), "hello", "none of the formats"),
            ((), "", "nothing to read"),
            ((), b"\xff\xfe", "UTF-8"),
            (("no-such",), "x", "no format 'no-such'"),
            (("get-all", "markdown"), "x", "name one format"),
            (("--release", "1.6"), "spark.executor.memory 1g", "release '1.6' is not one of"),
            (("--release",), "x", "has no value"),
            (("--gc", "z"), "x", "read has no option --gc"),
        ],
    )
    def test_faults_go_to_standard_error(self, words, text, said):
        done = run("read", *words, text=text)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr.decode()
        assert b"Traceback" not in done.stderr


class TestWrite:
    @pytest.mark.parametrize("format", [name for name, found in FORMATS.items() if found.write])
    @pytest.mark.parametrize("given_as", ["settings", "read", "text"])
    def test_the_same_settings_come_out_of_every_format(self, format, given_as):
        text = "spark.executor.memory 8g\nspark.executor.cores 4\n"
        values = {"spark.executor.memory": "8g", "spark.executor.cores": "4"}
        put_in = {"settings": json.dumps(values), "read": json.dumps(read_text(text)), "text": text}[given_as]
        done = run("write", format, text=put_in)
        assert (done.returncode, done.stderr) == (0, b"")
        assert read(done.stdout.decode(), format).values == values

    def test_what_is_known_beside_the_settings_goes_along(self):
        command = "spark-submit --master yarn --deploy-mode cluster --executor-memory 8g app.py"
        out = written(json.dumps(read_text(command)), "markdown")
        assert read(out).inputs() == read(command).inputs()

    def test_lists_that_no_reader_of_json_may_be_given_are_none(self):
        """In WebAssembly the browser ends all of Python where they are read."""
        for deep in ("[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000):
            with pytest.raises(ConfigurationError):
                written(deep, "spark-defaults")

    def test_emr_json_is_read_as_such(self):
        assert read(written(TEXTS["emr-json"], "markdown")).inputs() == read(TEXTS["emr-json"]).inputs()

    def test_what_only_a_shell_fills_in_stays_in_a_shell(self):
        found = json.dumps(read_text("spark-submit --executor-memory ${MEM} app.py"))
        with pytest.raises(ConfigurationError, match=r"\$MEM, which only a shell fills in"):
            written(found, "spark-defaults")

    @pytest.mark.parametrize(
        ("words", "text", "said"),
        [
            ((), "{}", "name one format"),
            (("no-such",), "{}", "no format 'no-such'"),
            (("get-all",), "{}", "is read and not written"),
            (("markdown", "--release", "4.3"), "{}", "write has no option --release"),
            (("markdown",), '{"spark.ssl.keyPassword": "x"}', "spark.ssl.keyPassword is not a memory setting"),
            (("markdown",), '{"spark.executor.memory": 8}', "an object of names and texts"),
            (("markdown",), '{"settings": {}}', "settings is a list"),
            (("markdown",), '{"settings": [1]}', "an object with key and value"),
            (("markdown",), '{"settings": [{"key": "spark.executor.memory"}]}', "has a value"),
            (("markdown",), '{"settings": [], "circumstances": {"x": "y"}}', "circumstances are cluster-manager"),
            (("markdown",), '{"settings": [], "circumstances": {"release": "1"}}', "release '1' is not one of"),
            (("markdown",), '{"settings": [], "cluster": {"x": "y"}}', "x is no setting of a cluster"),
            (("markdown",), "[1, 2]", "none of the formats"),
        ],
    )
    def test_faults_go_to_standard_error(self, words, text, said):
        done = run("write", *words, text=text)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr.decode()
        assert b"Traceback" not in done.stderr

    @given(JSON, st.sampled_from(list(FORMATS)))
    def test_any_json_is_written_or_refused(self, data, format):
        with suppress(ConfigurationError):
            assert isinstance(written(json.dumps(data), format), str)
