"""The pages of the steps are tested on the filled-in sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.templates import SAMPLE
from ui.desk import Desk


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Iterator[Desk]:
    """The sample project, in memory."""
    yield make_desk(SAMPLE)
    # Without a running event loop, a closed page is deleted only when asked; left over, it slows every test after it.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
