"""How many executors fit on a node, and the largest heap with which so many fit."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.fit_node_answer import result_of
from sparkmem.calculators.node_columns import SORT
from sparkmem.calculators.node_inputs import NODE_INPUTS, PAGE, Node, millicores_of, read_count, read_node
from sparkmem.calculators.node_packing import Fit, Shape, largest_heap, least_heap_mib
from sparkmem.errors import InputError, Refused, SparkmemError
from sparkmem.spark.containers import yarn
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE, YARN, Application
from sparkmem.spark.containers.overhead import GIVEN
from sparkmem.spark.settings import config, overhead
from sparkmem.subjects.containers import inputs
from sparkmem.subjects.containers.reading import application, mebibytes
from sparkmem.subjects.containers.settings import DEPLOY_MODE, EXECUTOR_SETTINGS, LANGUAGE
from sparkmem.subjects.executor.reading import read_cores

_REQUEST_CORES = "spark.kubernetes.executor.request.cores"

_MANAGER = Input(
    "cluster-manager", "Cluster manager", "A platform brings its own.", default=YARN,
    choices=((YARN, "YARN"), (KUBERNETES, "Kubernetes"), (STANDALONE, "Standalone")), group="executor",
    see=PAGE + "#how-many",
)  # fmt: skip
_EXECUTORS = Input(
    "executors-per-node", "Executors on the node", "Give a number, and no executor memory, to get the largest heap.",
    group="executor", unit="count", example="3", see=PAGE + "#largest-heap",
)  # fmt: skip
_CORES = Input(
    config.EXECUTOR_CORES.key, "Executor cores", "Tasks that an executor runs at a time.", default="1", group="executor",
    unit="count", example="4", see=PAGE + "#cores",
)  # fmt: skip
_COUNTED = Input(
    "resource-calculator", "YARN counts", "Hadoop's default looks at memory alone; cores count with the dominant one.",
    default="dominant", choices=(("dominant", "memory and cores"), ("default", "memory alone")), group="machine",
    see=PAGE + "#cores",
)  # fmt: skip
_REQUESTED = Input(
    _REQUEST_CORES, "Cores asked of Kubernetes", "In place of the executor's cores, as in 3.5 or 3500m.",
    group="machine", unit="number", example="3500m", see=PAGE + "#kubernetes",
)  # fmt: skip

_TAKEN = (
    overhead.EXECUTOR_MIN_MEMORY_OVERHEAD.key, "spark.kubernetes.memoryOverheadFactor",
    "yarn-scheduler", "yarn-minimum-allocation", "yarn-increment-allocation", "yarn-maximum-allocation",
    "spark.yarn.executor.memoryOverhead",
)  # fmt: skip

INPUTS = (
    RELEASE, *NODE_INPUTS[:4], _MANAGER, _EXECUTORS, *EXECUTOR_SETTINGS[:1], _CORES, LANGUAGE, *EXECUTOR_SETTINGS[1:],
    SORT,
    replace(DEPLOY_MODE, group="machine"), *(item for item in inputs.INPUTS if item.name in _TAKEN),
    _COUNTED, _REQUESTED, *NODE_INPUTS[4:],
)  # fmt: skip


def _answer(given: Given) -> Result:
    node = read_node(given)
    manager = given.attempt("cluster-manager", _manager, given, node) if node else given.text("cluster-manager")
    wanted = given.attempt("executors-per-node", _wanted, given)
    app = replace(application(given), manager=manager or YARN, cluster_mode=given.text("deploy-mode") == "cluster")
    container = given.attempt(config.EXECUTOR_MEMORY.key, app.executor)
    steps = given.attempt("yarn-minimum-allocation", _steps, given, node) if manager == YARN else (0, 1, None)
    millicores = given.attempt(_REQUEST_CORES, _millicores, given, node, app, wanted)
    given.stop_on_faults()
    if node is None or container is None or steps is None or millicores is None or wanted is None:
        raise SparkmemError("no node and no fault")
    minimum, step, maximum = steps

    def grant(asked_mib: int) -> int:
        limit = maximum if maximum is not None and asked_mib <= maximum else None  # above it, nothing is granted
        return yarn.granted_mib(asked_mib, minimum, step, limit)

    shape = Shape(container, millicores, grant, maximum, step)
    factor = _vendor_factor(given, node, shape)
    if factor:
        shape = shape.with_factor(float(factor))
    return result_of(given, _fit(given, node, app, shape, wanted, factor))


def _fit(given: Given, node: Node, app: Application, shape: Shape, wanted: int, factor: str) -> Fit:
    """The fit of this shape; its heap is found where a number of executors is given and no heap."""
    solved = bool(wanted) and not given.is_set(config.EXECUTOR_MEMORY.key)
    counts = app.manager != YARN or given.text("resource-calculator") == "dominant"
    least = least_heap_mib(given.release)
    fit = Fit(node, shape, app.manager, wanted, solved, counts, least, None, factor, "")
    if not wanted:
        fit = replace(fit, wanted=max(fit.count, 1))
    largest = largest_heap(shape, fit.wanted, fit.free_mib, least)
    if solved:
        shape = shape.with_heap(least if largest is None else largest)
    return replace(fit, shape=shape, largest_mib=largest, refusal=_refusal(app, shape))


def _refusal(app: Application, shape: Shape) -> str:
    """What Spark says where YARN's largest container is too small, the application master's included."""
    if shape.maximum_mib is None or app.manager != YARN:
        return ""
    settings = {config.EXECUTOR_MEMORY.key: f"{shape.heap_mib}m"}
    if shape.container.overhead and shape.container.overhead.rule != GIVEN:
        settings[overhead.EXECUTOR_MEMORY_OVERHEAD.key] = f"{shape.container.overhead_mib}m"
    try:
        replace(app, conf=app.conf.plus(settings)).verify(shape.maximum_mib)
    except Refused as refusal:
        return refusal.message
    return ""


def _manager(given: Given, node: Node) -> str:
    asked = given.text("cluster-manager")
    if node.platform is None:
        return asked
    if given.is_set("cluster-manager") and asked != node.platform.cluster_manager:
        message = f"{node.platform.label} runs {node.platform.cluster_manager}, cluster-manager says {asked}"
        raise InputError("cluster-manager", message, PAGE + "#platforms", change="leave it out")
    return node.platform.cluster_manager


def _wanted(given: Given) -> int:
    """The number of executors that is asked for, 0 where none is."""
    return read_count(given, "executors-per-node") if given.is_set("executors-per-node") else 0


def _steps(given: Given, node: Node) -> tuple[int, int, int | None]:
    """YARN's minimum, its step, and its maximum [MiB]; a platform's where it has its own and none is given."""
    platform = node.platform
    minimum, increment, maximum = (
        mebibytes(given, f"yarn-{name}-allocation") for name in ("minimum", "increment", "maximum")
    )
    if platform and not given.is_set("yarn-minimum-allocation"):
        minimum = platform.minimum_allocation_mib or minimum
    if platform and not given.is_set("yarn-maximum-allocation"):
        maximum = platform.maximum_allocation_mib
    fair = given.text("yarn-scheduler") == "fair"
    return minimum or 1, (increment if fair else minimum) or 1, maximum


def _millicores(given: Given, node: Node, app: Application, wanted: int) -> int:
    """What an executor takes of the node's cores, in thousandths."""
    if app.manager == KUBERNETES and given.is_set(_REQUEST_CORES):
        asked = millicores_of(given, _REQUEST_CORES)
        if not asked:
            raise InputError(_REQUEST_CORES, f"{_REQUEST_CORES} is 0", PAGE + "#kubernetes", change="write it as 3500m")
        return asked
    if not given.is_set(_CORES.name):
        if wanted:
            return max(node.free_millicores // wanted // 1000, 1) * 1000
        if app.manager == STANDALONE:
            return max(node.free_millicores // 1000, 1) * 1000
    return read_cores(given) * 1000


def _vendor_factor(given: Given, node: Node, shape: Shape) -> str:
    """The platform's own factor of the overhead, where neither the overhead nor its factor is given."""
    theirs = node.platform.overhead_factor if node.platform else ""
    ours = given.is_set(overhead.EXECUTOR_MEMORY_OVERHEAD_FACTOR.key) or not shape.container.overhead
    return "" if ours or (shape.container.overhead and shape.container.overhead.rule == GIVEN) else theirs


FIT_NODE = Calculator(
    id="fit-node",
    title="Executors on a node",
    question="How many executors fit on a node, and how large may their heap be?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#fit-node",
)
