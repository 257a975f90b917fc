"""One executor's memory: its inputs, how Spark reads them, the figures that they come to, and words for some."""
