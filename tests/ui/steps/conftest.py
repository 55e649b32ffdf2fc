"""The pages of the steps are tested on the filled-in sample."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.template_list import SAMPLE
from ui.desk import Desk


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """The sample project, in memory."""
    return make_desk(SAMPLE)
