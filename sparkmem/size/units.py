"""Binary units, and their names as Spark writes them."""

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30
TIB = 1 << 40
PIB = 1 << 50
EIB = 1 << 60

UNIT_NAMES = {1: "B", KIB: "KiB", MIB: "MiB", GIB: "GiB", TIB: "TiB", PIB: "PiB", EIB: "EiB"}
OLD_UNIT_NAMES = {unit: name.replace("i", "") for unit, name in UNIT_NAMES.items()}  # the same powers of 1024
