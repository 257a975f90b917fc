"""Steps of the build that are not the model: each is run by `make` and says what it made.

    node.py        where Node and npm of the environment are
    runtime/       Python for the page: Pyodide's files, the standard library and sparkmem as bytecode
    finish.py      what happens to the site after mkdocs: policy, names with a hash
    serve.py       the site on loopback, built again when a source changes
    anchors.py     published addresses and ids, for tests/golden/anchors.txt
    chromium.py    finds the browser for the tests, or installs it, or says what to install
    lighthouse.py  scores of pages of the built site
    relock.py      makes the lock files again
"""
