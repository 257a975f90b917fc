"""In place of the standard library's: Pyodide imports it as it starts, for whoever awaits a promise in Python.

Nothing of ours does: the page calls functions that return.  Thirty modules, sockets and TLS among them, are imported
for it, and a tenth of the standard library's bytes.
"""
