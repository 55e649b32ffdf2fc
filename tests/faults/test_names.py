"""Files under names with any character: every command works with them, or says in a sentence why not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.errors import Unreadable
from app.files import name_fault
from app.store import files
from tests.faults.soak import SOAK

NAMES = {
    "plain": "map",
    "percent": "100%41%2F%s%n",
    "hash": "a#b",
    "question mark": "a?mode=memory&cache=shared",
    "url": "file:map",
    "memory": ":memory:",
    "newline": "one\ntwo",
    "quotes": 'it\'s "so" `here`',
    "brackets": "[a-z]*?{b}(c)",
    "braces": "{} {name} %s",
    "ampersand": "&File && more",
    "markup": "<b>bold<img src=x>",
    "leading dash": "-rf",
    "double dash": "--force",
    "tilde": "~root",
    "blanks": "  spaced  out  ",
    "dots": "..hidden..",
    "right to left": "\u202egnp.exe",
    "hebrew": "שלום",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "apart accents": "e\u0301A\u030a",
    "controls": "bell\x07\x1b[31mred\x7f\x9b",
    "backslash": "a\\b\\",
    "semicolon": "a;b|c&d$e",
    "long": "x" * 231,
    "long emoji": "🦊" * 57,
    "undecodable": os.fsdecode(b"caf\xe9"),
    "nul": "a\0b",
    "too long": "y" * 300,
}
REFUSED = {
    "question mark", "url", "memory", "newline", "quotes", "brackets", "markup", "blanks", "dots", "controls",
    "backslash", "semicolon", "nul", "too long",
}  # fmt: skip
"""Names that a new file may not have."""

NOWHERE = {"nul", "too long"}
"""Names that no file has here, so that none can be opened under them."""

THROUGH_ALL = {"percent", "ampersand", "emoji", "undecodable"}
"""Taken through all formats in `make test`; reading a workbook or a PDF takes a second each."""

RESERVED = ("CON", "nul", "Aux.old", "COM1", "lpt9", "COM¹", "Lpt³", "conin$", "PRN .a")


def sentences(said: str) -> bool:
    """Whether stderr holds whole sentences for people, without what a terminal obeys."""
    return "unexpected" not in said and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", said)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_no_new_file_gets_a_name_that_not_every_system_takes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stem, map_ = NAMES[name], tmp_path / "map.ownermap"
    assert main(["new", str(map_)]) == 0
    capsys.readouterr()
    with files.open_for_editing(map_) as opened, pytest.raises(Unreadable):
        opened.save_copy(tmp_path / f"{stem}.ownermap")
    for words in (
        ["new", str(tmp_path / f"{stem}.ownermap")],
        ["export", str(map_), "--json", str(tmp_path / f"{stem}.json")],
    ):
        assert main(words) == 3
        told = capsys.readouterr().err
        assert sentences(told), told
        assert told.count("\n") == 1
        assert told.endswith(" Choose another name.\n")
    assert list(tmp_path.iterdir()) == [map_]


@pytest.mark.skipif(os.name != "posix", reason="other systems allow fewer names")
@pytest.mark.parametrize("name", sorted(NAMES.keys() - NOWHERE))
def test_every_command_works_on_a_file_of_any_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    stem = NAMES[name]
    project = tmp_path / f"{stem}.ownermap"
    # Empty: what is asked here is in the names, and a full project takes ten times as long.
    assert main(["new", str(tmp_path / "map.ownermap")]) == 0
    if name != "plain":
        (tmp_path / "map.ownermap").rename(project)  # as somebody else named it
    # What it makes is named so too, where that may be.
    out = "out" if name in REFUSED else stem
    formats = ("xlsx", "pdf", "json") if name in THROUGH_ALL or SOAK else ("json",)
    copies = [tmp_path / f"{out}.{format}" for format in formats]
    options = [f"--{format}" for format in formats]
    if name in REFUSED:
        assert main(["export", str(project), *options]) == 3
        options = [part for copy in copies for part in (f"--{copy.suffix[1:]}", str(copy))]
    assert main(["export", str(project), *options]) == 0
    assert all(copy.stat().st_size for copy in copies)
    assert main(["export", str(project), *options, "--force"]) == 0
    assert main(["check", str(project)]) in (0, 1)
    assert main(["diff", str(project), str(copies[-1])]) == 0
    assert main(["import", str(copies[-1]), str(tmp_path / f"2{out[:-1]}.ownermap")]) == 0
    if "xlsx" in formats:
        assert main(["import", str(copies[0]), str(project)]) == 0
    assert main(["verify", str(project), *map(str, copies)]) in (0, 1)
    told = capsys.readouterr()
    assert sentences(told.err), told.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", told.out)
    with files.open_for_editing(project) as opened:
        opened.save_copy(tmp_path / f"3{out[:-1]}.ownermap")
        opened.publish()
    assert files.read(tmp_path / f"3{out[:-1]}.ownermap").document == files.read(project).document
    assert {path.name for path in tmp_path.iterdir()} == {
        project.name,
        *(copy.name for copy in copies),
        f"2{out[:-1]}.ownermap",
        f"3{out[:-1]}.ownermap",
    }


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(' .<>:"/\\|?*¹²³COMNUL19\n'), max_size=30))
def test_a_name_is_taken_only_where_every_system_takes_it(name: str) -> None:
    """Against the rules as Windows states them, said here in other words than in the program."""
    stem, dot, _ = name.rpartition(".")
    ports = {f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"}
    kept = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | ports
    refused = (
        any(ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in set('<>:"/\\|?*') for sign in name)
        or name.endswith((".", " "))
        or (bool(stem and dot) and stem.endswith((".", " ")))
        or name.split(".")[0].strip().upper() in kept
    )
    assert (name_fault(name) is not None) == refused


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such file")
def test_what_is_there_already_may_be_replaced_under_its_name(tmp_path: Path) -> None:
    old = tmp_path / "a:b.json"
    old.write_bytes(b"old")
    assert main(["new", str(tmp_path / "map.ownermap")]) == 0
    assert main(["export", str(tmp_path / "map.ownermap"), "--json", str(old)]) == 3
    assert main(["export", str(tmp_path / "map.ownermap"), "--json", str(old), "--force"]) == 0
    assert old.read_bytes() != b"old"


@pytest.mark.skipif(os.name != "posix", reason="other systems allow fewer names")
def test_a_name_in_the_folder_that_looks_like_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--", "-rf.ownermap"]) == 0
    assert main(["export", "--json", "--", "-rf.ownermap"]) == 0 or (tmp_path / "-rf.json").exists()


@pytest.mark.parametrize("name", RESERVED)
def test_a_name_that_windows_keeps_for_itself_is_refused_everywhere(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / f"{name}.ownermap")]) == 3
    said = capsys.readouterr().err
    assert f"Windows keeps the name “{name.partition('.')[0].strip()}” for itself. Choose another name." in said
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_only_begins_like_one_is_taken(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "console.ownermap")]) == 0
    assert main(["export", str(tmp_path / "console.ownermap"), "--json", str(tmp_path / "com10.json")]) == 0
    assert main(["export", str(tmp_path / "console.ownermap"), "--json", str(tmp_path / "com1.json")]) == 3
