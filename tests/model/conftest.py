"""Settings of hypothesis: no deadline, since workers share the machine; in CI the same examples each time."""

import os

from hypothesis import HealthCheck, settings

# Fifty where a test does not say how many: each run draws others, and all seeded faults are found with them.
settings.register_profile("sparkmem", deadline=None, max_examples=50, derandomize=bool(os.environ.get("CI")))
# For tools/mutants, which runs each test many times in one process: few examples, the same each time.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, max_examples=15,
    suppress_health_check=[HealthCheck.differing_executors],
)  # fmt: skip
settings.load_profile("mutants" if "MUTANT_UNDER_TEST" in os.environ else "sparkmem")
