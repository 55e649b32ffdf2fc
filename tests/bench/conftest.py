"""Every figure stands beside its floor or a peer, measured in turn in the same run, and is told as a ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest


@pytest.fixture
def beside(benchmark, capsys: pytest.CaptureFixture[str]) -> Callable[..., float]:
    """Measure `ours` with pytest-benchmark and `floor` in turn with it; print and return the ratio of the medians."""

    def measure(
        name: str, ours: Callable[[], object], floor: Callable[[], object], *, bar: str, rounds: int = 9
    ) -> float:
        ours()
        floor()
        ours_took, floor_took = [], []
        for _ in range(rounds):
            floor_took.append(_seconds(floor))
            ours_took.append(_seconds(ours))
        benchmark.pedantic(ours, rounds=rounds)
        ratio = statistics.median(ours_took) / statistics.median(floor_took)
        benchmark.extra_info.update({"name": name, "ratio": round(ratio, 2), "bar": bar})
        with capsys.disabled():
            print(
                f"\n{name}: {statistics.median(ours_took) * 1000:.2f} ms, floor"
                f" {statistics.median(floor_took) * 1000:.2f} ms, ratio {ratio:.2f} (bar: {bar})"
            )
        return ratio

    return measure


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
