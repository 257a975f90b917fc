"""Containers: what an application asks of YARN, Kubernetes or a standalone master, and what has to fit into it."""
