"""Small changes of the model's arithmetic, one at a time, and whether a fast test notices: see __main__.py."""
