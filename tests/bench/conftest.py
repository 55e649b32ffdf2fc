"""Every figure stands beside its floor or a peer, measured in turn in the same run, and is told as a ratio.

Times are CPU time of this process, so that a busy machine does not count, except where a bench says otherwise.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import pytest

Beside = Callable[..., float]
Work = Callable[[], object]


@pytest.fixture
def beside(benchmark, capsys: pytest.CaptureFixture[str]) -> Beside:
    """Measure `ours` and `floor` in turn; print both, and return the ratio of their medians.

    From a hundred rounds on, the 95th percentile of both and the 99th of ours are printed too.
    """

    def measure(
        name: str,
        ours: Work,
        floor: Work,
        *,
        bar: str,
        rounds: int = 9,
        clock: Callable[[], float] = time.process_time,
    ) -> float:
        ours()
        floor()
        # What the test runner itself keeps in memory is no part of either.
        gc.collect()
        gc.freeze()
        ours_took, floor_took = [], []
        for _ in range(rounds):
            floor_took.append(_milliseconds(floor, clock))
            ours_took.append(_milliseconds(ours, clock))
        gc.unfreeze()
        benchmark.pedantic(ours, rounds=1)
        own, least = statistics.median(ours_took), statistics.median(floor_took)
        tail = _tail(ours_took, floor_took) if rounds >= 100 else ""
        benchmark.extra_info.update({"name": name, "ratio": round(own / least, 2), "bar": bar})
        with capsys.disabled():
            print(f"\n{name}: {own:.2f} ms{tail}, floor {least:.2f} ms, ratio {own / least:.2f} (bar: {bar})")
        return own / least

    return measure


def _tail(ours: list[float], floor: list[float]) -> str:
    own, least = statistics.quantiles(ours, n=100), statistics.quantiles(floor, n=100)
    return f" (p95 {own[94]:.2f} ms, that of the floor {least[94]:.2f} ms, p99 {own[-1]:.2f} ms)"


def _milliseconds(work: Work, clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return (clock() - start) * 1000
