"""How long a reader waits for the first answer, measured against plain Pyodide."""
