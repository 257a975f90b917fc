"""One configuration at two releases, and where their answers part."""
