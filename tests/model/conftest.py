"""Settings of hypothesis: how long an example takes says nothing here, where two workers share the machine."""

from hypothesis import settings

settings.register_profile("sparkmem", deadline=None)
settings.load_profile("sparkmem")
