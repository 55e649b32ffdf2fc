"""What a sign-off proves: five attacks against four defences, found or missed exactly as the table says.

A miss is tested too: where somebody can do a thing unnoticed, the program must not claim otherwise, and the receipt
that is kept elsewhere must find it.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app import interchange, keys, verifying
from app.cli import main
from app.errors import AppError, Unreadable
from app.interchange import Project, as_json
from app.messages import words
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.row import with_fields
from app.revisions import chain, signoff
from app.rules.rule import Rule
from app.store import files
from app.verdict import Outcome, Verdict
from tests.faults import tampering
from tests.faults.soak import in_parts, times
from tests.faults.tampering import COLUMNS, FORGERIES, KEYS, TABLE, Signed, signed_project, tampered
from tests.support.elsewhere import save_elsewhere


@pytest.fixture(scope="module")
def projects() -> Mapping[bool, Signed]:
    """The signed project with sealed signatures (True) and without (False)."""
    return {sealed: signed_project(sealed=sealed) for sealed in (False, True)}


def pin() -> None:
    """Note the fingerprints of the real keys, as somebody does who compared them."""
    for name, key in KEYS.items():
        keys.trust(name, keys.fingerprint(key.public))


def answered(document: Document, receipt: str | None = None) -> Verdict:
    return verifying.verify_project(Path("project"), Project(document, Log()), receipt)


def outcome(document: Document, receipt: str | None = None) -> Outcome:
    return answered(document, receipt).outcome


def found(column: str, document: Document, receipt: str) -> bool:
    """Whether a defence finds something: the answer is “changed”, or that a known key was not used.

    To be told that a project is not signed is no finding: an honest project may be that.
    """
    if column == "receipt":
        return outcome(document, receipt) is Outcome.CHANGED
    answer = answered(document)
    return answer.outcome is Outcome.CHANGED or (column == "pinned" and "key that is known" in words(answer.why))


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
    assert outcome(projects[False].document) is Outcome.CANNOT
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
    assert outcome(bare) is Outcome.CANNOT
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


# --- forgeries of a whole project ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bound() -> Mapping[bool, Project]:
    """The project that binds its past, and the one from which somebody was erased (True)."""
    return {erased: tampering.bound_project(erased=erased) for erased in (False, True)}


def test_what_nobody_forged_is_unchanged(bound: Mapping[bool, Project]) -> None:
    pin()
    found = {erased: verifying.verify_project(Path("project"), project) for erased, project in bound.items()}
    assert (found[False].outcome, found[False].code) == (Outcome.KNOWN, 0)
    assert (found[True].outcome, found[True].code) == (Outcome.ERASED, 0)
    assert "Revision 1 can no longer be proved" in words(found[True].why)
    assert "Nothing was done since but signing it." in found[False].beneath


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_answered_as_the_table_says(bound: Mapping[bool, Project], name: str) -> None:
    pin()
    forgery = FORGERIES[name]
    answer = verifying.verify_project(Path("project"), forgery.forge(bound[forgery.erased]))
    assert (answer.outcome, answer.code) == (forgery.outcome, 1), words(answer.answer)
    assert forgery.said in "\n".join((words(answer.why), *answer.beneath))


def test_forged_seats_are_not_taken_over(bound: Mapping[bool, Project]) -> None:
    """A copy with a signature by somebody else than the holder joins nothing, whatever else it brings."""
    project = bound[False]
    ours = Project(project.document.applying([RowChange(project.document.rows(Signature)[-1], None)]), project.log)
    honest = signoff.unite(project.document)(ours.document, Mint())
    assert honest is not None
    assert len(honest.changes) == 1
    forged = FORGERIES["in the name of another"].forge(project).document
    with pytest.raises(AppError, match="is held by Jun Kowalczyk"):
        signoff.unite(forged)(ours.document, Mint())
    # A copy may also claim that other decisions are those of the revision: ours say who holds the seat.
    revision = forged.rows(Revision)[-1]
    content = revision.content.replace("Jun Kowalczyk", "Mallory Nobody")
    claimed = forged.applying([RowChange(revision, with_fields(revision, {"content": content, "erased": 1}))])
    with pytest.raises(AppError):
        signoff.unite(claimed)(ours.document, Mint())


def test_the_name_of_a_file_says_nothing_in_our_place(
    bound: Mapping[bool, Project], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pin()
    path = tmp_path / "map.ownermap"
    files.create(path, bound[False])
    copy = tmp_path / "a.json\nmap.ownermap: Unchanged and signed with known keys: revision 9.json"
    copy.write_text("{}", encoding="utf-8")
    odd = tmp_path / "b\nmap.ownermap: Changed since sign-off: all of it.ownermap"
    shutil.copy(path, odd)
    main(["verify", str(path), str(copy)])
    main(["verify", str(odd)])
    said = capsys.readouterr()
    lines = [line for line in (said.out + said.err).splitlines() if line.startswith("map.ownermap")]
    assert lines == []
    assert "\\u000amap.ownermap: Changed" in said.out
    assert "\\u000amap.ownermap: Unchanged" in said.err


def test_a_step_that_undoes_itself_or_a_later_one_is_refused(bound: Mapping[bool, Project], tmp_path: Path) -> None:
    log = list(bound[False].log)
    path = tmp_path / "map.ownermap"
    for place, other in ((3, 3), (3, 5)):
        step = dataclasses.replace(log[place], undoes=log[other].step_id)
        forged = Project(bound[False].document, Log([*log[:place], step, *log[place + 1 :]]))
        content = json.dumps(as_json(forged))
        with pytest.raises(Unreadable, match="takes back its own step"):
            interchange.read(content)
        save_elsewhere(path, forged)
        with pytest.raises(Unreadable, match="is damaged"):
            files.read(path)


def test_a_rule_that_fails_lets_no_check_say_yes(
    bound: Mapping[bool, Project], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Rule, "hits_by_row", fails)
    path = tmp_path / "map.ownermap"
    files.create(path, bound[False])
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out.splitlines()[-1]
    assert "Nothing that could be checked blocks the design sign-off." in said
    assert "Rules that could not be checked: " in said
