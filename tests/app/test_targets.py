"""Only a file is ever replaced: what is anything else stays, and a sentence says why."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.cli import main
from app.errors import UNREADABLE, Unreadable
from app.files import refuse_existing

Out = pytest.CaptureFixture[str]

PIPE = "is not a file: it is a pipe, a device or a socket. Name a file."

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    made = tmp_path / "pipe.ownermap"
    os.mkfifo(made)
    return made


@pytest.fixture
def link(pipe: Path) -> Path:
    made = pipe.with_name("link.ownermap")
    made.symlink_to(pipe)
    return made


def test_no_command_replaces_a_pipe(tmp_path: Path, pipe: Path, link: Path, capsys: Out) -> None:
    path = tmp_path / "map.ownermap"
    main(["new", str(path)])
    main(["export", str(path), "--json"])
    capsys.readouterr()
    for target in (pipe, link):
        for command in (
            ["new", str(target)],
            ["new", str(target), "--force"],
            ["export", str(path), "--json", str(target), "--force"],
            ["import", str(path.with_suffix(".json")), str(target), "--force"],
        ):
            assert main(command) == UNREADABLE
            assert PIPE in capsys.readouterr().err
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(Unreadable, match="a device"):
        refuse_existing(Path(os.devnull), force=True)


def test_a_link_that_leads_nowhere_is_not_replaced(tmp_path: Path) -> None:
    nowhere, round_about = tmp_path / "nowhere", tmp_path / "round"
    nowhere.symlink_to(tmp_path / "none")
    round_about.symlink_to(round_about)
    for link in (nowhere, round_about):
        with pytest.raises(Unreadable, match="is a link that leads to no file"):
            refuse_existing(link, force=True)


def test_a_file_and_a_link_to_one_may_be_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(file)
    for path in (file, link):
        refuse_existing(path, force=True)
        with pytest.raises(Unreadable, match="Add --force"):
            refuse_existing(path, force=False)


@pytest.mark.parametrize("format", ["pdf", "xlsx", "json"])
def test_no_export_takes_the_place_of_another_project(tmp_path: Path, capsys: Out, format: str) -> None:
    ours, other, link = tmp_path / "ours.ownermap", tmp_path / "other.ownermap", tmp_path / f"link.{format}"
    for path in (ours, other):
        main(["new", str(path)])
    link.symlink_to(other)
    before = other.read_bytes()
    capsys.readouterr()
    for target in (other, tmp_path / "none.OWNERMAP", link):
        assert main(["export", str(ours), f"--{format}", str(target), "--force"]) == UNREADABLE
        said = capsys.readouterr().err
        assert "is the name of a project file, and an export replaces none" in said
        assert f"Name a file that ends in .{format}." in said
    assert other.read_bytes() == before
    assert link.is_symlink()
    assert not (tmp_path / "none.OWNERMAP").exists()


@pytest.mark.parametrize("format", ["pdf", "xlsx", "json"])
def test_a_project_is_known_by_its_header_and_no_export_replaces_it(tmp_path: Path, capsys: Out, format: str) -> None:
    ours, other = tmp_path / "ours.ownermap", tmp_path / f"other.{format}"
    for path in (ours, tmp_path / "other.ownermap"):
        main(["new", str(path)])
    (tmp_path / "other.ownermap").rename(other)
    before = other.read_bytes()
    for held in (before, before[:5000]):
        other.write_bytes(held)
        capsys.readouterr()
        assert main(["export", str(ours), f"--{format}", str(other), "--force"]) == UNREADABLE
        assert "is a project, whatever its name, and an export replaces none. Nothing was written." in (
            capsys.readouterr().err
        )
        assert other.read_bytes() == held
    other.write_bytes(b"SQLite format 3\0" + bytes(200))
    assert main(["export", str(ours), f"--{format}", str(other), "--force"]) == 0
