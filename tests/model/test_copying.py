"""An answer copied in each format: it reads back as the same configuration, holds no secret, and never fails silently."""

import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem import __version__, evaluate
from sparkmem.browser import answer
from sparkmem.browser import copied as copied_json
from sparkmem.calculators import CALCULATORS
from sparkmem.configuration import read
from sparkmem.configuration.carried import carried
from sparkmem.render.copied import Copied, copied
from sparkmem.render.origin import Origin
from sparkmem.render.written_up import plain
from sparkmem.requests.addressed import set_texts
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold
from sparkmem.requests.evaluate import run
from sparkmem.requests.query import query as query_of
from sparkmem.subjects.job.example import EXAMPLE
from tests.model.commands import said

HERE = Path(__file__).parents[1]
CASES = sorted(path for path in (HERE / "cases" / "configurations").iterdir() if path.name != "sources.json")
GOLDEN = HERE / "golden" / "copied"
WRITTEN = [name for name, found in COPY_FORMATS.items() if found.written_as]
CONFIGURATIONS = [name for name, found in COPY_FORMATS.items() if found.written_as or name == "markdown"]
ORIGIN = Origin("https://sparkmem.example/explain/", "explain/", "2026-01-31")
SUFFIX = {"link": "txt", "short": "txt",
          "spark-submit": "sh", "spark-defaults": "conf", "pyspark": "py.txt", "emr": "json", "spark-application": "yaml",
          "markdown": "md.txt", "json": "json"}  # fmt: skip


def explained(text: str, **inputs: str) -> dict:
    return {"calculator": "explain", "inputs": {"text": text} | inputs}


def attempt(request: dict, format: str) -> Copied | CannotHold:
    try:
        return copied(request, format, ORIGIN)
    except CannotHold as error:
        return error


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("format", CONFIGURATIONS)
class TestRealConfigurations:
    def test_what_is_copied_reads_back(self, path, format):
        request = explained(path.read_text())
        found = attempt(request, format)
        if isinstance(found, CannotHold):
            assert "runs on Kubernetes" in found.message or "run YARN" in found.message, found.message
            assert {"markdown", "json"} <= set(found.instead)
            assert all(isinstance(attempt(request, other), Copied) for other in found.instead)
            return
        _, given_, _ = run(request)
        asked = set_texts(given_)
        back = read(found.text)
        assert back.values == {name: text for name, text in asked.items() if carried(name)}
        if format != "markdown":  # its other tables are passed over
            assert back.ignored == ()
        known = back.circumstances.as_inputs()
        for name in COPY_FORMATS[format].holds or ("cluster-manager", "deploy-mode", "language", "release"):
            assert asked.get(name, known.get(name)) == known.get(name), name
        if format in WRITTEN:
            assert found.said.startswith(f"Copied as {COPY_FORMATS[format].name}, {len(back.settings)} setting")

    def test_what_is_copied_and_what_is_named_beside_it_give_the_same_answer(self, path, format):
        request = explained(path.read_text())
        found = attempt(request, format)
        if isinstance(found, CannotHold) or any(" holds $" in line or "by default" in line for line in found.beside):
            return
        beside = dict(line.split(" ", 1) for line in found.beside)
        again = evaluate(explained(found.text, **beside))
        before = evaluate(request)
        assert again["rows"] == before["rows"]
        assert again["verdict"] == before["verdict"]


class TestGolden:
    """One example of each, as a person reads it: GOLDEN=write writes the files again."""

    @pytest.mark.parametrize("format", COPY_FORMATS)
    def test_the_text_is_the_one_that_was_read(self, format):
        inputs = {"yarn-maximum-allocation": "64g", "release": "3.5", "node-memory": "64g"}
        if format == "spark-application":
            inputs |= {"cluster-manager": "kubernetes"}
        text = copied(explained(EXAMPLE, **inputs), format, ORIGIN).text.replace(__version__, "VERSION")
        file = GOLDEN / f"{format}.{SUFFIX[format]}"
        if os.environ.get("GOLDEN") == "write":
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        assert text == file.read_text()


SECRET_PASTE = (
    "export AWS_SECRET=hunter2\nspark-submit --master yarn --name hunter2 --executor-memory 8g"
    " --driver-memory ${MEM:-hunter2} --conf spark.hadoop.fs.s3a.secret.key=hunter2"
    " --conf 'spark.executor.extraJavaOptions=-XX:+UseG1GC -Dpw=hunter2'"
    " --conf spark.executor.memoryOverhead=$(cat /hunter2) --conf spark.executor.cores=$CORES job.py --token hunter2"
)


