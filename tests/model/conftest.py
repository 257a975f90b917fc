"""Settings of hypothesis: no deadline, since workers share the machine; in CI the same examples each time."""

import os

from hypothesis import settings

settings.register_profile("sparkmem", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("sparkmem")
