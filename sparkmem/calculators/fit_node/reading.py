"""What the inputs come to: a node, an executor's shape, and how many fit."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.calculators.fit_node.inputs import CORES, REQUEST_CORES
from sparkmem.calculators.fit_node.node import PAGE, Node, millicores_of, read_count, read_node
from sparkmem.calculators.fit_node.packing import Fit
from sparkmem.calculators.fit_node.shape import Shape, largest_heap, least_heap_mib
from sparkmem.errors import InputError, Refused, SparkmemError
from sparkmem.given import Given
from sparkmem.spark.containers import yarn
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE, YARN, Application
from sparkmem.spark.containers.overhead import GIVEN
from sparkmem.spark.settings import config, overhead
from sparkmem.subjects.containers.asking import check_number
from sparkmem.subjects.containers.reading import application, mebibytes
from sparkmem.subjects.executor.reading import read_cores


def read_fit(given: Given) -> Fit:
    """The fit that the inputs come to; ``BadInputs`` with every fault of theirs."""
    node = read_node(given)
    manager = given.attempt("cluster-manager", _manager, given, node) if node else given.text("cluster-manager")
    wanted = given.attempt("executors-per-node", _wanted, given)
    app = replace(application(given), manager=manager or YARN, cluster_mode=given.text("deploy-mode") == "cluster")
    container = given.attempt(config.EXECUTOR_MEMORY.key, app.executor)
    check_number(given, app, config.EXECUTOR_MEMORY.key, container)
    steps = given.attempt("yarn-minimum-allocation", _steps, given, node) if manager == YARN else (0, 1, None)
    millicores = given.attempt(REQUEST_CORES, _millicores, given, node, app, wanted)
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
    fit = _fit(given, node, app, shape, wanted, factor)
    shared = _tasks_per_core(node) > 1 and given.is_set(CORES.name)
    return replace(fit, tasks=read_cores(given)) if shared else fit


def _tasks_per_core(node: Node) -> int:
    return node.platform.tasks_per_core if node.platform else 1


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
    if app.manager == KUBERNETES and given.is_set(REQUEST_CORES):
        asked = millicores_of(given, REQUEST_CORES)
        if not asked:
            raise InputError(REQUEST_CORES, f"{REQUEST_CORES} is 0", PAGE + "#kubernetes", change="write it as 3500m")
        return asked
    if not given.is_set(CORES.name):
        if wanted:
            return max(node.free_millicores // wanted // 1000, 1) * 1000
        if app.manager == STANDALONE:
            return max(node.free_millicores // 1000, 1) * 1000
    asked = read_cores(given) * 1000
    shared = asked <= node.free_millicores * _tasks_per_core(node)
    return min(asked, node.free_millicores) if shared else asked  # tasks beyond the cores share them


def _vendor_factor(given: Given, node: Node, shape: Shape) -> str:
    """The platform's own factor of the overhead, where neither the overhead nor its factor is given."""
    theirs = node.platform.overhead_factor if node.platform else ""
    ours = given.is_set(overhead.EXECUTOR_MEMORY_OVERHEAD_FACTOR.key) or not shape.container.overhead
    return "" if ours or (shape.container.overhead and shape.container.overhead.rule == GIVEN) else theirs
