"""What every test gets: Qt drawing into memory, folders of its own, the same random examples each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything makes a QApplication, and for the processes that a test starts.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A reader's own settings of Qt must not change what is tested.
for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(name, None)

settings.register_profile("ownermap", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ownermap")

BENCH = Path(__file__).parent / "bench"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out, unless the command line names them."""
    if collection_path != BENCH:
        return None
    named = (Path(config.invocation_params.dir, argument.partition("::")[0]) for argument in config.args)
    return None if any(path.is_relative_to(BENCH) for path in named) else True


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working copies, settings and logs of a test live and die with it; the person's own are never seen."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("OWNERMAP_DATA", str(folder / "data"))
    monkeypatch.setenv("OWNERMAP_CONFIG", str(folder / "config"))
