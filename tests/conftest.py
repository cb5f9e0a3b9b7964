"""What tests share: the evaluation data beside the project, where it is present."""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a first call may load tables or compile a kernel
settings.load_profile("house")

PROJECT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def kernels_are_kept(monkeypatch):
    """Take the kernels where a machine does that has compiled them: what is tested hangs on no earlier run."""
    monkeypatch.setattr("dedupe.compiling._kept", lambda: True)


@pytest.fixture(scope="session")
def without_kernels():
    """Return the context in which all stages go the plain way: loaded kernels are taken whatever the size."""

    @contextmanager
    def plainly():
        with pytest.MonkeyPatch.context() as patch:
            for name, module in list(sys.modules.items()):
                if name.startswith("dedupe.") and "compiled" in vars(module):
                    patch.setattr(module, "compiled", lambda *_, **__: False)
            yield

    return plainly


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the evaluation data, or skip the test."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the evaluation data ../shared/data is not here")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of the five example pages."""
    return PROJECT / "seeds"
