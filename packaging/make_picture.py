"""Makes the picture of README: the Owners page of the sample project, as the window draws it today.

    python packaging/make_picture.py [PATH]

It is drawn into memory, so no display is needed, and as of a fixed moment, so that only a change of the window changes
it. A release makes it anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from app.model.ids import Mint, moment  # noqa: E402
from app.rules.check import Checker  # noqa: E402
from app.rules.finding import Context  # noqa: E402
from app.template_list import SAMPLE  # noqa: E402
from app.templates import open_template  # noqa: E402
from app.workspace import Workspace  # noqa: E402
from ui.desk import Desk  # noqa: E402
from ui.icons import Icons  # noqa: E402
from ui.qt_workspace import QtWorkspace  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.theme import Theme, load_fonts  # noqa: E402
from ui.window import SIZE, Window  # noqa: E402

PICTURE = ROOT / "packaging" / "pictures" / "owners.png"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STEP = "owners"


def main(picture: Path) -> None:
    app = QApplication([])
    load_fonts()
    theme = Theme(app)
    mint = Mint(lambda: NOW, bytes)
    checker, context = Checker(), Context(moment(NOW))
    project = Workspace(open_template(SAMPLE, mint), mint=mint)
    workspace = QtWorkspace(project, check=lambda document: checker.findings(document, context))
    workspace.check_now()
    window = Window(Desk(workspace, theme, Icons(theme)), Settings())
    window.show()
    window.show_step(STEP)
    app.processEvents()
    # The screen that is drawn into memory is smaller than a laptop's, and the window fitted itself to it.
    window.resize(*SIZE)
    app.processEvents()
    drawn = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    if not drawn.save(str(picture), quality=0):
        raise SystemExit(f"{picture} could not be written.")
    print(picture)
    window.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        # Nothing of whoever runs this is read or kept.
        os.environ["OWNERMAP_DATA"] = os.environ["OWNERMAP_CONFIG"] = own
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
