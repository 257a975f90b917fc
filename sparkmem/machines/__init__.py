"""Machines and platforms: what a node has and what its platform leaves for executors, as data with its evidence."""
