"""Values that people write for sizes, fractions and switches, the odd ones included.

The lists are borders: each was chosen for a rule of Spark's or Java's that it sits on.
The functions draw ordinary values, and always the same ones from the same `Random`.
"""

from random import Random

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
RESERVED = 300 * MIB
LEAST_SYSTEM = 3 * RESERVED // 2

SIZES = [
    "1g", "1G", "512m", "1024", "450m", "449m", "471859200", "471859199", "471859200b", "460800k", "460799kb",
    "1kb", "1mb", "1GB", "1Gb", "1t", "1TB", "1p", "1pb", "0", "00", "0b", "0g", "007m", "1b",
    " 1g", "1g ", "\t1g\n", "\r1g", "1g\u0000", "\u001f1g", "\u00a01g", "\u20031g", "1 g", "1g b", "", " ", "\t",
    "-1", "-1g", " -1", "--1", "- 1", "+1", "+1g", "-0",
    "1.5g", "0.5g", "1.50g", "00.10m", "12345678.9", "0.0001", "1.5x", "1.5", "1.", "1.g", ".5g", "1..5g",
    "1,5g", "1_000", "0x10", "1e3", "1e3m", "5e", "1eb", "1x", "1bb", "1kbb", "1KiB", "1Ki", "1mib", "512Mi", "4GIB",
    "2gi", "1tib", "1pi", "1kI", "1\u212a", "1\u0131", "\u0663g", "\uff11g", "1\u0663g", "g", "b", "max", "null",
    "9223372036854775807", "9223372036854775808", "9223372036854775807b", "9223372036854775808x",
    "9223372036854775807k", "99999999999999999999g", "9007199254740991k", "9007199254740992k",
    "8796093022207m", "8796093022208m", "8589934591g", "8589934592g", "8388607t", "8388608t",
    "8191p", "8192p", "8388607p", "8388608p", "8589934591p", "8589934592p", "8796093022207p", "8796093022208p",
    "1023b", "1024b", "1048575b", "1048576b", "1023k", "1024k", "2047m", "2048m", "2147483648m",
]

FRACTIONS = [
    "0", "1", "0.0", "1.0", "0.6", "0.5", "0.75", ".5", "5.", "00.5", "1e-3", "1E-3", "5e-1", "1.5", "2", "100", "1e5",
    "10000000", "9999999.5", "1.0E7", "0.001", "0.00099", "1e-9", "1.3e-9", "1.4e-9", "1e-400", "4.9e-324", "1e400",
    "-0", "-0.0", "-0.5", "-1", "-1e-4", "+0.5", "+-0.5", "NaN", "nan", "-NaN", "+NaN", "NaNf",
    "Infinity", "-Infinity", "+Infinity", "inf", "INFINITY", "0.6f", "0.6F", "0.6d", "0.6D", "0.6L", "0.6ff",
    "0x1p-1", "0X1P-1", "0x.8p0", "0x0.5p1f", "0x1", "0x1p", "0x1.999999999999ap-1", "1e", "e5", "1e+", "1e-1d",
    "x", "", " ", " 0.6 ", "\t0.5\n", "0.5\u0000", "\u001f0.5", "\u00a00.5", "0.5\u2003", "0. 5", "0,6", "0_5",
    "60%", "\uff10.5", "\u0660.\u0665", "0.99999999999999994", "0.99999999999999995", "0.9999999999999999",
    "0.30000000000000004", "0.1", "0.3", "0.7", "0.333333333333333333333333333", "1/2", "null", "true",
]

SWITCHES = [
    "true", "false", "TRUE", "False", "tRuE", " true", "true ", "\ttrue\n", "false\u0000", "\u001ftrue",
    "\u00a0true", "\u2003false", "yes", "no", "on", "1", "0", "", " ", "t", "truee", "fal\u017fe", "null",
]

HEAPS = [
    471859200, 477626368, 514850816, 536870912, 954728448, 1020067840, 1073741824, 1908932608, 2075918336,
    2147483648, 3817865216, 4151836672, 4294967296, 6442450944, 7635730432, 8303673344, 8589934592,
    17179869184, 34359738368, 68719476736, 137438953472,
]
"""Numbers that JVMs report for common -Xmx under several collectors, in bytes."""

CORES = [1, 2, 3, 4, 5, 7, 8, 12, 16, 32, 64, 96, 128]


def heap(random: Random) -> int:
    """Bytes that a JVM could report, from Spark's minimum to 128 GiB."""
    if random.random() < 0.4:
        return random.choice(HEAPS)
    return int(LEAST_SYSTEM * 2 ** random.uniform(0, 8.18))


def size(random: Random, least: int, most: int) -> str:
    """A size that Spark reads, of `least` to `most` bytes, in a unit that fits."""
    wanted = int(least * (most / least) ** random.random())
    unit, names = random.choice([(1, ("b", "B", "")), (KIB, ("k", "kb", "K", "KB")),
                                 (MIB, ("m", "mb", "M", "MB")), (GIB, ("g", "gb", "G", "GB"))])
    if wanted < unit:
        unit, names = 1, ("b",)
    text = f"{-(-wanted // unit)}{random.choice(names)}"
    return random.choice(["", " ", "\t"]) + text if random.random() < 0.05 else text


def fraction(random: Random) -> str:
    """A fraction between 0 and 1, with one to fifteen digits or with an exponent."""
    shape = random.random()
    if shape < 0.4:
        return random.choice(["0.05", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.75", "0.8", "0.9", "0.95"])
    if shape < 0.9:
        return f"{random.random():.{random.randrange(1, 16)}f}"
    return f"{random.randrange(1, 1000)}e-{random.randrange(3, 6)}"
