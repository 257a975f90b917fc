"""Experiments on Spark, one module for each subject."""
