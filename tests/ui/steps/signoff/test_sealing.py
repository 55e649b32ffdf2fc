"""Signing with a key: optional, per seat, with a passphrase that is never shown and never kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app import keys
from app.messages import words
from app.model.commit import Signature
from app.revisions.chain import receipt
from app.revisions.signoff import audit
from app.steps import BY_ID
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.dialogs.keys import NewKey
from ui.steps.signoff.page import SignoffPage
from ui.widgets.untaken import untaken_in

PASSPHRASE = "seven wet umbrellas"


@pytest.fixture
def page(qtbot: QtBot, make_desk: Callable[..., Desk]) -> SignoffPage:
    made = SignoffPage(make_desk(SAMPLE, checked=True), BY_ID["signoff"])
    qtbot.addWidget(made)
    made.resize(1069, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_what_is_signed_is_shown_before_it_is_signed(page: SignoffPage) -> None:
    said = page.signing._meaning.text()
    assert said.startswith("I accept the decisions of revision 1 of “")
    assert said.endswith("”, as workflow owner, at design level.")


def test_a_signature_without_a_key_stays_as_it_was_and_gives_a_receipt(qtbot: QtBot, page: SignoffPage) -> None:
    assert page.receipt.isHidden()
    qtbot.keyClicks(page.signing.name, "Dana Abelard")
    qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)
    (signature,) = page.desk.document.rows(Signature)
    assert (signature.key, signature.seal) == ("", "")
    assert receipt(page.desk.document) in page.receipt.text()


def test_all_of_what_is_wrong_with_a_key_is_in_sight(page: SignoffPage) -> None:
    page.desk.theme.set_zoom(2.0)
    part = page.signing.key
    part.fold.open()
    settle()
    page.scroller.verticalScrollBar().setValue(0)
    assert part.fault.visibleRegion().isEmpty()
    part.say("That is not the passphrase of Dana Abelard’s key. Try again; if it is lost, make a new key. " * 2)
    settle()
    assert part.fault.height() > 2 * part.fault.fontMetrics().lineSpacing()
    assert part.fault.visibleRegion().boundingRect() == part.fault.rect()


def test_a_key_is_made_at_the_table_and_seals_the_signature(qtbot: QtBot, page: SignoffPage) -> None:
    part = page.signing.key
    part.fold.open()
    assert part.none.text() == "Dana Abelard has no key on this computer yet."
    qtbot.mouseClick(part.make_button, Qt.MouseButton.LeftButton)
    (dialog,) = part.findChildren(NewKey)
    qtbot.keyClicks(dialog.passphrase, PASSPHRASE)
    qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.again, "something else")
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    assert "The two passphrases differ" in dialog.fault.text()
    dialog.again.clear()
    qtbot.keyClicks(dialog.again, PASSPHRASE)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    (key,) = keys.held()
    assert dialog.code.text() == key.fingerprint == part.choice.currentText()
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    qtbot.keyClicks(page.signing.name, "Dana Abelard")
    qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)
    assert "The passphrase of the key is missing" in part.fault.text()
    assert QApplication.focusWidget() is part.passphrase
    qtbot.keyClicks(part.passphrase, "seven dry umbrellas")
    qtbot.keyClick(part.passphrase, Qt.Key.Key_Return)
    assert "not the passphrase of Dana Abelard’s key" in part.fault.text()
    assert page.signing.fault.isHidden()
    assert not page.desk.document.rows(Signature)
    # The next try is typed where nobody can read it, in place of the first.
    assert QApplication.focusWidget() is part.passphrase
    assert part.passphrase.text() == ""
    qtbot.keyClicks(part.passphrase, PASSPHRASE)
    qtbot.keyClick(part.passphrase, Qt.Key.Key_Return)
    (signature,) = page.desk.document.rows(Signature)
    assert signature.key == key.public
    assert audit(page.desk.document) == ()
    assert part.passphrase.text() == ""
    assert not part.wanted


def test_an_open_part_without_a_key_says_what_to_do(qtbot: QtBot, page: SignoffPage) -> None:
    page.signing.key.fold.open()
    qtbot.keyClicks(page.signing.name, "Dana Abelard")
    qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)
    assert "Make one, or close “Sign with a key as well”" in page.signing.key.fault.text()
    assert QApplication.focusWidget() is page.signing.key.make_button
    assert not page.desk.document.rows(Signature)


def test_a_passphrase_is_never_shown_nor_told_as_a_draft(qtbot: QtBot, page: SignoffPage) -> None:
    keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    page.signing.key.fold.open()
    secret = page.signing.key.passphrase
    qtbot.keyClicks(secret, PASSPHRASE)
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    assert all(PASSPHRASE not in each.text for each in untaken_in(page))
    qtbot.keyClicks(page.signing.name, PASSPHRASE)
    (typed,) = untaken_in(page)
    assert PASSPHRASE not in words(typed.told())
    secret.selectAll()
    secret.copy()
    assert QApplication.clipboard().text() != PASSPHRASE
