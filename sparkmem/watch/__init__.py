"""Watching a memory manager: a script of operations, one a line, told and drawn step by step.

script      the language: cache rdd_0_1 300m, task 1 asks 200m, …
completing  how a line may go on
sides       the manager that the script is done on, and the second one beside it
scenes      what there is to see after each operation
sentences   what happened and why, by Spark's rule; storing and asking, of blocks and of tasks
presets     stories to start from
"""
