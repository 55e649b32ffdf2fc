"""Bytes of a good file are changed by chance: the same content is read, or the file is refused, and soon."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random

from app.errors import Unreadable
from app.store import files
from tests.faults.soak import in_parts, times
from tests.support.builder import complete

SOON = 2.0
"""Seconds of this process's own time."""


@in_parts
def test_changed_bytes_are_never_taken_for_content(tmp_path: Path, seed: int) -> None:
    path, pick = tmp_path / "map.ownermap", Random(seed)
    project = complete().project()
    files.create(path, project)
    good, said = path.read_bytes(), Counter[str]()
    for number in range(times(1_000, 50_000)):
        data = bytearray(good)
        # Half of the changes are where SQLite keeps what it goes by: the header and the heads of pages.
        page = pick.randrange(len(good) // 4096) * 4096
        near = pick.random() < 0.5
        for _ in range(pick.choice((1, 1, 1, 2, 8))):
            at = page + pick.randrange(110 if near else 4096)
            data[at] = pick.choice((data[at] ^ 1 << pick.randrange(8), pick.randrange(256)))
        path.write_bytes(data)
        begun = time.process_time()
        try:
            found = files.read(path)
            assert found.document == project.document, f"seed {seed}, change {number}"
            assert [*found.log] == [*project.log], f"seed {seed}, change {number}"
            said["the same"] += 1
        except Unreadable:
            said["refused"] += 1
        assert time.process_time() - begun < SOON, f"seed {seed}, change {number}"
    # Many pages are nearly empty; what is changed there changes nothing.
    assert said["refused"] > times(1_000, 50_000) / 5