class TestWhatIsNotCopied:
    @pytest.mark.parametrize("format", COPY_FORMATS)
    def test_a_secret_in_the_paste(self, format):
        request = explained(SECRET_PASTE) | {
            "format": format, "address": "https://x.example/explain/?text=hunter2#hunter2", "page": "explain/",
        }  # fmt: skip
        for more in ({}, {"cluster-manager": "kubernetes"}):
            reply = copied_json(json.dumps(request | {"inputs": request["inputs"] | more}))
            assert "hunter2" not in reply
            assert "--token" not in reply

    def test_a_shell_variable_stays_in_a_command_and_is_named_elsewhere(self):
        command = copied(explained(SECRET_PASTE), "spark-submit", ORIGIN)
        assert '--executor-cores "${CORES}"' in command.text
        lost = "value-not-readable:spark.driver.memory,value-not-in-text:spark.executor.memoryOverhead"
        assert command.beside == (f"lost {lost}",), "the command itself holds what only a shell fills in"
        file = copied(explained(SECRET_PASTE), "spark-defaults", ORIGIN)
        assert "spark.executor.cores holds $CORES, which only a shell fills in" in file.beside
        assert "#   spark.executor.cores holds $CORES" in file.text
        joined = copied(explained('spark-submit --executor-memory "${M}"g a.py'), "spark-submit", ORIGIN)
        assert '--executor-memory "${M}g"' in joined.text

    def test_an_address_holds_recognised_settings_alone(self):
        text = copied(explained(SECRET_PASTE), "markdown", ORIGIN).text
        address = re.search(r"\]\((https://sparkmem\.example/explain/\?[^)]*)\)", text)[1]
        assert address == (
            "https://sparkmem.example/explain/?release=4.3&cluster-manager=yarn&language=python"
            "&lost=value-not-readable%3Aspark.driver.memory%2Cvalue-not-in-text%3Aspark.executor.memoryOverhead"
            "%2Cvalue-not-in-text%3Aspark.executor.cores&spark.executor.extraJavaOptions=-XX%3A%2BUseG1GC&spark.executor.memory=8g#explain-calculator"
        )
        assert query_of({"a": "b c*-._~"}) == "a=b+c*-._%7E"


@pytest.mark.parametrize("calculator", CALCULATORS)
class TestEveryCalculator:
    @pytest.mark.parametrize("format", COPY_FORMATS)
    def test_its_defaults_are_copied_or_it_says_why_not(self, calculator, format):
        request = {"calculator": calculator, "inputs": {}}
        found = attempt(request, format)
        if isinstance(found, CannotHold):
            assert len(found.message) > 40
            assert found.instead
            assert all(isinstance(attempt(request, other), Copied) for other in found.instead)
        else:
            assert found.text.strip()
            assert found.text.endswith("\n") or format == "link"

    def test_its_defaults_written_out_are_its_defaults(self, calculator):
        found = attempt({"calculator": calculator, "inputs": {}}, "spark-defaults")
        if isinstance(found, CannotHold) or calculator == "explain":
            assert calculator in ("jvm-heap", "explain")
            return
        assert "with their defaults" in found.said
        values = read(found.text).values
        assert values
        names = CALCULATORS[calculator].by_name
        answers = [
            evaluate({"calculator": calculator, "inputs": inputs})["rows"]
            for inputs in ({}, {k: v for k, v in values.items() if k in names})
        ]
        unset, written_out = ([(row["id"], row["text"]) for row in rows] for rows in answers)
        assert written_out == unset


