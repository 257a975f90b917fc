"""The statements of the experiments are assertions outside a test's own file: pytest explains those of them that fail."""

import pytest

pytest.register_assert_rewrite("statements")
