from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.harness.kernel import Kernel


@pytest.fixture
def notebook(start_kernel) -> Kernel:
    """A kernel in which the extension is loaded."""
    kernel = start_kernel()
    kernel.run("%load_ext nb_assets")
    return kernel
