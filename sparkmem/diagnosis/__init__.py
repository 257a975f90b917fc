"""Texts of failures read into findings, the first cause first; and processes at a moment.

What is known is data: ``findings/FAMILY.toml``, one file for each family, read and checked by ``families``.  Each has
``[[finding]]`` tables with these keys:

    id            its public name
    title         what happened, in a few words
    says          the same in one or two sentences, for whoever has just pasted the text
    kind          cause, consequence, context or harmless
    process       driver, executor, python worker, application master, or none for what no process of Spark's does; without
                  it, what the words around the text say, and ``not told`` where they say nothing
    region        heap, overhead/native, off-heap, python, container, direct, metaspace, disk, node, elsewhere or
                  none
    about         of a limit or a refusal, which fills no region: the region that it is about
    drawn         what its page marks in the picture of a container, and names, where it is not the region alone: regions, or
                  service for the heap of a JVM that serves others
    certainty     said (the default) or possible: what the text alone can bear
    explains      ids of findings that follow from this one
    gives-way     ids in whose presence this one is left out; ``generic = true``: in that of any cause that is not generic
    over-with     ids of findings that show, where they are said later, that it passed: then it is left out
    tells         ids of what it names more exactly, where that stands below it in one chain of causes
    managers      yarn, kubernetes, standalone, local; empty for any
    vendors       emr, glue, dataproc, databricks, synapse, hdinsight, …; empty for Spark's own
    see           page and section that treats it, ``memory/yarn.md#runs-out``
    words         other names that people know it by, as the class of an exception
    disproved-by  what would show that it was something else
    not-to-do     what people do, why, and why it does not help
    written-by    who writes the line: the process, the class in it, and who repeats it
    alike         the causes that write it, where the line is the same for several
    calculator    ``{id = "container-request", inputs = {"cluster-manager" = "yarn", "executor-memory" = "{heap}"}}``;
                  ``{name}`` is a number as a size, and an input whose number is not there is left out

and tables of their own:

    [[finding.text]]     text: a template (see ``template``), such as ``{used:size} of {limit:size} physical memory used``
                         releases: first and last of Spark, as ``["2.4", "3.5"]``; empty for any, or not Spark's
                         source: ``{project, tag, path, symbol}`` as in ``sparkmem.source``, or ``{document = "https://…"}``
                         example and numbers: a text that holds it, and the numbers that come of it [bytes, or counts]
                         also: other findings that the example holds; near: texts that look like it and must not match
                         when: ``code = 10``, without which it says nothing
                         process, region, certainty, managers: where this text says more than the finding does
    [[finding.look]]     what: what to look at next; command: exactly how; manager: where it differs by cluster manager
    [[finding.change]]   key; value: a sum such as ``1.1 * used - heap``, written as Spark reads it, or a word; why;
                         ``set`` is what the text has set for the key, ``asked_by_all`` what was asked for in each core,
                         ``fits`` a heap that the machine has
                         of several sums between ``|`` the first whose numbers are there
                         by: a sum by which to raise it; above: numbers of the text that the value has to exceed
                         only: it is about executors, and nothing of a driver's is advised where the process is not told
                         below: a value that is not below what is set now is none
                         unless: a sign of what stands around, beside which it is nothing to do
                         beside: a sign without which it is nothing to do
                         where: words of which one has to stand in the quote, as "rapids|cudf"
                         when: a condition on the numbers, and on what the text has set, without which it is nothing to do
    [[finding.figure]]   says: a sentence with sums in it, ``{used / tasks:size}`` (see ``worked_out``); when: a condition
    [[finding.evidence]] when: a condition on numbers, signs, settings (as in figures) and clues (``clues_known``)
                         says: a sentence, as a figure's; shows: confirms (the default), against, names, or
                         means, for words that mean less than they say
                         clue: the clue whose line is quoted; unless: a clue beside which it says nothing
                         id: the finding that it is then; sign: what advice knows it by
    [[finding.sharper]]  when: ``used >= 2 * limit and code = 137``; id: the finding that it is then (certainty: computed)

An id is public from the day on which it is pushed: it is never renamed.

worked out        figures that follow from the numbers of a text
conditions        arithmetic over the numbers of a text
numbers           numbers as they are written, by kinds, and what they mean
template          a text with numbers in it, matched without going back: linear in any input
finding families  what is known of a failure; all that are known, checked
thrown            exceptions whose class and message stand apart
cleaned lines     a text without colours, escapes and tags; in blocks of lines
moment            texts of machines: what was held at a moment, against heaps and limits
literals          patterns that are tried only where their letters stand
scan              every place of a text where something known is said
against           what was asked for, against what there was
crashed           whose code a JVM was in when it crashed
beside            words around a failure that say what to change about it
misread           letters that a picture had as digits
relayed           another program's error that came back to Spark, inside a message of Spark's
clues clues_known what stands anywhere in a text and decides between causes; these clues
standing          what of the findings stands: no guess, and no moment that passed
of_nodes          what a pod asks for, held against what nodes have for pods
weighed           what else a text says, held against each finding
sentences         a sentence as it stands behind a colon
tried             what the writer has tried in vain
helps             why what was tried, or is proposed, changes nothing
prose             which lines people wrote themselves, and which are a guess
shares            what each of the tasks at once has of a heap
process_words     words by which a text tells whose it is
signs             what the lines around a failure show, for conditions and advice
times             when something was said
context           when, on which executor and host, in which task and process
surroundings      headings and logs of a driver, which tell of a process from afar
services owners   programs beside Spark's applications; whose a failure is that names no process
found found_at    a finding in a text; what a place of the text says
said order        all that places of a text say, put together; the first cause first
processes         whose a failure is, by what else was found
chains            exceptions that are caused by others: one event
local_mode        one JVM for driver, executor and tasks
codes             a bare exit code
asked_for         what settings in the text asked for, from which advice begins
in_force          the heap that a memory store shows in the place of one that came too late
ended             how processes ended, in words of schedulers, shells and people
innermost raised  which class of a line was thrown; what a program threw, where nothing of memory is known
other_kinds       what kind of failure an exception is that is not about memory
other_kinds_known these kinds: their classes, their words, what to do first
named             names of errors for memory that nobody knows
whose             whether a text speaks of Spark, or of another program
stems             words without their endings, and several in one
sizing_asked      a question about sizes, which is no failure
said_of           what is said of each finding, in words
words             a few words, part of texts that are known
phrases           runs of a sentence's words that a text has
in_a_sentence     what a sentence of somebody's own names
hosts redacted    where names of hosts stand; a text without names
diagnose          the whole of it
"""
