"""What ``import sparkmem`` loads: little, since a command line waits for it each time."""

import subprocess
import sys


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_import_loads_no_calculator():
    names = loaded("import sparkmem")
    assert "sparkmem.requests.evaluate" in names
    assert not {name for name in names if name.startswith(("sparkmem.calculators.", "sparkmem.spark", "sparkmem.machines"))}


def test_an_answer_loads_its_calculator_alone():
    names = loaded("import sparkmem; sparkmem.evaluate({'calculator': 'jvm-heap'})")
    assert "sparkmem.calculators.jvm_heap" in names
    assert not {"sparkmem.calculators.fit_node", "sparkmem.machines"} & names


def test_a_page_has_its_calculator_before_it_is_asked():
    names = loaded("import sparkmem.browser; sparkmem.browser.prepare('fit-node')")
    assert "sparkmem.calculators.fit_node" in names
    assert "sparkmem.calculators.release_diff" not in names


def test_what_one_calculator_draws_is_loaded_for_it_alone():
    alone = {"sparkmem.answer.table", "sparkmem.answer.packed", "sparkmem.render.node", "sparkmem.render.sortable"}
    assert not alone & loaded("import sparkmem.browser; sparkmem.browser.prepare('executor-memory')")
    assert alone <= loaded("import sparkmem.browser; sparkmem.browser.prepare('fit-node')")


def test_an_edit_has_nothing_of_what_is_loaded_looked_at_again():
    """Python's collector leaves out what a page's calculator brought along; it looks at what answers make."""
    count = "import gc; print(gc.get_freeze_count() > len(gc.get_objects()))"
    assert "True" in loaded(f"import sparkmem.browser; sparkmem.browser.prepare('explain'); {count}")
    assert "False" in loaded(f"import sparkmem.browser; {count}")


def test_the_collector_does_not_go_through_what_an_answer_is_made_of():
    """Nearly all of it goes by itself when the answer is out: in the midst of it the collector would find it in use."""
    ready = "import gc, sparkmem.browser as page; page.prepare('explain'); gc.collect()"
    request = '{"calculator": "explain", "inputs": {"text": "--executor-memory 9g --conf spark.memory.fraction=0.5"}}'
    looked = f"before = gc.get_stats(); page.answer({request!r}); print(before == gc.get_stats())"
    assert "True" in loaded(f"{ready}; {looked}")
    assert "False" in loaded(f"{ready}; gc.set_threshold(100); {looked}")
