"""References of the JVM: four bytes each in a heap that is not too large, eight in a larger one."""

from sparkmem.size import MIB

NOT_COMPRESSED_FROM = 32_767 * MIB
"""The least ``-Xmx`` that was recorded without compressed references, by the experiment compressed-references [bytes]."""
