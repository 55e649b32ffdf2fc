"""One call to the disk fails, or all from one on: nothing partial, said in words, and a second attempt works."""

from __future__ import annotations

import json
from pathlib import Path

from tests.faults import disk
from tests.faults.soak import in_parts, times

FAILING = Path(__file__).with_name("failing.py")
SYNCING = Path(__file__).with_name("syncing.py")


@in_parts
def test_a_failing_call_leaves_nothing_partial(library: Path, tmp_path: Path, seed: int) -> None:
    faults = times(500, 10_000)
    told = json.loads(disk.run(library, FAILING, tmp_path, seed, faults, folder=tmp_path))
    assert told["wrong"] == []
    # Otherwise most of the faults came too late to be met.
    assert told["failed calls"] > faults / 3


def test_an_edit_takes_few_syncs_and_typing_never_waits_for_them(library: Path, tmp_path: Path) -> None:
    told = json.loads(disk.run(library, SYNCING, tmp_path, folder=tmp_path))
    assert 0 < told["most syncs of an edit"] <= 5
    assert told["edits typed before the first was stored"] == told["edits"]
    assert told["stored in the end"] == told["edits"]
