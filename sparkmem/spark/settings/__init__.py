"""Spark's configuration: how a value is read, every entry that bears on memory, and which keys there are."""
