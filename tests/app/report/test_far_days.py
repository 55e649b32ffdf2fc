"""The first and the last days that can be stored, and the largest numbers: a report is made from them all the same."""

from __future__ import annotations

import pytest

from app.exporting import report_of
from app.interchange import Project
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.log import Log
from app.model.row import Row, with_fields
from tests.support.builder import complete

FIRST, LAST = ("1970-01-01", "1970-01-01T00:00:00.000Z"), ("2200-12-31", "2200-12-31T23:59:59.999Z")


def far_away(row: Row, day: str, moment: str, zone: str) -> Row:
    """The row with this day and moment wherever there is one, and with the largest numbers."""
    far = {
        Kind.DAY: lambda field: day,
        Kind.DAYS: lambda field: (day,),
        Kind.MOMENT: lambda field: moment,
        Kind.ZONE: lambda field: zone,
        Kind.NUMBER: lambda field: field.maximum,
        Kind.MONEY: lambda field: field.maximum,
    }
    declared = {name: field for name, field in fields_of(type(row)).items() if field.kind in far and not field.choices}
    return with_fields(row, {name: far[field.kind](field) for name, field in declared.items()})


@pytest.mark.parametrize("seen_from", [FIRST, LAST])
@pytest.mark.parametrize(("stored", "zone"), [(FIRST, "Pacific/Honolulu"), (LAST, "Pacific/Kiritimati")])
def test_nothing_is_reckoned_out_of_the_calendar(
    stored: tuple[str, str], zone: str, seen_from: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = complete().document
    document = Document.of(before.project_id, [far_away(row, *stored, zone) for row in before])
    assert report_of(Project(document, Log()), moment=seen_from[1], private=True).sections
    # A rule that fails is passed over, and only the log says so.
    assert caplog.text == ""
