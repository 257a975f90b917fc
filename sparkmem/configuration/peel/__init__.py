"""What lies around a configuration and is none of it, taken off line for line, so that line numbers stay.

Each module is one kind of wrapping and has ``peel(text) -> text`` with as many lines as before; ``fences`` then says
which parts of the text are apart from each other.  ``peeled`` has their order, and runs them.
"""
