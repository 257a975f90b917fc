"""Sizes as Spark reads and writes them, at their borders; the recordings hold the rest."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem import size
from sparkmem.javalang import java_double, java_double_text, java_one_decimal
from sparkmem.size import units


class TestReading:
    @given(st.text(max_size=30))
    def test_any_text_is_a_size_or_refused(self, text):
        with suppress(size.SizeError):
            assert size.byte_string_as_bytes(text) >= 0

    @given(st.integers(0, 8191), st.sampled_from(["k", "mb", "G", "t", "p "]))
    def test_coarser_units_are_cut_down_from_bytes(self, number, suffix):
        in_bytes = size.byte_string_as_bytes(f"{number}{suffix}")
        assert size.byte_string_as_mb(f"{number}{suffix}") == in_bytes // size.MIB

    def test_long_suffixes_came_with_4_2(self):
        assert size.byte_string_as_bytes("1GiB", "4.2") == size.GIB
        with pytest.raises(size.SizeError, match='Invalid suffix: "gib"'):
            size.byte_string_as_bytes("1GiB", "4.1")

    def test_a_number_of_thousands_of_digits_is_refused(self):
        with pytest.raises(size.SizeError, match="For input string"):
            size.byte_string_as_bytes("9" * 10_000)


class TestWriting:
    @given(st.integers(0, 1 << 62))
    def test_a_written_size_is_near_the_size(self, size_bytes):
        number, unit = size.bytes_to_string(size_bytes).split()
        factor = {name: factor for factor, name in units.UNIT_NAMES.items()}[unit]
        assert abs(float(number) * factor - size_bytes) <= factor * 0.0501

    @pytest.mark.parametrize(
        ("size_bytes", "log", "ui"), [(1 << 30, "1024.0 MiB", "1 GiB"), (1536 << 20, "1536.0 MiB", "1.5 GiB")]
    )
    def test_log_and_web_ui_change_units_at_different_sizes(self, size_bytes, log, ui):
        assert (size.bytes_to_string(size_bytes), size.ui_bytes(size_bytes)) == (log, ui)

    @pytest.mark.parametrize(
        ("size_bytes", "shown"),
        [
            (956615884, "956.6 MB"),
            (1024, "1 KB"),
            (10**9, "1 GB"),
            (26950000, "26.9 MB"),  # 26.95 as a double falls short of the half
            (0, "0.0 B"),
        ],
    )
    def test_web_ui_of_2_4_counts_in_thousands(self, size_bytes, shown):
        """As the formatBytes of 2.4.8 gave them under Node."""
        assert size.ui_bytes(size_bytes, "2.4") == shown

    @pytest.mark.parametrize(
        ("size_bytes", "shown"),
        [
            ((1 << 71) - 1, "2048.0 EiB"),
            (1 << 71, "2.36E+21 B"),
            (2365 * 10**18, "2.37E+21 B"),
            (9994 * 10**20, "9.99E+23 B"),
            (9995 * 10**20, "1.00E+24 B"),
            (10**30, "1.00E+30 B"),
        ],
    )
    def test_a_sum_beyond_every_unit_has_three_digits(self, size_bytes, shown):
        """As BigDecimal writes it, rounded to three digits with halves up."""
        assert size.bytes_to_string(size_bytes) == shown

    @pytest.mark.parametrize("release", ["2.4", "3.4", "3.5"])
    def test_below_zero_and_at_it_everything_is_bytes(self, release):
        assert size.bytes_to_string(-3 << 29, release) == "-1610612736.0 B"
        assert size.bytes_to_string(0, release) == "0.0 B"

    def test_the_web_ui_below_zero(self):
        assert {size.ui_bytes(-1, release) for release in ("2.4", "3.0")} == {"NaN undefined"}
        assert {size.ui_bytes(-1, release) for release in ("3.1", "4.3")} == {"0.0 B"}

    def test_the_web_ui_has_no_unit_above_the_largest_that_a_long_needs(self):
        assert size.ui_bytes(1 << 73) == "8192 EiB"
        assert size.ui_bytes(5 * 10**21, "2.4") == "5000 EB"

    def test_log_of_2_4_says_mb_and_means_mib(self):
        assert size.bytes_to_string(366 << 20, "2.4") == "366.0 MB"


class TestJavaNumbers:
    @given(st.floats(allow_nan=False))
    def test_what_is_written_is_read_back(self, value):
        assert java_double(java_double_text(value)) == value

    @given(st.floats(-1e6, 1e6))
    def test_one_decimal_is_near_the_number(self, value):
        assert abs(float(java_one_decimal(value)) - value) <= 0.0500001

    @pytest.mark.parametrize("text", ["nan", "inf", "0_5", "0,6", "0.6L", "", " ", "0x1", "1e"])
    def test_what_java_refuses_is_refused(self, text):
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            java_double(text)
