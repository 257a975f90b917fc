"""The probes: small Java classes, compiled by the Janino among Spark's own jars, so that no JDK is needed."""

import hashlib
from functools import cache
from pathlib import Path

from tools.oracle import jvm, packages

HERE = Path(__file__).parent
COMPILER_RELEASE = "3.5.9"


@cache
def compiled() -> Path:
    """The folder with the classes of all probes, compiled again when a source has changed."""
    sources = sorted(HERE.glob("*.java"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    folder = packages.CACHE / "probes" / digest
    stamp = folder / "complete"
    if not stamp.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with jvm.Jvm(17, ["-Xmx256m"], packages.spark_home(COMPILER_RELEASE) / "jars") as real:
            loader = None
            for source in sorted(sources, key=lambda path: path.stem != "Step"):
                compiler = real.view.org.codehaus.janino.SimpleCompiler()
                compiler.setTargetVersion(8)
                if loader is not None:
                    compiler.setParentClassLoader(loader)
                compiler.cook(source.read_text())
                if loader is None:
                    loader = compiler.getClassLoader()
                for name, code in compiler.getBytecodes().items():
                    file = folder.joinpath(*name.split(".")).with_suffix(".class")
                    file.parent.mkdir(exist_ok=True)
                    file.write_bytes(bytes(code))
        stamp.touch()
    return folder
