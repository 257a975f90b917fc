"""Spark: how it reads its configuration and divides the memory of an executor."""
