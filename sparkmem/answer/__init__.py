"""What an answer is: lines and breakdowns that add up, tables, a packed node, notes, what was read, and the result."""
