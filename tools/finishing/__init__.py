"""What happens to the built site after mkdocs, one module a step.

A step takes the text of a page and gives it back changed; `tools/finish.py` reads and writes the files, each once.
Steps that have to see all pages first take `Pages`, and say so.
"""

from collections.abc import Mapping

Pages = Mapping[str, str]
"""The text of each HTML file by its path below the site's folder."""
