"""The figures by which the shapes of a node are compared, and the orders that readers may ask for."""

from __future__ import annotations

from sparkmem.answer.table import Column, orders
from sparkmem.calculators.fit_node.node import PAGE
from sparkmem.input import Input

COLUMNS = (
    Column("executors", "How many", "count", "executors"),
    Column("cores", "Cores each", "count", "cores of each"),
    Column("heap", "Largest heap", "bytes", "largest heap", most_first=True),
    Column("overhead", "Overhead", "bytes", "memory overhead"),
    Column("container", "Container", "bytes", "container"),
    Column("memory-left", "Memory left", "bytes", "memory left over"),
    Column("cores-left", "Cores left", "millicores", "cores left over"),
    Column("heaps", "All heaps", "bytes", "heap on the node", most_first=True),
    Column("heap-per-core", "Heap per core", "bytes", "heap per core", most_first=True),
    Column("spark-memory-per-core", "Spark memory per core", "bytes", "Spark memory per core", most_first=True),
)

SORT = Input(
    "sort", "Sort the shapes by", "The order of the table of shapes; a click on the head of a column changes it too.",
    default=COLUMNS[0].id, choices=tuple(orders(COLUMNS)), group="executor", see=PAGE + "#shapes",
)  # fmt: skip
