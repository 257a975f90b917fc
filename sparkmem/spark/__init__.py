"""Spark: its settings, the managers of memory, the containers asked for, what changed between releases, how processes end."""
