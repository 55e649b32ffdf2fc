"""Who signed with which key, and who has still to sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import keys, signers
from app.cli import main
from app.interchange import Project
from app.revisions import signoff
from app.store import files
from app.template_list import SAMPLE
from app.verifying import verify_project

PASSPHRASE = "seven wet umbrellas"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", PASSPHRASE)
    made = tmp_path / "sample.ownermap"
    assert main(["new", str(made), "--template", SAMPLE]) == 0
    return made


def sign(path: Path, seat: str, name: str, *more: str) -> Project:
    assert main(["sign", str(path), "--level", "design", "--seat", seat, "--name", name, *more]) == 0
    return files.read(path)


def test_a_partly_signed_revision_lists_who_signed_and_who_is_missing(path: Path) -> None:
    key = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    sign(path, "workflow", "Dana Abelard", "--key")
    found = verify_project(path, sign(path, "exception", "Marc Oyelaran"))
    assert "Signed by 2 of 6".lower() in str(found.answer)
    dana, marc, *missing = found.beneath
    assert dana.startswith("Workflow owner: Dana Abelard, ")
    assert dana.endswith(f"key {key.fingerprint}, made on this computer, not yet known as theirs")
    assert marc.startswith("Exception owner: Marc Oyelaran, ")
    assert marc.endswith(", no key")
    assert missing == [
        "System owner: not signed yet, Jun Kowalczyk",
        "Outcome owner: not signed yet, Rosa Steiner",
        "For value (business): not signed yet, Rosa Steiner",
        "For safety (IT): not signed yet, Jun Kowalczyk",
    ]
    assert found.code == 1


def test_a_key_is_known_to_the_name_that_it_was_pinned_to(path: Path) -> None:
    key = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    project = sign(path, "workflow", "Dana Abelard", "--key")
    (one,) = signers.signer_keys(project.document)
    assert (one.name, one.fingerprint, one.is_known, one.another_known) == (
        "Dana Abelard",
        key.fingerprint,
        False,
        False,
    )
    keys.trust("Dana Abelard", "AAAA-BBBB-CCCC-DDDD-EEEE")
    (one,) = signers.signer_keys(project.document)
    assert str(one.words()) == f"Dana Abelard: key {key.fingerprint}, not the key known for this name"
    keys.trust("Dana Abelard", key.fingerprint)
    (one,) = signers.signer_keys(project.document)
    assert (one.is_known, one.another_known) == (True, False)


def test_without_keys_there_are_none(path: Path) -> None:
    project = sign(path, "workflow", "Dana Abelard")
    assert signers.signer_keys(project.document) == ()
    at_hand = signoff.state(project.document)
    assert signers.so_far(project.document, at_hand)[0].endswith(", no key")


def test_the_command_lists_the_keys_of_a_revision(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    sign(path, "workflow", "Dana Abelard", "--key")
    assert main(["revisions", str(path)]) == 0
    assert f"key {key.fingerprint}, made on this computer, not yet known as theirs" in capsys.readouterr().out
    key.path.unlink()
    assert main(["revisions", str(path)]) == 0
    assert f"key {key.fingerprint}, not known here" in capsys.readouterr().out


def test_nobody_can_ask_somebody_who_was_erased_whether_a_key_is_theirs() -> None:
    code = "AAAA-BBBB-CCCC-DDDD-EEEE"
    dana, erased = (
        signers.SignerKey(name, code, is_known=False, another_known=False, others="", is_held=False)
        for name in ("Dana Abelard", "Erased person 1")
    )
    assert (dana.may_be_known, erased.may_be_known) == (True, False)
    assert str(dana.words()) == f"Dana Abelard: key {code}, not known here"
    assert str(erased.words()) == f"Erased person 1: key {code}, of somebody who was erased"
