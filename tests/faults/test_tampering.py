"""What a sign-off proves: five attacks against four defences, found or missed exactly as the table says.

A miss is tested too: where somebody can do a thing unnoticed, the program must not claim otherwise, and the receipt
that is kept elsewhere must find it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app import keys, verifying
from app.cli import main
from app.interchange import Project
from app.model.document import Document
from app.model.log import Log
from app.revisions import chain, signoff
from app.store import files
from app.verdict import Outcome
from tests.faults import tampering
from tests.faults.soak import in_parts, times
from tests.faults.tampering import COLUMNS, KEYS, TABLE, Signed, signed_project, tampered


@pytest.fixture(scope="module")
def projects() -> Mapping[bool, Signed]:
    """The signed project with sealed signatures (True) and without (False)."""
    return {sealed: signed_project(sealed=sealed) for sealed in (False, True)}


def pin() -> None:
    """Note the fingerprints of the real keys, as somebody does who compared them."""
    for name, key in KEYS.items():
        keys.trust(name, keys.fingerprint(key.public))


def outcome(document: Document, receipt: str | None = None) -> Outcome:
    return verifying.verify_project(Path("project"), Project(document, Log()), receipt).outcome


def found(column: str, document: Document, receipt: str) -> bool:
    """Whether a defence finds something: the answer is “changed”, or for known keys also “an unknown key or none”.

    To be told that a project is not signed is no finding: an honest project may be that.
    """
    if column == "receipt":
        return outcome(document, receipt) is Outcome.CHANGED
    answer = outcome(document)
    return answer is Outcome.CHANGED or (column == "pinned" and answer is Outcome.UNKNOWN)


def mismatches(projects: Mapping[bool, Signed], attack: str, seed: int) -> list[str]:
    """The defences against which one random attack went otherwise than the table says."""
    wrong = []
    documents = {sealed: tampered(signed, attack, Random(seed)) for sealed, signed in projects.items()}
    for column, expected in zip(COLUMNS, TABLE[attack], strict=True):
        sealed = column in ("keys", "pinned")
        if found(column, documents[sealed], chain.receipt(projects[sealed].document)) != expected:
            wrong.append(f"{attack} / {column} / {seed}: expected {expected}")
    return wrong


def test_what_nobody_touched_is_unchanged(projects: Mapping[bool, Signed]) -> None:
    for sealed, signed in projects.items():
        assert outcome(signed.document) is Outcome.UNKNOWN, sealed
        assert outcome(signed.document, chain.receipt(signed.document)) is Outcome.UNKNOWN
    pin()
    assert outcome(projects[True].document) is Outcome.KNOWN
    assert outcome(projects[False].document) is Outcome.UNKNOWN
    assert tampering.rehashed(projects[True].document, KEYS) == projects[True].document


@pytest.mark.timeout(1200)
@in_parts
@pytest.mark.parametrize("attack", TABLE)
def test_every_attack_is_found_or_missed_as_the_table_says(
    projects: Mapping[bool, Signed], attack: str, seed: int
) -> None:
    pin()
    pick, wrong = Random(f"{attack} {seed}"), []
    for _ in range(times(100, 4000)):
        wrong += mismatches(projects, attack, pick.randrange(2**32))
    assert wrong == []


def test_seals_that_are_taken_off_leave_no_known_key(projects: Mapping[bool, Signed]) -> None:
    pin()
    document = projects[True].document
    bare = signed_project(sealed=False).document
    assert outcome(document) is Outcome.KNOWN
    assert outcome(bare) is Outcome.UNKNOWN
    said = verifying.verify_project(Path("project"), Project(bare, Log())).beneath
    assert any("no key, although one is known for this name" in line for line in said)


def test_an_insider_is_found_only_by_a_receipt_from_before(projects: Mapping[bool, Signed]) -> None:
    pin()
    signed = projects[True]
    before = chain.receipt(signed.document)
    document = tampered(signed, "an insider with the real keys", Random(1))
    assert outcome(document) is Outcome.KNOWN
    assert outcome(document, chain.receipt(document)) is Outcome.KNOWN
    assert outcome(document, before) is Outcome.CHANGED


def test_every_earlier_receipt_is_held_by_the_project_and_by_no_forged_one(projects: Mapping[bool, Signed]) -> None:
    signed = projects[True]
    forged = tampered(signed, "an insider with the real keys", Random(2))
    for state in signed.states:
        assert outcome(signed.document, chain.receipt(state)) is Outcome.UNKNOWN
    assert outcome(forged, chain.receipt(signed.states[-1])) is Outcome.CHANGED


@pytest.mark.parametrize("attack", TABLE)
def test_the_same_through_real_files(
    projects: Mapping[bool, Signed], attack: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pin()
    signed = projects[True]
    receipt = chain.receipt(signed.document)
    for number in range(3):
        document = tampered(signed, attack, Random(f"{attack} file {number}"))
        if not signoff.state(document).signed:
            continue  # the answer is no in any case
        path = tmp_path / f"{number}.ownermap"
        files.create(path, Project(document, Log()))
        code = main(["verify", str(path)])
        said = capsys.readouterr().out
        _, _, pinned, by_receipt = TABLE[attack]
        assert ("Unchanged and signed with known keys" not in said) is pinned, said
        assert code in (0, 1)
        code = main(["verify", str(path), "--receipt", receipt])
        assert (code == 1 and "Changed since sign-off" in capsys.readouterr().out) is by_receipt


def test_a_cell_changed_in_the_file_itself_is_refused(projects: Mapping[bool, Signed], tmp_path: Path) -> None:
    path = tmp_path / "signed.ownermap"
    files.create(path, Project(projects[True].document, Log()))
    assert main(["verify", str(path)]) == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE signature SET name = 'Somebody else' WHERE seat = 'safety'")
    assert main(["verify", str(path)]) == 3
