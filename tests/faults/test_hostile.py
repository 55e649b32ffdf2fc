"""Files made with knowledge of our schema are refused in words, soon, in little memory, and left as they are."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from app.errors import UNREADABLE, Unreadable
from app.interchange import Project
from app.model.log import Log
from app.store import files
from tests.faults.hostile import CONTENT, SCHEMA, Recipe
from tests.faults.soak import SEED, whole
from tests.support.random_projects import random_document, steady_mint

RECIPES = {**SCHEMA, **CONTENT}

MEMORY = 300 * 1024 * 1024
"""Bytes that looking at a hostile file may take."""


def combined(count: int) -> list[tuple[Recipe, ...]]:
    """Several recipes in one file, chosen by chance."""
    pick = Random(SEED)
    # The content first: with another schema, the rest of the statements need not work.
    return [(pick.choice([*CONTENT.values()]), pick.choice([*SCHEMA.values()])) for _ in range(count)]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(random_document(Random(SEED), steady_mint()), Log()))
    return made


def refuse(path: Path, *recipes: Recipe) -> None:
    files.read(path)
    for recipe in recipes:
        recipe(path)
    before = path.read_bytes()
    begun = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refused:
            files.read(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.exit_code == UNREADABLE
    assert refused.value.advice is not None
    assert time.process_time() - begun < 2
    assert most < MEMORY
    with pytest.raises(Unreadable):
        files.open_for_editing(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", RECIPES)
def test_a_hostile_file_is_refused(good: Path, name: str) -> None:
    refuse(good, RECIPES[name])


@pytest.mark.parametrize("number", range(whole(6, 200)))
def test_hostile_files_of_several_kinds_are_refused(good: Path, number: int) -> None:
    refuse(good, *combined(whole(6, 200))[number])
