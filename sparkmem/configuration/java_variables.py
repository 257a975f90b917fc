"""A heap in variables for a JVM: of JAVA_OPTS a start script decides, and Spark's own -Xmx goes before JAVA_TOOL_OPTIONS.

Spark's launcher starts each of its JVMs with an -Xmx (``SparkSubmitCommandBuilder.buildSparkSubmitCommand``,
``ExecutorRunnable``), and an option of the command line goes before one of JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS.
"""

from __future__ import annotations

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.submit_options import COMMANDS_LINE

FORMAT = "environment-variables"

_GIVEN = clue(
    ("OPTS", "OPTIONS", "_ARGS"),
    r"(?<![\w.])(?P<name>JAVA_OPTS|JAVA_OPTIONS|JVM_OPTS|JVM_ARGS|JAVA_ARGS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)"
    r"[\"']?(?:[ \t]{0,3}[=:][ \t]{0,3}|[ \t]{0,3},?\s{0,40}[\"']?value[\"']?:[ \t]{0,3})[\"']?(?P<options>[^\n\"']{0,300})",
)
_HEAP = "-Xmx"
_KEY = "spark.driver.memory"
_OF_EVERY_JVM = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")


def told(text: str) -> Configuration | None:
    """What is known of the driver by such a variable, in a text that has to do with Spark; None where nothing is.

    >>> told("JAVA_OPTS=-Xmx8g java -jar spark-app.jar").unknown["spark.driver.memory"].partition(": ")[2]
    'JAVA_OPTS has an -Xmx, which counts only where the script that starts the JVM reads it'
    """
    if _HEAP not in text or "park" not in text:
        return None
    given = next((one for one in _GIVEN.finditer(text) if _HEAP in one["options"]), None)
    if given is None:
        return None
    name, line = given["name"], text.count("\n", 0, given.start()) + 1
    found = Found(FORMAT)
    if name not in _OF_EVERY_JVM:
        found.hole(_KEY, line, f"{name} has an -Xmx, which counts only where the script that starts the JVM reads it")
    elif COMMANDS_LINE.search(text):
        found.lose("java-variable", line, _KEY, "write --driver-memory", name)
    else:
        found.hole(_KEY, line, f"{name} has an -Xmx, which counts where the command that starts the JVM gives it none")
    return found.configuration()
