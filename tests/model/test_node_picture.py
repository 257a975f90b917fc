"""The picture of a packed node: to scale, with every number in text, whatever the node."""

import random
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.calculators.fit_node import FIT_NODE
from sparkmem.render.html import answer_html
from sparkmem.render.node import MOST_BOXES, node_html
from sparkmem.size import mib_text
from tests.model.nodes import random_case, rows

PAGE = "calculators/fit-node/"
_STYLE = re.compile(r"inset-inline-start:([\d.]+)%;inline-size:([\d.]+)%")


class Drawn(HTMLParser):
    """The elements of a picture: (class, style, what is in it)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.spoken: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == [], "elements that are not closed"

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.open.append(tag)
        self.elements.append((given.get("class") or "", given.get("style") or ""))
        if given.get("role") == "img":
            self.spoken.append(given["aria-label"])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def places(self, name: str) -> list[tuple[float, float]]:
        """Start and end of all of this class [percent]."""
        found = [_STYLE.search(style) for classes, style in self.elements if name in classes.split()]
        return [(float(at[1]), float(at[1]) + float(at[2])) for at in found if at]


def packed(inputs: dict[str, str]):
    result, _ = FIT_NODE.run(inputs)
    return result.packed


def drawn(inputs: dict[str, str]) -> Drawn:
    return Drawn(node_html(packed(inputs), ""))


THREE = {"node-memory": "57344m", "executors-per-node": "3", "yarn-minimum-allocation": "32"}


def test_three_executors_and_what_they_leave():
    picture = drawn(THREE)
    third = 19104 / 57344 * 100
    assert picture.places("sm-node-box") == [pytest.approx((n * third, n * third + third), abs=0.01) for n in range(3)]
    cores = 5 / 16 * 100
    assert picture.places("sm-node-executor") == [pytest.approx((n * cores, n * cores + cores), abs=0.01) for n in range(3)]
    memory, free_cores = picture.places("sm-node-left")
    assert memory == pytest.approx((3 * third, 100), abs=0.01)
    assert free_cores == pytest.approx((93.75, 100), abs=0.01)
    heaps = [style for name, style in picture.elements if "sm-heap" in name and "flex-grow" in style]
    assert heaps == [f"flex-grow:{17368 << 20}"] * 3
    assert "32 MiB left over, 0.1 %" in picture.text
    assert "1 core left over, 6 %" in picture.text
    assert picture.spoken == [
        "Memory of the node, 57,344 MiB: 3 executors of 19,104 MiB, each heap 17,368 MiB, overhead 1,736 MiB;"
        " 32 MiB left over",
        "Cores of the node, 16: 3 executors with 5 cores each; 1 core left over",
    ]


@given(st.randoms(use_true_random=False))
def test_every_part_is_there_to_scale_and_in_text(rng):
    case = random_case(rng) | {"node-cores": str(rng.randint(1, 200))}
    node, picture = packed(case), drawn(case)
    memory, executors = node.memory, node.executors
    boxes = picture.places("sm-node-box")
    assert len(boxes) == len(picture.places("sm-node-executor")) == -(-executors // (-(-executors // MOST_BOXES) or 1))
    parts = boxes + [place for name in ("sm-held-back", "sm-reserved") for place in picture.places(name)[:1]]
    if boxes:
        one = min(boxes[0][1] - boxes[0][0], boxes[-1][1] - boxes[-1][0])
        assert all(end - start >= one - 0.01 for start, end in boxes)
        assert all(a[1] == pytest.approx(b[0], abs=0.01) for a, b in pairwise(boxes))
    assert all(0 <= start <= end <= 100.01 for start, end in parts), "a small part has a pixel by the style sheet"
    for line in node.parts:
        assert f"{line.label} {mib_text(line.size_bytes)}" in picture.text
        assert f"{line.label.lower()} {mib_text(line.size_bytes)}" in picture.spoken[0]
    assert sum(line.size_bytes for line in node.parts) == memory.taken
    assert memory.left(executors) == rows(case)["wasted-memory"]["bytes"]


def test_what_does_not_fit_is_drawn_over_the_edge_of_what_it_lacks():
    """A second executor of 10,240 MiB on a node of 16,384 lacks 4,096 MiB; of its cores there are enough."""
    inputs = {"node-memory": "16g", "spark.executor.memory": "9g", "executors-per-node": "2", "spark.executor.cores": "4"}
    picture = drawn(inputs)
    edge, cores = picture.places("sm-node-edge")
    assert edge == pytest.approx((0, 80))
    assert cores == (0, 100)
    memory, threads = picture.places("sm-node-ghost")
    assert memory == pytest.approx((50, 100))
    assert threads == pytest.approx((25, 50))
    assert "Dashed: an executor that does not fit." in picture.text
    assert picture.spoken[0].endswith("1 executor more asked for")


def test_what_is_far_too_large_is_cut_off():
    picture = drawn({"node-memory": "16g", "spark.executor.memory": "900g"})
    assert any("sm-node-cut" in name for name, _ in picture.elements)
    assert picture.places("sm-node-edge")[0] == pytest.approx((0, 62.5))


def test_more_cores_than_there_are_go_beyond_the_edge():
    inputs = {"spark.executor.memory": "4g", "spark.executor.cores": "4", "resource-calculator": "default"}
    picture = drawn(inputs)
    assert picture.places("sm-node-beyond") == [pytest.approx((100 / 3, 100), abs=0.01)]
    assert "32 cores more than there are" in picture.text


@pytest.mark.parametrize(("cores", "boxes", "said"), [(64, 64, False), (65, 33, True), (192, 64, True), (450, 57, True)])
def test_many_executors_share_boxes(cores, boxes, said):
    picture = drawn({"node-memory": "4t", "node-cores": str(cores)})
    assert len(picture.places("sm-node-box")) == boxes
    assert picture.places("sm-node-box")[-1][1] == pytest.approx(cores * 2048 / (4 << 20) * 100, abs=0.02)
    assert ("Each box is" in picture.text) == said


@pytest.mark.parametrize(
    ("cores", "boxes", "words"), [(3, 3, 2 * 3), (18, 18, 2 * 18), (21, 21, 0), (65, 33, 0), (450, 57, 0)]
)
def test_boxes_too_narrow_for_words_hold_none(cores, boxes, words):
    """Sixty-four boxes of words that the style sheet hides are a thousand elements to lay out at each keystroke."""
    inputs = {
        "node-memory": f"{2048 * cores}m",
        "node-cores": str(cores),
        "spark.executor.cores": "1",
        "spark.executor.memory": "1g",
    }
    html = node_html(packed(inputs | {"spark.executor.memoryOverhead": "1g"}), "")
    before, _, cores_below = html.partition('<svg class="sm-node-ribbons"')
    assert before.count('class="sm-node-box"') == boxes
    assert before.count("<b>1,024 MiB</b>") == words
    assert cores_below.count("<b>1,024 MiB</b>") == 2, "the legend says it in any case"


def test_what_the_platform_keeps_comes_first():
    inputs = {"platform": "eks", "machine-type": "m5.4xlarge", "set-aside-memory": "1g", "set-aside-cores": "0.5"}
    picture = drawn(inputs)
    [kept_memory, kept_cores], [aside, _] = picture.places("sm-held-back"), picture.places("sm-reserved")
    assert kept_memory[0] == kept_cores[0] == 0
    assert aside[0] == pytest.approx(kept_memory[1], abs=0.01)
    assert picture.places("sm-node-box")[0][0] == pytest.approx(aside[1], abs=0.01)
    assert "Kept by the platform 2,929 MiB and 0.11 cores" in picture.text


def test_every_answer_is_well_formed():
    rng = random.Random(3)
    for _ in range(50):
        case = random_case(rng) | {"node-cores": str(rng.randint(1, 64))}
        result, read = FIT_NODE.run(case)
        html = answer_html(result, read, "fit-node", PAGE)
        assert html.count("<button") == html.count("</button>")
        Drawn(html)
