"""A run held against the model: its memory reconciled, what went wrong, and the size that would have done."""
