"""Texts of machines, read into one picture each: the memory of processes at a moment, held against their heaps and limits.

held              what is held, and a moment
lines_of          numbers with units in the lines of such a text
process_tree      YARN's dump of a container's processes
task_table        the kernel's report: its table of tasks, the cgroup's usage and limit
process           ``/proc/PID/status``, ``smaps_rollup``
cgroup            files of a cgroup: limit, events, statistics
native            native memory tracking, with its diff
error_report      the JVM's ``hs_err_pid`` file, its system section
gc_log            GC logs: what was left after collections
histogram         class histograms
heap_use          ``jcmd GC.heap_info`` and ``jstat``
listed            what a list of executors says, wherever it stands
executors         REST ``/executors``
executors_table   the Executors table of the web UI, copied
stage_page        a stage's page of the web UI, copied
disks             df
pod               a pod as kubectl describes it, or as YAML or JSON
gathered          all of these in a text of any length
"""
