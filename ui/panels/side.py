"""The panel beside the page: the guide, or the inspector of a page that has one."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from app.steps import BY_ID
from ui.desk import Desk
from ui.panels.guide import Guide
from ui.panels.guide_handle import GuideHandle
from ui.settings import Settings
from ui.steps.base import Page

ROOM = 1000
"""Width of the window, at 100 % zoom, below which the guide waits until it is asked for."""


class Side(QStackedWidget):
    """What somebody chose for a page holds while the window is open; for ordinary pages it is remembered."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk = desk
        self.guide = Guide(desk)
        self._settings = settings
        self._chosen: dict[str, bool] = {}
        self._page: Page | None = None
        self.addWidget(self.guide)
        self.handle = GuideHandle(desk)
        """Stands where the panel would, while there is none; the window gives it its place."""
        self.handle.clicked.connect(self.toggle_guide)

    def show_page(self, page: Page) -> None:
        """Stand beside this page from now on."""
        self._page = page
        self.guide.show_step(BY_ID[page.step.id])
        self.handle.show_step(BY_ID[page.step.id])
        inspector = page.inspector()
        if inspector is not None and self.indexOf(inspector) < 0:
            self.addWidget(inspector)
        self.fit()

    def toggle_guide(self) -> None:
        """Show or hide the guide; beside a page with an inspector, it takes the inspector's place."""
        if self._page is None:
            return
        wanted = not self.guide_wanted()
        self._chosen[self._page.step.id] = wanted
        if self._page.guide_shown:
            self._settings.guide = wanted
        self.fit()

    def guide_wanted(self) -> bool:
        """Whether the guide stands beside the page now."""
        page = self._page
        if page is None:
            return False
        room = self.window().width() >= self.desk.theme.px(ROOM)
        usual = room and self._settings.guide and page.guide_shown and page.inspector() is None
        return self._chosen.get(page.step.id, usual)

    def fit(self) -> None:
        """Show what there is to show, and take no room when there is nothing."""
        inspector = self._page.inspector() if self._page else None
        guide = self.guide_wanted()
        self.setCurrentWidget(self.guide if guide or inspector is None else inspector)
        self.setVisible(guide or inspector is not None)
        self.handle.setVisible(not guide and inspector is None)
