"""What an answer is: lines and the breakdowns that they add up to, tables, a packed node, notes, what was read, the result."""
