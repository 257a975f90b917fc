"""Java options that set sizes outside the heap, as the JVM reads them from its command line.

Held against running JVMs, 11 to 25, by the rows of ``flags`` in tests/oracle/native-memory.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sparkmem.jvm.defaults import JVM_DEFAULTS
from sparkmem.jvm.flags import FlagError, read_size
from sparkmem.release import NEWEST
from sparkmem.size import GIB, KIB, MIB

X86, ARM = "x86-64", "aarch64"

# ThreadStackSize in globals_linux_x86.hpp (measured) and in globals_linux_aarch64.hpp (not measured here).
DEFAULT_STACK: Mapping[str, int] = {X86: int(JVM_DEFAULTS["ThreadStackSize"].at(NEWEST)), ARM: 2 * MIB}
DEFAULT_CODE_CACHE = int(JVM_DEFAULTS["ReservedCodeCacheSize"].at(NEWEST))
DEFAULT_CLASS_SPACE = int(JVM_DEFAULTS["CompressedClassSpaceSize"].at(NEWEST))
CODE_CACHE_WITHOUT_TIERS = 48 * MIB  # where C2 does not compile after C1

_LEAST_STACK = 136 * KIB  # on x86; it depends on the system
_LEAST_CODE_CACHE, _MOST_CODE_CACHE = 2496 * KIB, 2 * GIB
_MOST_TIER = 4


@dataclass(frozen=True)
class NativeFlags:
    """What the options say of sizes outside the heap [bytes]; None is *no limit*, ``given`` names what they say."""

    stack_bytes: int
    code_cache_bytes: int = DEFAULT_CODE_CACHE
    class_space_bytes: int = DEFAULT_CLASS_SPACE
    max_metaspace_bytes: int | None = None
    max_direct_bytes: int | None = None
    given: frozenset[str] = frozenset()


def native_flags(options: str, architecture: str = X86, java: int = 17) -> NativeFlags:
    """The sizes in a string of Java options, a later one winning; other options are passed over.

    >>> flags = native_flags("-Xss2m -XX:MaxMetaspaceSize=256m -XX:-TieredCompilation")
    >>> flags.stack_bytes // MIB, flags.max_metaspace_bytes // MIB, flags.code_cache_bytes // MIB
    (2, 256, 48)
    """
    flags, tiered = NativeFlags(DEFAULT_STACK[architecture]), True
    for word in options.split():
        option = word.strip("\"'")
        if option in ("-XX:-TieredCompilation", "-XX:+TieredCompilation"):
            tiered = option[4] == "+"
        elif option == "-Xint" or (java > 11 and _lower_tier(option)):
            tiered = False
        else:
            flags = _with(flags, option, architecture)
    if not tiered and "ReservedCodeCacheSize" not in flags.given:
        flags = replace(flags, code_cache_bytes=CODE_CACHE_WITHOUT_TIERS)
    if flags.max_metaspace_bytes is not None:  # the class space is a part of metaspace
        flags = replace(flags, class_space_bytes=min(flags.class_space_bytes, flags.max_metaspace_bytes))
    return flags


def _lower_tier(option: str) -> bool:
    name, _, value = option.partition("=")
    return name == "-XX:TieredStopAtLevel" and value.isascii() and value.isdigit() and int(value[:9]) < _MOST_TIER


def _with(flags: NativeFlags, option: str, architecture: str) -> NativeFlags:
    name, has_value, value = option.partition("=")
    if option.startswith("-Xss"):
        size_bytes = read_size(option[4:], f"Invalid thread stack size: {option}")
        if not size_bytes:  # the default, as with ThreadStackSize
            return replace(flags, stack_bytes=DEFAULT_STACK[architecture], given=flags.given | {"ThreadStackSize"})
        return _stack(flags, size_bytes, f"Invalid thread stack size: {option}", architecture)
    if not option.startswith("-XX:") or not has_value:
        return flags
    refusal = f"Improperly specified VM option '{option[4:]}'"
    given = flags.given | {name[4:]}
    if name == "-XX:ThreadStackSize":
        kib = read_size(value, refusal)
        flags = replace(flags, given=given)
        default = replace(flags, stack_bytes=DEFAULT_STACK[architecture])
        return _stack(flags, kib * KIB, refusal, architecture) if kib else default
    if name == "-XX:ReservedCodeCacheSize":
        return replace(flags, code_cache_bytes=_code_cache(read_size(value, refusal)), given=given)
    if name == "-XX:CompressedClassSpaceSize":
        return replace(flags, class_space_bytes=read_size(value, refusal), given=given)
    if name == "-XX:MaxMetaspaceSize":
        return replace(flags, max_metaspace_bytes=read_size(value, refusal), given=given)
    if name == "-XX:MaxDirectMemorySize":
        size_bytes = read_size(value, refusal)  # 0 is the default: as much as the heap
        return replace(flags, max_direct_bytes=size_bytes or None, given=given)
    return flags


def _stack(flags: NativeFlags, size_bytes: int, refusal: str, architecture: str) -> NativeFlags:
    """The stack, in whole KiB from the size given up."""
    if size_bytes > GIB:
        raise FlagError(refusal)
    if size_bytes < _LEAST_STACK and architecture == X86:
        raise FlagError(f"The Java thread stack size specified is too small. Specify at least {_LEAST_STACK // KIB}k")
    return replace(flags, stack_bytes=-(-size_bytes // KIB) * KIB, given=flags.given | {"ThreadStackSize"})


def _code_cache(size_bytes: int) -> int:
    if size_bytes < _LEAST_CODE_CACHE:
        least = f"Must be at least InitialCodeCacheSize={_LEAST_CODE_CACHE // KIB}K."
        raise FlagError(f"Invalid ReservedCodeCacheSize: {size_bytes // KIB}K. {least}")
    if size_bytes > _MOST_CODE_CACHE:
        raise FlagError(f"Invalid ReservedCodeCacheSize={size_bytes // MIB}M. Must be at most {_MOST_CODE_CACHE // MIB}M.")
    return size_bytes
