"""A run as text, Markdown and HTML: the same rows in three skins."""
