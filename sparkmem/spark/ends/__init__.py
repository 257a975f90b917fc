"""How processes end: the exit codes of executors, drivers and containers, and who says so."""
