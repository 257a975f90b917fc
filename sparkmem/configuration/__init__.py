"""Configurations as people have them, read and written: what touches memory is carried on, secrets never are.

configuration found carried      what was read, how it is gathered, what is taken at all
shell submit_options             words of a shell; options of spark-submit
spark_submit submit_command      a command, read and written
properties defaults_file         java.util.Properties; spark-defaults.conf
literals builder                 Python and Scala; SparkConf and session builders
get_all environment_rows         what Spark itself shows
emr_json                         EMR's classifications
yaml_scalars yaml_subset         the YAML of Kubernetes objects
spark_application                SparkApplication
markdown_table                   a table for an issue
formats                          all of them by name
"""

from sparkmem.configuration.configuration import (
    Circumstances,
    Configuration,
    ConfigurationError,
    Ignored,
    Setting,
    configuration,
)
from sparkmem.configuration.formats import FORMATS, read, recognise, write

__all__ = [
    "FORMATS",
    "Circumstances",
    "Configuration",
    "ConfigurationError",
    "Ignored",
    "Setting",
    "configuration",
    "read",
    "recognise",
    "write",
]