class TestReasons:
    def test_a_calculator_without_settings_names_what_to_take_instead(self):
        error = attempt({"calculator": "jvm-heap", "inputs": {"heap": "8g"}}, "spark-submit")
        said = "What a JVM reports of -Xmx has no setting of Spark, so there is nothing that spark-submit could hold"
        assert error.message == said
        assert error.instead == ("markdown", "json")

    def test_a_cluster_manager_that_is_not_the_formats(self):
        said = attempt(explained("spark-submit --master yarn --executor-memory 4g a.py"), "spark-application")
        assert "runs on Kubernetes, and the cluster manager is yarn" in said.message
        unsaid = attempt(explained("spark.executor.memory 4g"), "spark-application")
        assert unsaid.beside == (
            "cluster-manager yarn, by default: the answer is for YARN, and SparkApplication for Kubernetes",
            "deploy-mode client, by default: the answer is for a driver outside the cluster, and SparkApplication for one"
            " inside it",
        )
        assert all(f"#   {line}\n" in unsaid.text for line in unsaid.beside)

    def test_inputs_of_the_cluster_have_a_place_in_emrs_json_and_are_named_elsewhere(self):
        inputs = {"spark.executor.memory": "8g", "yarn-maximum-allocation": "60g", "yarn-scheduler": "fair"}
        request = {"calculator": "container-request", "inputs": inputs}
        emr = attempt(request, "emr")
        assert read(emr.text).cluster == {"yarn.scheduler.maximum-allocation-mb": "61440"}
        assert emr.beside == ("yarn-scheduler fair",)
        assert attempt(request, "spark-submit").beside == ("yarn-scheduler fair", "yarn-maximum-allocation 60g")
        node = {"calculator": "fit-node", "inputs": {"node-memory": "64g"}}
        assert "node-memory 64g" in attempt(node, "emr").beside, "the machine's memory is not what YARN hands out"

    def test_the_static_manager_is_switched_on(self):
        found = attempt({"calculator": "legacy-memory", "inputs": {}}, "spark-defaults")
        assert "spark.memory.useLegacyMode true\n" in found.text

    def test_no_answer_is_said_and_quoted_in_markdown(self):
        request = {"calculator": "executor-memory", "inputs": {"spark.executor.memory": "100m", "release": "3.5"}}
        said = attempt(request, "spark-submit").message
        assert said == "there is no answer for what you entered: see spark.executor.memory"
        text = attempt(request, "markdown").text
        said = " ".join(evaluate(request)["errors"][0]["message"].split())
        assert f"- `spark.executor.memory`: Spark says: {plain(said)}\n" in text
        assert "| `spark.executor.memory` | `100m` |" in text
        assert json.loads(attempt(request, "json").text)["errors"] == evaluate(request)["errors"]

    def test_an_unknown_format(self):
        assert attempt({"calculator": "explain", "inputs": {}}, "csv").message.startswith("no format 'csv'")


class TestMarkdown:
    def test_it_says_where_and_when_it_is_from_and_links_every_source(self):
        request = {"calculator": "executor-memory", "inputs": {"spark.executor.memory": "8g", "gc": "parallel"}}
        origin = Origin("https://sparkmem.example/memory/executor-heap/", "memory/executor-heap/", "2026-01-31")
        text = copied(request, "markdown", origin).text
        answered = evaluate(request)
        assert "?release=4.3&spark.executor.memory=8g&gc=parallel#executor-memory-calculator)" in text
        assert f"sparkmem {__version__} (knows Spark 2.4 to 4.3), read 2026-01-31" in text
        assert "| `release` | `4.3` |" in text, "the default may be another in three years"
        for row in answered["rows"]:
            assert f"https://sparkmem.example/{row['see']}" in text
            assert row["source"]["url"] in text
            assert f"| {row['bytes']:,} |" in text
        assert answered["notes"]
        for note in answered["notes"]:
            assert f"([more](https://sparkmem.example/{note['see']}))" in text

    def test_in_a_terminal_there_is_no_address(self):
        text = copied({"calculator": "explain", "inputs": {}}, "markdown", Origin()).text
        assert "read " not in text.splitlines()[2]
        assert "](checked" not in text
        assert "sparkmem explain --cluster-manager yarn" in text


ODD = st.text(st.sampled_from(list("8g '\"\\`$|=:#!{}[],&*-~\t\n\r\x0b\x85\u2028é語😀%")), max_size=12)


class TestAnything:
    @given(ODD, ODD, st.sampled_from(WRITTEN))
    def test_no_value_breaks_out_of_its_place(self, flags, memory, format):
        inputs = {"spark.executor.extraJavaOptions": flags, "jvm-max-memory": memory, "spark.executor.memory": "8g"}
        found = attempt({"calculator": "executor-memory", "inputs": inputs}, format)
        if isinstance(found, Copied):
            back = read(found.text)
            assert back.values.get("spark.executor.memory") == "8g"
            assert set(back.values) <= {"spark.executor.memory", "spark.executor.extraJavaOptions"}

    @given(st.dictionaries(st.sampled_from(["inputs", "format", "address", "page", "date"]), st.text(max_size=9)))
    def test_no_request_raises(self, request_):
        request_ = {"calculator": "explain"} | request_ | ({"inputs": {}} if "inputs" in request_ else {})
        reply = json.loads(copied_json(json.dumps(request_)))
        assert reply["said"]


