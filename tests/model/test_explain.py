"""Explain my job: real configurations, the warnings, and figures that others pass on wrong."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem import evaluate
from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from sparkmem.calculators.fit_node import FIT_NODE
from sparkmem.configuration import FORMATS, configuration, read, write
from sparkmem.jvm.dead_flags import GONE_IN, dead_flags
from sparkmem.jvm.references import NOT_COMPRESSED_FROM
from sparkmem.render.copied import copied
from sparkmem.render.explained import explained_text
from sparkmem.render.origin import Origin
from sparkmem.render.screen import screen_of
from sparkmem.requests.evaluate import run
from sparkmem.requests.sharing import shareable
from sparkmem.spark.settings.keys import KEYS

HERE = Path(__file__).parents[1]
CASES = HERE / "cases" / "configurations"
REAL = json.loads((CASES / "sources.json").read_text())
LAB = json.loads((HERE / "oracle" / "lab.json").read_text())["experiments"]
MIB = 1 << 20


def explain(text=None, **inputs):
    named = {name.replace("_", "-"): value for name, value in inputs.items()}
    return evaluate({"calculator": "explain", "inputs": named | ({} if text is None else {"text": text})})


def ids(answered):
    return {note["id"] for note in answered["notes"]}


def text_of(answered, id):
    return next(note["text"] for note in answered["notes"] if note["id"] == id)


def size(answered, id):
    return next(row["bytes"] for row in answered["rows"] if row["id"] == id)


class TestRealConfigurations:
    def test_there_are_twenty_each_with_its_source(self):
        files = {path.name for path in CASES.iterdir()} - {"sources.json"}
        assert {case["file"] for case in REAL} == files
        assert len(REAL) >= 20
        assert len({case["source"] for case in REAL}) == len(REAL)
        assert all(case["source"].startswith("https://github.com/") for case in REAL)

    @pytest.mark.parametrize("case", REAL, ids=lambda case: case["file"])
    def test_is_read_explained_and_adds_up(self, case):
        text = (CASES / case["file"]).read_text()
        assert read(text).format == case["format"]
        result, _ = CALCULATORS["explain"].run({"text": text})  # a breakdown that does not add up raises
        assert result.headline.startswith(case["verdict"]), result.headline
        assert set(case["notes"]) <= {note.id for note in result.notes}
        assert result.breakdowns
        rows = result.rows()
        assert len({row.id for row in rows}) == len({row.label for row in rows}) == len(rows), "a row is meant by its name"
        assert result.read.format == FORMATS[case["format"]].name

    @pytest.mark.parametrize("case", REAL, ids=lambda case: case["file"])
    def test_is_written_back_and_reads_the_same(self, case):
        found = read((CASES / case["file"]).read_text())
        known = found.without(*(s.key for s in found.settings if s.variables), *found.cluster)
        for format in FORMATS.values():
            if format.write:  # a format may have no word for a cluster manager; the settings fit into each
                again = read(write(configuration(known.values), format.id), format.id)
                assert again.values == known.values, format.id
        if FORMATS[found.format].write:
            again = read(write(known, found.format), found.format)
            assert (again.values, again.circumstances.deploy_mode) == (known.values, known.circumstances.deploy_mode)

    @pytest.mark.parametrize("case", REAL, ids=lambda case: case["file"])
    def test_the_address_gives_the_same_figures(self, case):
        pasted = page({"text": (CASES / case["file"]).read_text()})
        opened = page(pasted["address"])
        assert opened["address"] == pasted["address"]
        if "fields" in opened:
            assert page({**pasted["address"], **opened["fields"]})["address"] == pasted["address"]
        assert opened["summary"] == pasted["summary"]


def page(inputs):
    return json.loads(answer(json.dumps({"calculator": "explain", "page": "explain/", "inputs": inputs})))


class TestTheText:
    def test_what_is_given_beside_it_does_not_go_before_it_in_silence(self):
        text = "spark-submit --master yarn --deploy-mode client --executor-memory 6g --class a.B b.jar"
        beside = {"cluster_manager": "kubernetes", "deploy_mode": "client", "spark.executor.memory": "hunter2"}
        note = text_of(explain(text, **beside), "beside-the-text")
        assert "cluster manager kubernetes, not yarn" in note
        assert "spark.executor.memory" in note
        assert "deploy mode" not in note
        assert "hunter2" not in note
        assert "beside-the-text" not in ids(explain(text, deploy_mode="client"))

    def test_a_secret_is_in_no_part_of_the_answer(self):
        text = (
            "spark-submit --master yarn --executor-memory 4g --conf spark.hadoop.fs.s3a.secret.key=hunter2"
            " --conf 'spark.executor.extraJavaOptions=-XX:+UseG1GC -Dpassword=hunter2' --conf spark.ssl.keyPassword=hunter2"
            " job.py --token hunter2"
        )
        assert "hunter2" not in json.dumps(page({"text": text}))
        assert "hunter2" not in json.dumps(explain(text))

    def test_what_was_passed_over_is_named_with_the_reason(self):
        found = explain("spark.executor.memory 4g\nspark.app.name x\nspark.executor.memoryOverHead 1g")["read"]
        assert [item["name"] for item in found["taken"]] == ["spark.executor.memory"]
        assert {item["name"] for item in found["passed-over"]} == {"spark.app.name", "spark.executor.memoryOverHead"}
        assert "spark.executor.memoryOverhead" in next(
            item["reason"] for item in found["passed-over"] if item["name"].endswith("OverHead")
        )

    @pytest.mark.parametrize("text", ["", "   ", "hello", "{}"])
    def test_a_text_in_no_format_is_an_error_of_the_box(self, text):
        assert [error["input"] for error in explain(text)["errors"]] == ["text"]

    def test_the_form_goes_before_the_text(self):
        text = "spark-submit --master yarn --executor-memory 4g app.jar"
        assert size(explain(text), "container-limit") == 5120 * MIB
        answered = explain(text, cluster_manager="kubernetes")
        assert size(answered, "container-limit") == (4096 + 409) * MIB
        assert "cluster manager" not in text_of(answered, "assumed")

    def test_nothing_is_said_to_be_assumed_where_only_a_deploy_mode_would_be_that_there_is_not(self):
        answered = explain("FROM apache/spark:3.5.1\nRUN spark-submit --master local[2] --driver-memory 5g job.py")
        assert not [note for note in answered["notes"] if note["id"] == "assumed"]

    @pytest.mark.parametrize(("text", "assumed"), [
        ("spark.executor.memory 4g", "Assumed: YARN, client mode, Scala or Java, Spark 4.3."),
        ("spark-submit --master yarn --executor-memory 4g job.py", "Assumed: client mode, Spark 4.3."),
        ("spark-submit --master local[4] --driver-memory 4g job.py", "Assumed: Spark 4.3."),
    ])  # fmt: skip
    def test_what_is_assumed_stands_beside_the_verdict(self, text, assumed):
        html = page({"text": text})["html"]
        _, after = html.split('<p class="sm-headline">')[1].split("</p>", 1)
        left = "" if "driver-memory" in text else " Not set, so Spark&#x27;s default holds: spark.driver.memory 1g."
        assert after.startswith(f'<p class="sm-assumed">{assumed}{left} <a href="#asked">')
        assert html.count("Assumed: ") == 1
        request = {"calculator": "explain", "inputs": {"text": text}}
        result, _, _ = run(request)
        screen = explained_text(result, screen_of(io.StringIO(), {}))
        assert f"\n{assumed}\n" in screen
        assert screen.count("Assumed: ") == 1
        for format in ("short", "markdown"):
            copy = copied(request, format, Origin()).text
            assert copy.count(assumed) == 1
            assert copy.index(assumed) < copy.index("Driver: " if format == "short" else "| ")

    @pytest.mark.parametrize(("text", "passed_over"), [
        ("spark-submit --executor-memory 4g a.py\nspark-submit --class B b.jar", "line 2: a second command"),
        ('spark-submit --executor-memory 4g --master "$URL" a.py', "line 1: a shell variable, $URL"),
        ("spark-submit --executor-memory 4g --master {url} a.py", "line 1: its value is not in the text"),
        ("spark-submit --executor-memory 4g --master yarn a.py", ""),
        ('spark-submit --executor-memory 4g --master "$URL" a.py  # runs on YARN', ""),
    ])  # fmt: skip
    def test_a_command_or_a_master_that_is_passed_over_stands_beside_the_verdict(self, text, passed_over):
        request = {"calculator": "explain", "inputs": {"text": text}}
        screen = explained_text(run(request)[0], screen_of(io.StringIO(), {}))
        head = " ".join(screen.split("Executor container")[0].split())
        assert head.count("Passed over: ") == bool(passed_over)
        assert passed_over in head
        assert ("<b>Passed over:</b>" in page({"text": text})["html"]) == bool(passed_over)

    @pytest.mark.parametrize(("text", "to_check"), [
        ("spark-submit --master yarn --executor-memory $MEM a.py", "executor.memory (line 1: holds $MEM, which"),
        ("spark-submit --master $URL --executor-memory 4g a.py", "spark.master (line 1: a shell variable, $URL)"),
        ('mem = os.environ.get("MEM", "6g")\nSparkConf().set("spark.executor.memory", mem)', "(line 2: where nothing else"),
        ("spark-submit --master yarn --executor-memory 4g a.py", ""),
    ])  # fmt: skip
    def test_what_a_reader_has_to_look_up_stands_beside_the_verdict(self, text, to_check):
        screen = explained_text(run({"calculator": "explain", "inputs": {"text": text}})[0], screen_of(io.StringIO(), {}))
        head = " ".join(screen.split("Executor container")[0].split())
        assert head.count("To check: ") == bool(to_check)
        assert to_check in head

    def test_what_only_a_shell_knows_is_said_and_not_guessed(self):
        answered = explain('spark-submit --master yarn --executor-memory "$MEM" app.jar')
        assert size(answered, "executor-memory") == 1024 * MIB
        assert "$MEM" in text_of(answered, "shell-variable")

    def test_every_memory_setting_may_be_in_an_address(self):
        names = {item.name for item in CALCULATORS["explain"].inputs}
        assert {name for name, key in KEYS.items() if key.memory} <= names

    def test_without_a_text_the_example_is_explained_and_says_so(self):
        assert explain()["read"]["example"]
        assert "example" in ids(explain())
        assert not explain(**{"spark.executor.memory": "2g"})["read"]["example"]


_SIZES = st.sampled_from(["1g", "513m", "1025m", "33g", "100m", "0", "-1", "4096", "1.5g", "", "9999999t", "x"])
_CHANCE = st.fixed_dictionaries({}, optional={
    "spark.executor.memory": _SIZES, "spark.driver.memory": _SIZES, "spark.executor.memoryOverhead": _SIZES,
    "spark.memory.offHeap.size": _SIZES, "spark.memory.offHeap.enabled": st.sampled_from(["true", "false", "x"]),
    "spark.memory.fraction": st.sampled_from(["0.6", "1.5", "0"]), "spark.executor.pyspark.memory": _SIZES,
    "spark.executor.extraJavaOptions": st.sampled_from(["-XX:+UseParallelGC", "-XX:+PrintGCDateStamps", "-Xmx3g"]),
    "spark.storage.memoryFraction": st.just("0.5"), "spark.memory.useLegacyMode": st.just("true"),
    "cluster-manager": st.sampled_from(["yarn", "kubernetes", "standalone", "local"]),
    "deploy-mode": st.sampled_from(["client", "cluster"]), "language": st.sampled_from(["jvm", "python", "r"]),
    "release": st.sampled_from(["2.4", "3.0", "3.3", "4.3"]), "gc": st.sampled_from(["serial", "g1", "z"]),
})  # fmt: skip


class TestAnything:
    @given(_CHANCE)
    def test_is_answered_once_and_from_its_own_address_again(self, inputs):
        answered = explain(**inputs)
        if "errors" in answered:
            return
        rows = [row["id"] for row in answered["rows"]]
        assert len(rows) == len(set(rows))
        shown = page(inputs)
        again = page(shown["address"])["summary"]
        if "x" not in inputs.values():
            assert again == shown["summary"]
            return
        # What has no shape may be a secret: the address says that the setting is lost, and not what stood there.
        lost = [name for name, text in inputs.items() if text == "x"]
        assert all(f"value-not-readable:{name}" in shown["address"]["lost"] for name in lost)
        assert not again.startswith("Fits")

    @given(st.text(max_size=200))
    def test_any_text_has_an_answer_or_a_fault(self, text):
        assert {"errors", "verdict"} & explain(text).keys()


class TestTheWarnings:
    @pytest.mark.parametrize(("id", "text", "inputs"), [
        ("off-heap-not-enabled", "spark.memory.offHeap.size 2g", {}),
        ("overhead-below-default", "spark.executor.memory 8g\nspark.executor.memoryOverhead 512m", {}),
        ("compressed-references", "spark.executor.memory 33g", {}),
        ("pyspark-not-added", "spark-submit --master k8s://h --conf spark.executor.pyspark.memory=2g job.py", {}),
        ("off-heap-not-added", "spark.memory.offHeap.enabled true\nspark.memory.offHeap.size 1g", {"release": "2.4"}),
        ("dead-flag", "spark.executor.extraJavaOptions -XX:+UseConcMarkSweepGC", {"release": "3.5"}),
        ("dead-flag", "spark.executor.extraJavaOptions -XX:+UseConcMarkSweepGC", {"release": "3.5", "java": "17"}),
        ("dead-flag", "spark.driver.defaultJavaOptions -XX:MaxPermSize=256m", {}),
        ("refused", "spark.driver.defaultJavaOptions -XX:+PrintGCDateStamps", {"release": "3.2", "java": "11"}),
        ("idle-in-local-mode", "spark-submit --master local[4] --conf spark.executor.memoryOverhead=1g app.jar", {}),
        ("heap-above-machine", "spark-submit --master local[4] --driver-memory 8g app.jar", {"machine_memory": "4g"}),
        ("idle-in-local-mode", "spark-submit --master local[4] --executor-memory 8g --num-executors 4 app.jar", {}),
        ("option-not-handed-on", "spark-submit --master spark://h:7077 --executor-memory 8g --num-executors 4 app.jar", {}),
        ("key-not-read", "spark.storage.memoryFraction 0.5", {}),
        ("key-deprecated", "spark.yarn.executor.memoryOverhead 600", {}),
        ("driver-memory-too-late", 'SparkSession.builder.config("spark.driver.memory", "8g").getOrCreate()', {}),
        ("ui-number", "spark.executor.memory 8g", {}),
        ("maximize-resource-allocation",
         '[{"Classification": "spark", "Properties": {"maximizeResourceAllocation": "true"}}]', {}),
        ("max-result-unlimited", "spark.driver.maxResultSize 0", {}),
        ("direct-above-overhead",
         "spark.executor.memory 6g\nspark.executor.extraJavaOptions -XX:MaxDirectMemorySize=2g", {}),
        ("page-too-large", "spark.executor.memory 8g\nspark.buffer.pageSize 17179869177b", {}),
        ("vendor-driver", "gcloud dataproc jobs submit pyspark a.py --cluster=c --properties=spark.executor.memory=4g", {}),
        ("yarn-above-machine",
         "gcloud dataproc clusters create c --worker-machine-type n2-standard-4 --properties "
         "spark:spark.executor.memory=20g,yarn:yarn.nodemanager.resource.memory-mb=40000", {}),
        ("no-executor-by-cores",
         "spark-submit --master spark://h:7077 --total-executor-cores 3 --executor-cores 4 app.jar", {}),
    ])  # fmt: skip
    def test_is_given_where_it_is_due_and_only_there(self, id, text, inputs):
        assert id in ids(explain(text, **inputs))
        others = explain("spark-submit --master yarn --executor-memory 8g --driver-memory 4g app.jar", **inputs)
        assert id == "ui-number" or id not in ids(others)

    @pytest.mark.parametrize(
        ("release", "flag", "named"),
        [
            ("3.5", "UseConcMarkSweepGC", "of Java 8 or older, and Java 11 still knows it"),
            ("3.5", "PrintHeapAtGC", "of Java 8 or older."),
            ("3.2", "PrintHeapAtGC", "Java 8 does, and Spark 3.2 runs on it"),
        ],
    )  # fmt: skip
    def test_a_dead_flag_names_each_java_that_starts_with_it(self, release, flag, named):
        notes = explain(f"spark.executor.extraJavaOptions -XX:+{flag}", release=release)["notes"]
        assert [named in note["text"] for note in notes if note["id"] == "dead-flag"] == [True]

    def test_each_leads_to_a_section_that_exists(self):
        docs = HERE.parent / "docs"
        for case in REAL:
            for note in explain((CASES / case["file"]).read_text())["notes"]:
                path, _, anchor = note["see"].partition("#")
                assert f"{{ #{anchor} " in (docs / f"{path.strip('/')}.md").read_text().replace("}", " }"), note

    @pytest.mark.parametrize(("heap", "warned"), [("31g", False), ("32g", True), ("40g", True), ("64g", False)])
    def test_compressed_references_end_at_32_gib(self, heap, warned):
        assert ("compressed-references" in ids(explain(f"spark.executor.memory {heap}"))) is warned

    def test_the_border_of_compressed_references_was_recorded(self):
        runs = [run["figures"] for run in LAB if run["id"] == "compressed-references"]
        assert runs
        assert all(run["31g"]["yes"] and not run[f"{NOT_COMPRESSED_FROM // MIB}m"]["yes"] for run in runs)

    @pytest.mark.parametrize("run", [run for run in LAB if run["id"] == "dead-flags"], ids=lambda run: run["on"])
    def test_dead_flags_are_those_that_stopped_a_real_jvm_in_its_words(self, run):
        java, figures = int(run["java"].split(".")[0]), run["figures"]
        for name in [key.removesuffix("-starts") for key in figures if key.endswith("-starts")]:
            said = figures.get(f"{name}-text", {}).get("text", "")
            written = said.split("'")[1] if said.startswith("Unrecognized") else f"+{name}"
            expected = [] if figures[f"{name}-starts"]["yes"] else [said]
            assert dead_flags(f"-XX:{written}", java) == expected, (name, java)

    def test_each_dead_flag_was_recorded_on_the_java_that_first_refuses_it(self):
        tried = {key.removesuffix("-starts") for run in LAB if run["id"] == "dead-flags" for key in run["figures"]}
        recorded = json.loads((HERE / "oracle" / "flags.json").read_text())["flags"]
        for row in recorded:
            name, said = row["flag"].removeprefix("-XX:").lstrip("+-").partition("=")[0], row["alone"].get("said", "")
            if name in GONE_IN:
                expected = [] if row["alone"]["starts"] else [said]
                assert dead_flags(row["flag"], row["java"]) == expected, (row["flag"], row["java"])
                tried.add(name)
        assert set(GONE_IN) <= tried

    @pytest.mark.parametrize(("mode", "refused"), [("client", True), ("cluster", False)])
    def test_a_dead_flag_of_yarns_application_master_stops_a_job_in_client_mode(self, mode, refused):
        """In cluster mode the driver runs there, with flags of its own; since 3.3 the JVM passes it over."""
        flag = "--conf spark.yarn.am.extraJavaOptions=-XX:+PrintGCDateStamps"
        text = f"spark-submit --master yarn --deploy-mode {mode} --executor-memory 4g {flag} app.jar"
        answered = explain(text, java="17", release="3.2")
        assert answered["verdict"].startswith("Refused by the JVM: ") is refused, answered["verdict"]
        assert ("dead-flag" in ids(explain(text, java="17"))) is refused

    def test_in_local_mode_the_driver_is_all_there_is(self):
        answered = explain("spark-submit --master local[4] --driver-memory 4g --executor-memory 8g app.jar")
        assert {row["id"] for row in answered["rows"]}.isdisjoint({"executor-memory", "container-limit"})
        assert size(answered, "driver-jvm-max-memory") == 4096 * MIB


class TestFiguresThatOthersPassOn:
    """The page says each of these with the right figure."""

    def test_three_executors_over_the_node(self):
        answered = explain("spark-submit --master yarn --executor-memory 17066m app.jar")
        assert 3 * size(answered, "container-limit") > 57344 * MIB
        fitting = {"node-memory": "57344m", "executors-per-node": "3"}
        assert "17066" not in json.dumps(evaluate({"calculator": FIT_NODE.id, "inputs": fitting}))

    def test_63_by_3_less_7_percent(self):
        assert size(explain("spark-submit --master yarn --executor-memory 19998m app.jar"), "total-request") > 21504 * MIB
        assert size(explain("spark-submit --master yarn --executor-memory 19g app.jar"), "total-request") == 21401 * MIB

    def test_8601mi_and_not_4506(self):
        text = (
            "spark-submit --master k8s://h --deploy-mode cluster --executor-memory 4g"
            " --conf spark.memory.offHeap.enabled=true --conf spark.memory.offHeap.size=4g app.jar"
        )
        assert size(explain(text, release="4.2"), "container-limit") == 8601 * MIB
        assert size(explain(text, release="3.0"), "container-limit") == 4505 * MIB

    @pytest.mark.parametrize(("gc", "shown"), [("parallel", "366.3 MiB"), ("g1", "434.4 MiB")])
    def test_366_or_434_mib(self, gc, shown):
        answered = explain("spark.executor.memory 1g", gc=gc)
        assert next(row["text"] for row in answered["rows"] if row["id"] == "ui-storage-memory") == shown
        assert shown in text_of(answered, "ui-number")

    def test_4743m_fits_by_emrs_factor(self):
        text = "spark.master yarn\nspark.executor.memory 4743M\nspark.executor.memoryOverheadFactor 0.1875"
        assert size(explain(text), "total-request") == 5632 * MIB
        assert size(explain(text.rsplit("\n", 1)[0]), "total-request") == (4743 + 474) * MIB


@pytest.mark.parametrize(
    "text",
    [
        "spark-submit --master yarn --executor-memory 4g a.py --executor-memory 8g",
        "spark-submit --executor-memory 4g --conf spark.excutor.memory=10g a.jar",
        "spark-submit --master mesos://m:5050 --executor-memory 2g a.py",
        'spark-shell --master "local-cluster[2,1,1024]" --driver-memory 2g',
        "spark-submit --master yarn --executor-memory $HEAP a.py",
    ],
)
def test_a_link_takes_fits_away_where_its_text_did(text):
    """An address holds a setting and what was lost of it; whoever opens it reads the same verdict."""
    result, given, _ = run({"calculator": "explain", "inputs": {"text": text}})
    assert not result.headline.startswith("Fits")
    opened, _, _ = run({"calculator": "explain", "inputs": shareable("explain", given.changed)})
    assert opened.headline.partition(".")[0] == result.headline.partition(".")[0]
