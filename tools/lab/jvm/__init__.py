"""Experiments on JVMs alone, one module for each area of memory."""
