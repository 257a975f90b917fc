"""Memory managers: the regions that a configuration fixes, the pools and the store at work in them, and traces replayed."""