class TestInAPage:
    def test_the_reply_names_beside_the_text_what_has_no_place_in_it(self):
        request = explained(EXAMPLE) | {"format": "emr", "address": "https://x.example/explain/", "page": "explain/"}
        reply = json.loads(copied_json(json.dumps(request)))
        assert reply["ok"]
        assert reply["said"] == "Copied as EMR JSON, 5 settings."
        assert "<li>language python</li>" in reply["html"]
        assert json.loads(reply["text"])[0]["Classification"] == "spark-defaults"

    @pytest.mark.parametrize(
        ("format", "java"), [*((name, "17") for name in ("json", "short", "markdown", "spark-submit")),
                             *((name, "12") for name in ("short", "markdown"))],
    )  # fmt: skip
    def test_both_releases_of_a_difference_are_in_the_address(self, format, java):
        request = {"calculator": "release-diff", "inputs": {"java": java}}
        origin = Origin("https://sparkmem.example/calculators/release-diff/", "calculators/release-diff/")
        text = copied(request, format, origin).text
        assert "/release-diff/?release=3.5&other-release=4.3&java=" in text

    def test_the_address_is_the_one_that_the_page_itself_has_with_the_release_that_was_used(self):
        kept = json.loads(answer(json.dumps(explained(EXAMPLE) | {"page": "explain/"})))["address"]
        text = json.loads(copied(explained(EXAMPLE), "json", ORIGIN).text)
        assert text["address"] == f"https://sparkmem.example/explain/?release=4.3&{query_of(kept)}#explain-calculator"
        assert (text["version"], text["date"]) == (__version__, "2026-01-31")
        assert {k: v for k, v in text.items() if k not in ("version", "date", "address")} == evaluate(explained(EXAMPLE))

    def test_what_is_offered_instead_can_be_pressed(self):
        reply = json.loads(copied_json(json.dumps({"calculator": "jvm-heap", "inputs": {}, "format": "emr"})))
        assert not reply["ok"]
        assert re.findall(r'data-format="([^"]+)"', reply["html"]) == ["markdown", "json"]


@pytest.mark.parametrize("format", [name for name in COPY_FORMATS if name != "emr"])
def test_every_link_of_a_comparison_opens_the_comparison_with_the_releases_of_both_sides(format):
    sides = {"inputs": {"spark.executor.memory": "8g"}, "against": {"spark.executor.memory": "4g", "release": "3.5"}}
    text = copied({"calculator": "executor-memory", **sides}, format, ORIGIN).text
    (address,) = re.findall(r'https://sparkmem\.example/explain/\?[^\s")]+', text)
    query = dict(parse_qsl(urlsplit(address).query))
    assert dict(parse_qsl(query.pop("against"))) == {"spark.executor.memory": "4g", "release": "3.5"}
    assert query == {"release": "4.3", "spark.executor.memory": "8g"}
    assert format != "short" or "Compared with before: Heap that the JVM reports +4,096 MiB." in text


def test_what_a_page_says_by_itself_holds_for_both_sides_of_what_is_copied():
    where = {"page": "memory/kubernetes/", "address": "https://sparkmem.example/memory/kubernetes/"}
    request = {"calculator": "container-request", "inputs": {}, "against": {}, "format": "link"}
    reply = json.loads(copied_json(json.dumps(request | where)))
    assert reply["text"].count("cluster-manager") == 2


def test_what_is_refused_is_copied_in_short_with_what_to_write_and_the_address():
    found = copied({"calculator": "container-request", "inputs": {"spark.executor.memory": "1.5g"}}, "short", ORIGIN)
    first, theirs, address, version = found.text.splitlines()
    assert first == "Container request: no answer. Write 1536m: a size is a whole number."
    assert theirs.startswith("Spark says: [INVALID_CONF_VALUE.TYPE_MISMATCH] The value '1.5g'")
    assert address == "https://sparkmem.example/explain/?release=4.3&spark.executor.memory=1.5g#container-request-calculator"
    assert version.startswith("sparkmem ")
    assert found.said == "Copied as short text: what is refused, what to write, and the address."


class TestCommandLine:
    @pytest.mark.parametrize("format", [name for name in COPY_FORMATS if name != "link"])
    def test_every_format(self, format):
        done = said("executor-memory", "--spark.executor.memory", "8g", "--as", format)
        assert done.returncode == 0
        assert "8g" in done.stdout
        assert done.stderr == ""

    def test_what_has_no_place_goes_to_standard_error(self):
        done = said("container-request", "--language", "python", "--as", "emr")
        assert done.returncode == 0
        assert json.loads(done.stdout)
        assert done.stderr == "The answer also rests on this, which has no place there:\n  language python\n"

    def test_why_not(self):
        done = said("jvm-heap", "--as", "pyspark")
        assert (done.returncode, done.stdout) == (2, "")
        assert "has no setting of Spark" in done.stderr
        assert "take instead: markdown, json" in done.stderr

    def test_a_terminal_has_no_link(self):
        done = said("executor-memory", "--as", "link")
        assert (done.returncode, done.stdout) == (2, "")
        assert "take instead: short, markdown, json" in done.stderr

    def test_faults_are_faults(self):
        done = said("executor-memory", "--spark.executor.memory", "lots", "--as", "markdown")
        assert (done.returncode, done.stdout) == (2, "")
        assert "spark.executor.memory" in done.stderr
