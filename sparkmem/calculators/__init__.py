"""The calculators, one file each, and the list of them."""

from sparkmem.calculator import Calculator
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.driver_memory import DRIVER_MEMORY
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.calculators.explain import EXPLAIN
from sparkmem.calculators.fit_node import FIT_NODE
from sparkmem.calculators.jvm_heap import JVM_HEAP
from sparkmem.calculators.legacy_memory import LEGACY_MEMORY
from sparkmem.calculators.pyspark_memory import PYSPARK_MEMORY
from sparkmem.calculators.release_diff import RELEASE_DIFF
from sparkmem.calculators.task_memory import TASK_MEMORY
from sparkmem.calculators.ui_number import UI_NUMBER

CALCULATORS: dict[str, Calculator] = {
    calculator.id: calculator
    for calculator in (
        EXECUTOR_MEMORY,
        CONTAINER_REQUEST,
        DRIVER_MEMORY,
        PYSPARK_MEMORY,
        LEGACY_MEMORY,
        JVM_HEAP,
        UI_NUMBER,
        TASK_MEMORY,
        FIT_NODE,
        RELEASE_DIFF,
        EXPLAIN,
    )
}
