"""The pages of the twelve steps."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from app.steps import BY_ID
from ui.desk import Desk
from ui.steps.base import Page

PAGES: Mapping[str, str] = {
    "room": "RoomPage",
    "boundary": "BoundaryPage",
    "owners": "OwnersPage",
    "roles": "RolesPage",
    "oversight": "OversightPage",
    "exceptions": "ExceptionsPage",
    "change": "ChangePage",
    "stop": "StopPage",
    "scorecard": "ScorecardPage",
    "raci": "RaciPage",
    "readiness": "ReadinessPage",
    "signoff": "SignoffPage",
}
"""Step -> the class of its page in `ui.steps.<step>.page`."""


def make_page(desk: Desk, step: str) -> Page:
    """The page of a step, newly built. Its module is loaded now: the window should be there before all pages are."""
    page_class = getattr(import_module(f"ui.steps.{step}.page"), PAGES[step])
    return cast(Page, page_class(desk, BY_ID[step]))
