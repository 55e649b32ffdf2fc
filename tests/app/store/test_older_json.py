"""What an earlier release exported can still be imported: a field or kind that came later is empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app import interchange
from app.cli import main
from app.errors import Unreadable
from app.model.room import Agent
from app.model.scorecard import Reading
from app.store import database, files, migrations

FIXTURES = Path(__file__).parents[2] / "fixtures"


def columns_of(version: int) -> dict[str, set[str]]:
    """Table -> columns of a version of the project file: the kinds and fields that its release knew."""
    with database.connected(None, database.FRESH) as connection:
        migrations.upgrade(connection, migrations.STEPS[:version])
        names = [str(name) for kind, name, *_ in migrations.schema_text(connection) if kind == "table"]
        return {
            name: {str(row[1]) for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')} for name in names
        }


def as_exported_by(version: int) -> dict[str, Any]:
    """The fixture of a version as its own release exported it."""
    known = columns_of(version)
    plain = interchange.as_json(files.read(FIXTURES / f"version-{version}.ownermap"))
    plain["version"] = 1

    def cut(kind: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
        return row and {name: value for name, value in row.items() if name in known[kind]}

    plain["rows"] = {kind: [cut(kind, row) for row in rows] for kind, rows in plain["rows"].items() if kind in known}
    for entry in plain["log"]:
        for change in entry["changes"]:
            for side in ("before", "after"):
                change[side] = cut(change["kind"], change[side])
    return plain


@pytest.mark.parametrize("version", [1, 2])
def test_an_export_of_an_earlier_release_is_read_as_its_file_is(version: int, tmp_path: Path) -> None:
    plain = as_exported_by(version)
    assert "erasures" not in plain["rows"]["agent"][0]
    source, target = tmp_path / "old.json", tmp_path / "new.ownermap"
    source.write_text(json.dumps(plain), encoding="utf-8")
    assert main(["import", str(source), str(target)]) == 0
    # What is private never was in the export.
    expected = interchange.as_json(files.read(FIXTURES / f"version-{version}.ownermap"))
    assert interchange.as_json(files.read(target)) == expected


def test_kinds_that_came_later_are_empty() -> None:
    plain = as_exported_by(1)
    assert "handover" not in plain["rows"]
    document = interchange.from_json(plain).document
    assert document.table("handover").by_id == {}
    assert document.only(Agent).high_risk_use == ""
    assert all(row.runs is None for row in document.rows(Reading))


def test_in_a_document_of_today_nothing_may_be_missing() -> None:
    plain = as_exported_by(1)
    plain["version"] = interchange.VERSION
    with pytest.raises(Unreadable, match="missing"):
        interchange.from_json(plain)


def test_an_older_document_may_not_lack_a_row_that_every_map_has() -> None:
    plain = as_exported_by(1)
    del plain["rows"]["owner"]
    with pytest.raises(Unreadable, match="/rows/owner: missing or not a list"):
        interchange.from_json(plain)


def test_a_name_of_nothing_is_a_fault_in_an_older_document_too() -> None:
    plain = as_exported_by(1)
    plain["rows"]["agent"][0]["gadget"] = 1
    with pytest.raises(Unreadable, match="/rows/agent/0/gadget: unknown field"):
        interchange.from_json(plain)
