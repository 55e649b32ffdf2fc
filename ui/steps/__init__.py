"""The pages of the twelve steps. PAGES says which page a step has; a step that is not there gets the generic one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.steps import BY_ID, Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.boundary.page import BoundaryPage
from ui.steps.change.page import ChangePage
from ui.steps.exceptions.page import ExceptionsPage
from ui.steps.generic.page import GenericPage
from ui.steps.oversight.page import OversightPage
from ui.steps.owners.page import OwnersPage
from ui.steps.raci.page import RaciPage
from ui.steps.readiness.page import ReadinessPage
from ui.steps.roles.page import RolesPage
from ui.steps.room.page import RoomPage
from ui.steps.scorecard.page import ScorecardPage
from ui.steps.signoff.page import SignoffPage
from ui.steps.stop.page import StopPage

PageFactory = Callable[[Desk, Step], Page]

PAGES: Mapping[str, PageFactory] = {
    "room": RoomPage,
    "boundary": BoundaryPage,
    "owners": OwnersPage,
    "roles": RolesPage,
    "oversight": OversightPage,
    "exceptions": ExceptionsPage,
    "scorecard": ScorecardPage,
    "change": ChangePage,
    "raci": RaciPage,
    "readiness": ReadinessPage,
    "signoff": SignoffPage,
    "stop": StopPage,
}


def make_page(desk: Desk, step: str) -> Page:
    """The page of a step, newly built."""
    return PAGES.get(step, GenericPage)(desk, BY_ID[step])
