"""What changed for memory between releases of Spark, series by series."""
