"""The JVM: its heap, as ``Runtime.maxMemory`` reports it."""
