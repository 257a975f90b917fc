"""Watching a memory manager: a script of operations, one a line, told and drawn step by step.

    script      the language: cache rdd_0_1 300m, task 1 asks 200m, …
    sides       the manager that the script is done on, and the second one beside it
    scenes      what there is to see after each operation
    sentences   what happened and why, by Spark's rule
    presets     stories to start from
"""
