"""docs/json.md names everything that `--json` prints."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from app.cli import _parser, main
from app.restoring import backups_of
from app.store.backups import Reason

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")

BY_KEY = {
    "crosswalk": {"evidence", "notes"},
    "rules": {"weighs"},
    "diff": {"before", "after"},
    "show": {"owners", "roles", "seats"},
    "record": {"before", "after"},
    "keys list": {"known"},
}
"""Objects whose names are keys of the map or of a framework, by the command that prints them."""


def section(command: str) -> str:
    return PAGE.partition(f"\n## `{command}`\n")[2].partition("\n## ")[0]


def names(value: Any, by_key: set[str]) -> Iterator[str]:
    """Every name in a JSON value, keys of the map left out."""
    if isinstance(value, list):
        for each in value:
            yield from names(each, by_key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name in by_key and isinstance(inner, dict):
                yield from (found for each in inner.values() for found in names(each, by_key))
            else:
                yield from names(inner, by_key)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    for name, template in (("sample", "billing-triage-sample"), ("other", "empty")):
        assert main(["new", str(folder / f"{name}.ownermap"), "--template", template]) == 0
    return folder


COMMANDS = [
    ["check", "{sample}", "--stage", "3"],
    ["drill", "{sample}", "--at", "2026-11-21T03:00"],
    ["evidence", "{sample}"],
    ["whatif", "{sample}"],
    ["whatif", "{sample}", "--without", "Dana Abelard", "--at", "2026-11-21T03:00"],
    ["due", "{sample}"],
    ["record", "{sample}"],
    ["crosswalk", "{sample}"],
    ["rules"],
    ["diff", "{sample}", "{other}"],
    ["revisions", "{sample}"],
    ["show", "{sample}"],
    ["verify", "{sample}", "{other}"],
    ["backups", "{sample}"],
    ["keys", "list"],
]


def called(command: list[str]) -> str:
    """The name of a command: its words up to the first file or option."""
    return " ".join(takewhile(str.isalpha, command))


def with_json(parser: argparse.ArgumentParser, name: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that can say its answer as JSON, as the parser has it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inside in action.choices.items():
                yield from with_json(inside, (*name, word))
        elif "--json" in action.option_strings and action.dest == "json":
            yield " ".join(name)


def test_every_command_that_prints_json_is_on_the_page_and_tried_here() -> None:
    # `export --json` names a format and prints nothing.
    found = set(with_json(_parser()))
    assert found - {"export"} == set(re.findall(r"^## `([^`]+)`$", PAGE, re.MULTILINE)) == set(map(called, COMMANDS))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_page_names_what_is_printed(
    command: list[str], sample: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", "four plain words here")
    if command == ["keys", "list"]:
        assert main(["keys", "new", "--name", "Dana Abelard"]) == 0
    if command[0] == "backups":
        path = sample / "sample.ownermap"
        assert backups_of(path).keep(path.read_bytes(), Reason.MERGE) is not None
    paths = {name: sample / f"{name}.ownermap" for name in ("sample", "other")}
    capsys.readouterr()
    main([*(word.format(**paths) for word in command), "--json"])
    printed = set(names(json.loads(capsys.readouterr().out), BY_KEY.get(called(command), set())))
    assert printed
    assert printed - set(re.findall(r"`([^`]+)`", section(called(command)))) == set()
