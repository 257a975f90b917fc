"""Jobs on real Spark that write event logs on purpose: healthy ones, and one for each way in which memory fails.

``python -m tools.runs`` runs them on a local cluster and keeps each log, trimmed, in tests/eventlogs.
"""
