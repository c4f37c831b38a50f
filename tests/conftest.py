"""Fixtures for all tests: a home of their own, and real kernels."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.harness import interpreters
from tests.harness.home import own_home
from tests.harness.kernel import Kernel
from tests.harness.kernel import kernel as running_kernel

# Two busy cores say nothing about how fast an example is.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

KERNEL_FIXTURES = {"kernel", "kernel_version", "start_kernel"}


def pytest_configure(config: pytest.Config) -> None:
    # What a shell starts in the background ignores interrupts, and so would every kernel and server of a test.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    home = own_home()
    home.__enter__()
    config.add_cleanup(lambda: home.__exit__(None, None, None))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, so that no mark can be forgotten."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent / "browser"):
            item.add_marker("browser")
        elif KERNEL_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("kernel")


@pytest.fixture(params=[6, 7], ids=["ipykernel6", "ipykernel7"], scope="session")
def kernel_version(request: pytest.FixtureRequest) -> int:
    """The major version of ipykernel, each in turn."""
    return int(request.param)


@pytest.fixture
def start_kernel(kernel_version: int, tmp_path: Path, request: pytest.FixtureRequest):
    """Start kernels, any number, in the test's own folder; they end with the test."""
    python = interpreters.interpreter(kernel_version)

    def start(folder: Path = tmp_path, **variables: str) -> Kernel:
        context = running_kernel(python, folder, {**os.environ, **variables})
        started = context.__enter__()
        request.addfinalizer(lambda: context.__exit__(None, None, None))
        return started

    return start


@pytest.fixture
def kernel(start_kernel) -> Iterator[Kernel]:
    """A kernel in the test's own folder."""
    return start_kernel()
