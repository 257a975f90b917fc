"""Configurations as people have them, read and written: what touches memory is carried on, secrets never are.

Reading goes through three layers: ``peel`` takes off what lies around a text, line for line; a form is found by
evidence, the surest that takes something (or says what became of it) first; the last resort, ``any_text``, takes any
known key with a value beside it.  Several parts of one text are one configuration, with Spark's precedence.

setting deprecated configuration a setting and what is said beside it; keys that a release does not take; what was read
lost meaning carried             the ways of losing a setting; what a name means; what is taken at all
clue                             a pattern, and words that are looked for before it
reported over                    what the text itself reports of a process that ended; whether it says that this is over
lost_words                       what was lost, as an address and a table carry it on
passed_over gathered             why a part is passed over; what is said beside the settings
java_words                       options of a JVM, of which flags that size memory are kept
another_job slips found          sizes of a job beside it; what is meant by wrong keys and values; how settings are gathered
piece combine                    lines of the whole text; several parts as one
telling circumstances labels     what words tell; what runs the job, and the words that say so; vendors' labels
signs_of_releases signs_of_managers signs_of_languages signs_of_vendors     by which words each of them is told
words_of_local_mode              words that tell local mode where nothing surer does
deploy_evidence                  what tells that a driver is a pod
pod_templates                    sizes of memory in a pod's template
branches                         where a program goes one way or another
given_patterns given_names       what a text gives to names of its own, and by which words
indented_blocks named_values     blocks of lines; the same names, filled in where the text uses them
chart_values                     values of a Helm chart by their paths
template_expressions             what stands between the braces of a template
application_arguments            lists that are the application's own
not_sparks                       sizes of other programs, containers and batch jobs
other_jobs                       sizes of another job in the same text
command_beside                   a command that stands beside the program that it starts
launched same_value              the line by which R starts a driver's JVM; whether two values of a key are one
running_jvm                      what comes too late for a driver that runs
own_heap                         the heap of a JVM in which a program makes its session itself
requested                        what a cluster manager was asked for, as a log says it
default_profile                  what an executor gets, as a driver's log says it once
clients_copy                     limits of YARN's that only an application's own copy has
submit_args                      a variable for spark-submit without an application
options_refused                  options that a program says it does not take
told_without_effect              settings of which their writer says that they do nothing
refused_there                    what a text itself shows to be refused, and what YARN grants at most
unread_file handed_on            a file in whose place another is read; variables that do not reach a command
pasted_file                      a file that a command names, where it is in the text
started_without_master           options of a SparkSubmit that is shown to run without a master
fabric_sizes                     sizes that an environment of Fabric does not take
thrift_server zeppelin           the heap of Spark's Thrift server; a heap that Zeppelin gives to others of its interpreters
shown                            what a session itself prints of its settings, which holds
fork_keys misnamed               keys of a fork, which may hold; names a letter or two beside a setting's
heap_shown                       the heap that a log or a page shows a process to have
workers_environment              an application's variables in a worker's container
standalone_workers               what the workers of a standalone cluster offer
cluster_alone                    a cluster that is described without a setting of Spark's
machine_types                    the machines that the workers of a cluster are
stated_limits                    what a text says that a cluster, a node or a container has
limits_in_sentences limits_of_objects      the same in a sentence; in quotas, ranges and workers' containers
old_variables                    settings in variables that Spark reads no longer
other_environments               environments beside each other in braces, tables or before keys: one is read
environments                     environments beside each other, as stage and prod
talk                             threads and posts: what runs, what is advised, what was
before_and_after commands_told   what stands below such headings; the commands of a text
documents_told                   its documents that specify an application each
tries                            several tries of one application, several jobs
told_not                         words that say that a setting is not set
in_sentences                     settings that a sentence says without their names
peel/                            fences, prompts, log lines, remarks in blocks, any other beginning, entities, rows of HTML,
                                 typography, escapes, long texts, what stands around a document, several files in one text,
                                 documents among what a terminal shows
shell_variables shell_command    variables of a shell; a command, and the place up to which it is read
shell_expansions shell_quotes    what a shell fills in; texts in quotes
shell script                     commands and their words; what a script writes into files
shell_arithmetic script_functions       what a shell computes; what calls give to a function of a script
submit_options shell_word submit_command      options of spark-submit; a word as a shell takes it; a command written
submit_words submit_order        its words in a script; which of what it gives wins
cut_off                          why a command ends above its own options
submit_arguments spark_submit    the words behind its name; a command read
pattern_text stream_edits        sed, perl and awk that write into a file
jvm_command jvm_properties       the command line of a JVM that runs; options of one that runs Spark inside itself
keys_as_options                  keys written as options
java_variables                   a heap in variables for a JVM
unsized_jvm                      a JVM whose command gives it no heap
fields operator_fields           settings under the names that submitters and operators have for them
dataproc curl_body helm_values   commands of gcloud, curl and Helm that carry settings
submitters                       commands of cde and az synapse
sql_set environment_variables    SET; variables that Spark's scripts read
properties defaults_file         java.util.Properties; spark-defaults.conf
literals values                  tokens of a program; what its expressions come to
blocks functions                 its blocks, its functions
declarations assignments         what it declares, and where it gives values to names
parameters names                 what calls give to its functions; what names stand for where they are used
values_beside templates          files that a program looks values up in; texts with holes
string_methods look_ups          methods of texts; what a program looks up
known_calls arithmetic           functions that are known; sums and products
operands expressions program     what stands between signs; expressions; all of a program
in_brackets places               names and values in brackets; where they stand
inside_strings                   commands, their words and whole texts inside strings
field_owners pair_values         whose fields they are; values beside keys
key_places program_fields pairs  where a key's value stands; fields that stand for keys; all of them in a program
resource_profile                 an event log's default profile
notebook_sessions                cells that configure a session before it begins
chains                           sessions of one program on several cluster managers
sessions builder_text            sessions that run; a builder written
builder_calls builder            calls that set something; SparkConf and session builders read
code json_text                   other programs; JSON of any shape
hcl hcl_calls hocon              Terraform, and what its calls come to; Typesafe's configuration
get_all environment_rows         what Spark itself shows
emr_json emr_steps aws_command   EMR's classifications; steps of its command line; JSON among the words of aws
yaml_scalars yaml_lines yaml_subset     scalars of YAML; lines of a document; the part of it that people write
yaml_mended                      parts of YAML, and lines that are not indented as it asks for
yaml_entries yaml_maps           what an entry of a mapping is; settings anywhere in YAML
operator_nodes operator_documents stackable     fields of an operator's object; which of several it is; Stackable's
application_text spark_application      a SparkApplication written, and read
properties_xml                   XML of Hadoop and Oozie
table_columns markdown_table     tables with titles; a table for an issue
sections                         INI and TOML
few_words                        sizes without a key, in a few words
beside any_text                  what stands between a key and its value in any notation; the last resort
views                            other ways to look at a text of which little is read
forms                            all of them by name
unsaid by_evidence               keys of which nothing is said; what the surest form takes of each part
steps_of_parts steps_of_the_whole       what is done with the parts, and with the one configuration that they come to
no_text                          what came in the place of a text
unread                           what an unread text looks like
formats                          reading a whole text, and writing by name

To add a form: a module with ``FORMAT``, ``looks_like(text)`` and ``read(text) -> Configuration``, which gathers in a
``Found`` (``setting`` for each pair, ``ignore`` for what is passed over, ``lose`` with an id of ``lost.LOST`` for what is
meant and does not count, ``hole`` where the value is not in the text, ``say`` for a circumstance and its words) and
raises ``ConfigurationError`` where nothing of it is there; one line in ``forms.FORMS``, at the place of its certainty,
with words of which each such text has one, so that the module is loaded only then; and cases in
``tests/cases/readings/NAME.toml``.  A text inside goes through ``by_evidence.read_piece`` with its own lines.  Each reader
goes through its text once, and looks back or ahead a bounded number of letters.
"""

from typing import TYPE_CHECKING, Any

from sparkmem.configuration.configuration import Circumstances, Configuration, ConfigurationError, configuration
from sparkmem.configuration.forms import FORMATS
from sparkmem.configuration.setting import Ignored, Setting

if TYPE_CHECKING:
    from sparkmem.configuration.formats import read, recognise, write

__all__ = [
    "FORMATS",
    "Circumstances",
    "Configuration",
    "ConfigurationError",
    "Ignored",
    "Setting",
    "configuration",
    "read",
    "recognise",
    "write",
]


def __getattr__(name: str) -> Any:
    """The three that need all readers: to import one of these modules does not wait for the others."""
    if name not in ("read", "recognise", "write"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sparkmem.configuration import formats

    return getattr(formats, name)
