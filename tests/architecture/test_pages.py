"""README and ARCHITECTURE say what is so: the commands run as written, the keys and the modules are there."""

from __future__ import annotations

import re
import shlex
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from ui.menus import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
"""The code blocks of README: the language of each, and what stands in it."""

SAY_NO = {"drill", "whatif"}
"""The commands whose answer README announces as no."""


def lines_of(language: str) -> list[str]:
    return [line for said, block in BLOCKS if said == language for line in block.splitlines()]


@pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a POSIX shell")
def test_the_commands_of_the_readme_run_in_the_order_written_in_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What is for Windows names the tools of `make test`, which run this very test.
    assert {language for language, _ in BLOCKS} == {"sh", "bat"}
    monkeypatch.chdir(tmp_path)
    ran = set()
    for line in lines_of("sh"):
        program, *rest = shlex.split(line, comments=True)
        if program == "make":
            continue
        if program == "ownermap":
            code = main(rest)
            ran.add(rest[0])
            assert code == (1 if rest[0] in SAY_NO else 0), f"{line}: {capsys.readouterr().err}"
        else:
            subprocess.run(["sh", "-c", line], check=True)
    assert ran >= {"new", "export", "sign", "verify", "merge", *SAY_NO}


def test_the_keys_of_the_readme_are_those_of_the_window() -> None:
    table = re.findall(r"^\| (`.+`) \|", README.partition("| keys |")[2].partition("\n\n")[0], re.MULTILINE)
    named = [key for cell in table for key in re.findall(r"`([^`]+)`", cell)]
    known = {key for command in COMMANDS for key in command.keys.split()} | {f"Ctrl+{step}" for step in range(1, 10)}
    assert named
    assert set(named) <= known


def test_the_pictures_and_pages_that_the_readme_names_are_there() -> None:
    named = [*re.findall(r"\]\(([^)]+)\)", README), *re.findall(r"`((?:docs/)?[\w]+\.md)`", README)]
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_picture_of_the_readme_can_be_made_anew(tmp_path: Path) -> None:
    # Its pixels differ a little from system to system, so only its size is compared.
    made = tmp_path / "owners.png"
    subprocess.run([sys.executable, ROOT / "packaging" / "make_picture.py", made], check=True, capture_output=True)
    kept = ROOT / "packaging" / "pictures" / "owners.png"
    assert _size(made) == _size(kept) == (1280, 800)


def _size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, as its header tells them."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


@pytest.mark.parametrize("package", ["app", "ui"])
def test_the_map_names_every_module(package: str) -> None:
    house = ARCHITECTURE.partition("## The house\n\n```\n")[2].partition("\n```")[0]
    part = re.search(rf"^{package}/.*\n(?:  .*\n)+", house, re.MULTILINE)
    assert part is not None
    named = set(re.findall(r"[\w]+(?:\.py|/)", part[0]))
    modules = {path.name for path in (ROOT / package).glob("*.py")} - {"__init__.py"}
    folders = {f"{path.parent.name}/" for path in (ROOT / package).glob("*/__init__.py")}
    assert (modules | folders) - named == set()
