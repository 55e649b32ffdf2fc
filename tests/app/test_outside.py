"""Reading a file that somebody named: whole, bounded, and only where it is a file."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from app.cli import main
from app.errors import UNREADABLE, Unreadable
from app.outside import NotAFile, TooLarge, read_bytes, whole

needs_posix = pytest.mark.skipif(os.name != "posix", reason="other systems have no such files")


def test_all_bytes_come_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"x" * 2_500_000)
    assert read_bytes(path, 2_500_000) == b"x" * 2_500_000
    with pytest.raises(TooLarge):
        whole(path, 2_499_999)
    with pytest.raises(Unreadable, match="is too large: up to 2 MB are read"):
        read_bytes(path, 2_499_999)
    path.write_bytes(b"")
    assert read_bytes(path, 0) == b""


def test_a_folder_a_missing_file_and_a_name_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        whole(tmp_path, 9)
    with pytest.raises(Unreadable, match="is a folder"):
        read_bytes(tmp_path, 9)
    for name in ("none", "a\0b"):
        with pytest.raises(Unreadable, match="There is no file"):
            read_bytes(tmp_path / name, 9)


def test_what_the_disk_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"x")

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(Unreadable, match="cannot be read: input/output error"):
        read_bytes(path, 9)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs a file that says that it is empty")
def test_a_file_that_holds_more_than_it_says_is_bounded_too() -> None:
    path = Path("/proc/self/maps")
    assert path.stat().st_size == 0
    assert whole(path, 10_000_000)
    with pytest.raises(TooLarge):
        whole(path, 100)


def strange(folder: Path, name: str) -> dict[str, Path]:
    """What is no file, under a name that is one of ours: nobody writes into the pipe, and the device has no end."""
    made = {kind: folder / f"{kind}-{name}" for kind in ("pipe", "endless", "socket", "folder")}
    os.mkfifo(made["pipe"])
    made["endless"].symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(made["socket"]))
    made["folder"].mkdir()
    return made


@needs_posix
def test_a_pipe_a_device_and_a_socket_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    for kind, path in strange(Path(), "x").items():
        with pytest.raises(IsADirectoryError if kind == "folder" else NotAFile):
            whole(path, 10**9)


@needs_posix
@pytest.mark.parametrize("ending", ["json", "xlsx", "pdf", "csv", "ownermap"])
def test_no_command_waits_for_what_never_ends(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "map.ownermap"]) == 0
    for kind, path in strange(Path(), f"copy.{ending}").items():
        copy = str(path)
        commands = {
            "csv": [["evidence", "map.ownermap", "--add", copy]],
            "ownermap": [["verify", copy], ["merge", "map.ownermap", copy], ["diff", "map.ownermap", copy]],
        }.get(ending, [["verify", "map.ownermap", copy], ["diff", "map.ownermap", copy]])
        if ending in ("json", "xlsx"):
            commands.append(["import", copy, "map.ownermap"])
        for words in commands:
            capsys.readouterr()
            began = time.monotonic()
            assert main(words) == UNREADABLE, (kind, words)
            assert time.monotonic() - began < 20
            said = capsys.readouterr().err
            assert said.count("\n") == 1, said
            assert ("is a folder" if kind == "folder" else "is not a file") in said
