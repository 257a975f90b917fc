"""Nodes to try: at random, with settings that container-request takes as well; and what fit-node says of them."""

import random

import sparkmem
from sparkmem.release import RELEASES


def rows(inputs: dict[str, str], calculator: str = "fit-node") -> dict[str, dict]:
    found = sparkmem.evaluate({"calculator": calculator, "inputs": inputs})
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


def random_case(rng: random.Random) -> dict[str, str]:
    """A node, a number of executors and settings that container-request takes as well."""
    manager = rng.choice(["yarn", "yarn", "kubernetes", "standalone"])
    case = {
        "release": rng.choice(list(RELEASES)),
        "cluster-manager": manager,
        "deploy-mode": rng.choice(["client", "cluster"]),
        "language": rng.choice(["jvm", "jvm", "python", "r"]),
        "node-memory": f"{rng.choice([rng.randint(1500, 9000), rng.randint(9000, 700_000)])}m",
        "node-cores": "500",
        "executors-per-node": str(rng.choice([1, 1, 2, 3, 4, 5, 7, 12, 30])),
    }
    sometimes = {
        "spark.executor.memoryOverhead": lambda: f"{rng.randint(1, 9000)}m",
        "spark.executor.memoryOverheadFactor": lambda: str(rng.choice([0.07, 0.1, 0.1875, 0.25, 0.4, 0.5566, 1.3])),
        "spark.executor.minMemoryOverhead": lambda: f"{rng.randint(0, 3000)}m",
        "spark.executor.pyspark.memory": lambda: f"{rng.randint(1, 4000)}m",
        "spark.kubernetes.memoryOverheadFactor": lambda: str(rng.choice([0.05, 0.2, 0.4, 0.8])),
        "yarn-minimum-allocation": lambda: str(rng.choice([1, 32, 100, 256, 512, 1024, 2048])),
        "yarn-increment-allocation": lambda: str(rng.choice([1, 128, 512, 1000])),
        "yarn-scheduler": lambda: "fair",
        "yarn-maximum-allocation": lambda: str(rng.randint(2000, 200_000)),
        "set-aside-memory": lambda: f"{rng.randint(1, 900)}m",
    }
    for name, value in sometimes.items():
        if rng.random() < 0.3:
            case[name] = value()
    if rng.random() < 0.3:
        case |= {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": f"{rng.randint(1, 5000)}m"}
    return case
