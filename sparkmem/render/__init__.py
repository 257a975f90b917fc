"""The same answer in three skins: text for the terminal, Markdown for pages, HTML for calculators."""
