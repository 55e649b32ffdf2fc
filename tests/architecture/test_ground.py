"""The ground the project stands on: locks, licences, fonts, and a checkout that names nobody's machine."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfbase.ttfonts import TTFont

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"run": ROOT / "packaging/requirements.lock", "dev": ROOT / "packaging/requirements-dev.lock"}
FONTS = {
    "OFL-Inter.txt": ["Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold", "Inter-Italic"],
    "OFL-NotoSans.txt": ["NotoSans-Regular", "NotoSans-Bold"],
}


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(kind: str) -> dict[str, Version]:
    """The version of each package of a lock, by its normalised name."""
    text = LOCKS[kind].read_text(encoding="utf-8")
    return {name: Version(version) for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.M)}


# Locks


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_names_no_host_and_no_path(kind: str) -> None:
    text = LOCKS[kind].read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-(?!-hash)|file:|(^|[\s=])(/|[A-Za-z]:\\)", text, re.M)


@pytest.mark.parametrize("kind", LOCKS)
def test_every_locked_package_has_an_exact_version_and_hashes(kind: str) -> None:
    # pip reads a line that ends in a backslash as going on.
    lines = LOCKS[kind].read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    entry = re.compile(r"[a-z0-9-]+==\S+ (?:; [^-]+?)?(?:\s*--hash=sha256:[0-9a-f]{64})+\s*")
    assert lines
    assert [line for line in lines if not entry.fullmatch(line)] == []


def test_the_lock_for_running_is_a_part_of_the_lock_for_developing() -> None:
    assert locked("run").items() <= locked("dev").items()


def test_the_locks_keep_to_the_ranges() -> None:
    project = pyproject()
    groups = project["dependency-groups"]
    wanted = {
        "run": project["project"]["dependencies"] + groups["build"],
        "dev": project["project"]["dependencies"] + groups["build"] + groups["dev"],
    }
    for kind, requirements in wanted.items():
        versions = locked(kind)
        for requirement in map(Requirement, requirements):
            assert versions[requirement.name.lower()] in requirement.specifier, requirement


def test_every_dependency_has_a_lower_bound_and_qt_stays_below_6_12() -> None:
    requirements = [Requirement(line) for line in pyproject()["project"]["dependencies"]]
    assert all(any(part.operator == ">=" for part in each.specifier) for each in requirements)
    (qt,) = [each for each in requirements if each.name == "PySide6-Essentials"]
    assert "6.11.3" in qt.specifier
    assert "6.12.0" not in qt.specifier


# The checkout


def committed_texts() -> dict[str, str]:
    """Every text file that is committed or about to be."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a checkout of git")
    texts = {}
    for name in filter(None, listing.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            texts[name] = content.decode("utf-8")
    return texts


def test_no_file_names_a_machine_path_or_a_registry() -> None:
    # Put together here, so that this file does not find itself.
    folders = "|".join(["wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me", "op" + "t", "Us" + "ers"])
    hosts = ["py" + "pi.org", "python" + "hosted", "npm" + "js", "deb." + "debian", "security." + "debian"]
    forbidden = re.compile(rf"(?<![\w.~*/-])/(?:{folders})/|" + "|".join(map(re.escape, hosts)))
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in committed_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_tests_are_no_packages() -> None:
    # tests/app/__init__.py would hide the real `app`.
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_build_server_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert re.search(r"^exec make test\b", script.read_text(encoding="utf-8"), re.M)
    assert os.name == "nt" or os.access(script, os.X_OK)


# Fonts and icons


@pytest.mark.parametrize(("licence", "name"), [(key, name) for key, names in FONTS.items() for name in names])
def test_a_font_is_there_with_its_licence_and_can_be_embedded(licence: str, name: str) -> None:
    folder = ROOT / "resources" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / licence).read_text(encoding="utf-8")
    face = TTFont(name, str(folder / f"{name}.ttf")).face
    assert all(ord(letter) in face.charToGlyph for letter in "AaÉéŁłΩωЯя0–…€")


def test_no_font_stands_without_a_licence() -> None:
    there = {path.stem for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    assert there == {name for names in FONTS.values() for name in names}


def test_icons_are_plain_outlines_with_their_licence() -> None:
    folder = ROOT / "resources" / "icons"
    assert "MIT License" in (folder / "LICENSE-tabler.txt").read_text(encoding="utf-8")
    icons = sorted(folder.glob("*.svg"))
    assert icons
    for icon in icons:
        root = ET.parse(icon).getroot()
        assert (root.get("viewBox"), root.get("stroke")) == ("0 0 24 24", "currentColor"), icon.name
        assert {node.tag.rpartition("}")[2] for node in root.iter()} <= {"svg", "path"}, icon.name


# The bootstrap


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ownermap_bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_the_bootstrap_far_enough_to_be_told() -> None:
    ast.parse((ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_somebody_who_is_not_root_is_given_one_line_to_run(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name)
    monkeypatch.setattr(bootstrap.os, "getuid", lambda: 1000, raising=False)
    missing = bootstrap.missing_libraries(offscreen=True, window=True)
    with pytest.raises(SystemExit) as end:
        bootstrap.install_system_packages(missing)
    assert end.value.code == 1
    assert "\n    sudo apt-get install -y libegl1\n" in capsys.readouterr().err


@pytest.mark.parametrize(("user", "apt", "said"), [(0, 0, ""), (0, 100, "are skipped"), (1000, 0, "are skipped")])
def test_what_a_few_tests_need_is_installed_where_it_may_be_and_stops_nobody(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    user: int,
    apt: int,
    said: str,
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap.os, "getuid", lambda: user, raising=False)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda step, **how: ran.append(step) or apt)
    bootstrap.install_test_tools()
    told = capsys.readouterr().err
    assert said in told
    assert ("are skipped" in told) == bool(said)
    assert (ran[-1][-3:] == ["gcc", "libc6-dev", "strace"]) if user == 0 and apt == 0 else len(ran) == (user == 0)


def test_the_commands_without_a_window_need_no_library_of_the_system(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda library: False)
    assert bootstrap.missing_libraries(offscreen=False, window=False) == {}


def test_a_stamp_counts_for_what_was_installed_and_only_while_nothing_changed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(bootstrap, "environment_fits", lambda: True)
    assert not bootstrap.is_stamped("run")
    for stamped, run, dev in (("run", True, False), ("dev", True, True)):
        bootstrap.STAMP.write_text(f"{stamped} {bootstrap.fingerprint()}\n", encoding="utf-8")
        assert (bootstrap.is_stamped("run"), bootstrap.is_stamped("dev")) == (run, dev)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    assert not bootstrap.is_stamped("run")


# Qt for Python


class Square(QWidget):
    """The smallest widget with a Python override that returns None to Qt."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())


def test_repainting_does_not_use_up_none(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 loses one reference per repaint; some thousands later the process dies.
    widget = Square()
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.painted = 0
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.repaint()
    assert widget.painted == 1000
    assert abs(sys.getrefcount(None) - before) < 100
