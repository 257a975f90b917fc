"""Spark: its settings, managers of memory, containers asked for, what changed between releases, and how processes end."""
