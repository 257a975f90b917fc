"""A run's own record: the event log that Spark writes, read as a fold that can be split and merged."""
