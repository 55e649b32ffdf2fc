"""Files beside a file, and what is taken to be there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.cli import main
from app.errors import OutOfReach
from app.files import is_there, refuse_existing, remove_leftovers, stage
from tests.support.failing import unseen

LONG = "Lindhof Energie billing ticket triage agent - "


@pytest.mark.parametrize(
    ("name", "neighbour"),
    [
        (f"{LONG}Berlin.ownermap", f"{LONG}Hamburg.ownermap"),
        ("map.ownermap", "map.ownermap-2.ownermap"),
        ("a[b]*.ownermap", "a[b]x.ownermap"),
    ],
)
def test_leftovers_of_one_file_are_removed_and_none_of_its_neighbour(tmp_path: Path, name: str, neighbour: str) -> None:
    own, other = (stage(tmp_path / each, lambda half: half.write_bytes(b"half")) for each in (name, neighbour))
    remove_leftovers(tmp_path / name)
    assert (own.exists(), other.exists()) == (False, True)


def test_what_the_disk_does_not_show_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    path.write_bytes(b"something")
    with unseen(path), pytest.raises(OutOfReach, match="cannot be read: input/output error"):
        refuse_existing(path, force=False)


def test_nothing_is_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for name in ("none", "file/below", "x" * 300, "a\0b"):
        assert not is_there(tmp_path / name)
    (tmp_path / "link").symlink_to("none")
    assert (is_there(tmp_path / "link"), is_there(tmp_path / "link", itself=True)) == (False, True)
    assert is_there(Path(os.curdir))


def test_an_export_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    path, target, other = tmp_path / "map.ownermap", tmp_path / "out.json", tmp_path / "other.json"
    assert main(["new", str(path)]) == 0
    left, of_another = (stage(each, lambda half: half.write_bytes(b"half")) for each in (target, other))
    target.write_text("kept")
    assert main(["export", str(path), "--json", str(target)]) != 0
    assert left.exists(), "refused, it touches nothing"
    assert main(["export", str(path), "--json", str(target), "--force"]) == 0
    assert not left.exists()
    assert of_another.exists()
