"""The answers of `verify`, each with what stands behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import keys
from app.cli import main
from app.edits.generic import change_set, set_fields
from app.messages import msg
from app.model.changes import RowChange
from app.model.commit import Signature
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.revisions import chain
from app.store import files
from app.template_list import SAMPLE
from app.verdict import MOST_DIFFERENCES, Outcome, signature_line
from app.workspace import Workspace
from tests.support.builder import AS_OF
from tests.support.builder import sample as builder_sample

PASSPHRASE = "seven wet umbrellas"
SEATS = {
    "workflow": "Dana Abelard",
    "system": "Jun Kowalczyk",
    "exception": "Marc Oyelaran",
    "outcome": "Rosa Steiner",
    "value": "Rosa Steiner",
    "safety": "Jun Kowalczyk",
}


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", SAMPLE]) == 0
    return path


def sign(path: Path, *seats: str, key: bool = False) -> None:
    for seat in seats:
        words = ["sign", str(path), "--level", "design", "--seat", seat, "--name", SEATS[seat]]
        assert main([*words, "--key"] if key else words) == 0


def make_keys() -> None:
    for name in dict.fromkeys(SEATS.values()):
        keys.make(name, PASSPHRASE, PASSPHRASE)


def answers(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict]:
    capsys.readouterr()
    main(["verify", *words, "--json"])
    return json.loads(capsys.readouterr().out)


def test_unchanged_and_signed_with_known_keys(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_keys()
    sign(sample, *SEATS, key=True)
    for name, key in ((key.name, key.fingerprint) for key in keys.held()):
        (verdict,) = answers(capsys, str(sample))
        assert verdict["outcome"] == Outcome.UNKNOWN
        assert main(["keys", "trust", name, key]) == 0
    copies = [str(sample.with_suffix(f".{suffix}")) for suffix in ("xlsx", "pdf", "json")]
    assert main(["export", str(sample), "--xlsx", "--pdf", "--json"]) == 0
    found = answers(capsys, str(sample), *copies)
    assert [(each["outcome"], each["code"]) for each in found] == [(Outcome.KNOWN, 0)] * 4
    assert all("known as theirs" in line for line in found[0]["beneath"][:6])
    told = "\n".join(found[0]["beneath"][6:])
    assert "Signed with it: the history until revision 1 froze" in told
    assert "Nothing was done since but signing it." in told, "its six signatures are no steps since"
    assert len(found[1]["beneath"]) == 6


def test_a_missing_known_key_and_an_unknown_one_are_told_with_their_seats(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_keys()
    sign(sample, "workflow", "system", "exception", "outcome", "value", key=True)
    sign(sample, "safety")
    for key in keys.held():
        keys.trust(key.name, key.fingerprint)
    assert main(["verify", str(sample)]) == 1
    (verdict,) = answers(capsys, str(sample))
    assert verdict["outcome"] == Outcome.CANNOT
    assert "Not signed with the key that is known for them: For safety (IT)." in verdict["why"]
    assert "no key, although one is known for this name" in verdict["beneath"][5]
    keys.forget(next(key.fingerprint for key in keys.held() if key.name == SEATS["safety"]))
    assert main(["verify", str(sample)]) == 0
    (verdict,) = answers(capsys, str(sample))
    assert verdict["outcome"] == Outcome.UNKNOWN
    assert "No known key for: System owner, For safety (IT)." in verdict["why"]


def test_a_key_that_is_not_the_known_one_is_told(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_keys()
    sign(sample, *SEATS, key=True)
    keys.trust("Dana Abelard", "0000-0000-0000-0000-0000")
    (verdict,) = answers(capsys, str(sample))
    assert "which is not the key known for this name" in verdict["beneath"][0]


def test_a_key_that_is_known_as_somebody_elses_is_told_as_theirs(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE)
    for seat, name in SEATS.items():
        keys.trust(name, key.fingerprint)
        words = ["sign", str(sample), "--level", "design", "--seat", seat, "--name", name, "--key", key.fingerprint]
        assert main(words) == 0
        keys.forget(key.fingerprint)
    keys.trust("Dana Abelard", key.fingerprint)
    (verdict,) = answers(capsys, str(sample))
    assert (verdict["outcome"], verdict["code"]) == (Outcome.CANNOT, 1)
    assert "Signed with a key known as somebody else’s: System owner, Exception owner," in verdict["why"]
    assert verdict["beneath"][0].endswith("known as theirs")
    assert verdict["beneath"][1].endswith(f"key {key.fingerprint}, the key known as that of Dana Abelard")


def test_changed_since_sign_off_says_what(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(sample, *SEATS)
    with files.open_for_editing(sample) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(set_fields(workspace.document.only(Agent).id, model="another model"))
    assert main(["verify", str(sample)]) == 1
    (verdict,) = answers(capsys, str(sample))
    assert verdict["outcome"] == Outcome.CHANGED
    assert "no longer those of revision 1" in verdict["why"]
    assert len(verdict["beneath"]) == 1
    assert "another model" in verdict["beneath"][0]
    assert MOST_DIFFERENCES > 1


def test_cannot_verify_says_why(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(sample)]) == 1
    (verdict,) = answers(capsys, str(sample))
    assert (verdict["outcome"], verdict["why"]) == (Outcome.CANNOT, "nobody has signed this project.")
    sign(sample, "workflow")
    (verdict,) = answers(capsys, str(sample))
    assert (verdict["outcome"], verdict["why"]) == (Outcome.CANNOT, "revision 1 is signed by 1 of 6.")
    found = answers(capsys, str(sample), str(tmp_path / "none.pdf"))
    assert (found[1]["outcome"], found[1]["code"]) == (Outcome.CANNOT, 3)
    assert main(["verify", str(sample), str(tmp_path / "none.pdf")]) == 3
    assert "Cannot verify: There is no file" in capsys.readouterr().err


def test_a_receipt_is_printed_and_found_again(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(sample, "workflow")
    early = chain.receipt(files.read(sample).document)
    assert f"Receipt {early}" in capsys.readouterr().out
    old = sample.read_bytes()
    sign(sample, *list(SEATS)[1:])
    late = chain.receipt(files.read(sample).document)
    assert main(["show", str(sample)]) == 0
    assert f"Receipt {late}" in capsys.readouterr().out
    assert main(["verify", str(sample), "--receipt", early.lower()]) == 0
    assert "an earlier state of this sign-off, after entry 1; entries since: 5" in capsys.readouterr().out
    assert main(["verify", str(sample), "--receipt", late]) == 0
    assert "the sign-off as it stands, after entry 6" in capsys.readouterr().out
    sample.write_bytes(old)
    (verdict,) = answers(capsys, str(sample), "--receipt", late)
    assert verdict["outcome"] == Outcome.CHANGED
    assert "dropped or replaced" in verdict["why"]
    assert main(["verify", str(sample), "--receipt", "nonsense"]) == 2
    assert main(["verify", str(sample), "--receipt", ""]) == 2


def test_a_wrong_passphrase_signs_nothing(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_keys()
    monkeypatch.setenv("OWNERMAP_PASSPHRASE", "seven dry umbrellas")
    words = ["sign", str(sample), "--level", "design", "--seat", "workflow", "--name", SEATS["workflow"], "--key"]
    assert main(words) == 1
    assert "That is not the passphrase of Dana Abelard’s key" in capsys.readouterr().err
    assert not files.read(sample).document.rows(Signature)


def test_receipt_and_key_are_on_paper_and_in_the_workbook(sample: Path, tmp_path: Path) -> None:
    import openpyxl

    from exporters.pdf.reader import page_texts

    make_keys()
    sign(sample, *SEATS, key=True)
    document = files.read(sample).document
    code, key = chain.receipt(document), keys.fingerprint(document.rows(Signature)[0].key)
    pdf, xlsx = tmp_path / "copy.pdf", tmp_path / "copy.xlsx"
    assert main(["export", str(sample), "--pdf", str(pdf), "--xlsx", str(xlsx)]) == 0
    pages = page_texts(pdf)
    assert code in pages[0]
    assert sum(code in page for page in pages) == 2
    assert any(key in page for page in pages)
    cells = [str(cell.value) for line in openpyxl.load_workbook(xlsx)["Sign-off"].iter_rows() for cell in line]
    assert code in cells
    assert any(key in cell for cell in cells)


@pytest.mark.parametrize("name", ["Jun Kowalczyk\u200b", "Jun Kowal\u0441zyk", "\uff2aun Kowalczyk"])
def test_a_name_that_looks_the_same_needs_the_known_key(
    sample: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with files.open_for_editing(sample) as opened:
        workspace = Workspace(opened.project, opened)
        jun = next(row for row in workspace.document.rows(Person) if row.name == "Jun Kowalczyk")
        # As an older version of the program, or a hand in the file, would leave it.
        workspace.run(lambda _, mint: change_set(mint, msg("Edit"), [RowChange(jun, with_fields(jun, {"name": name}))]))
    sign(sample, "workflow", "exception", "outcome", "value")
    for seat in ("system", "safety"):
        assert main(["sign", str(sample), "--level", "design", "--seat", seat, "--name", name]) == 0
    keys.trust("Jun Kowalczyk", keys.make("Jun Kowalczyk", PASSPHRASE, PASSPHRASE).fingerprint)
    capsys.readouterr()
    assert main(["verify", str(sample)]) == 1
    said = capsys.readouterr().out
    assert "Not signed with the key that is known for them: System owner, " in said
    assert "no key, although one is known for this name" in said
    assert "\u200b" not in said


@pytest.fixture
def forged(sample: Path, tmp_path: Path) -> Path:
    """A copy in which somebody signed as Jun, whose key is known here, with a key of their own."""
    sign(sample, "workflow")
    copy = tmp_path / "copy.ownermap"
    copy.write_bytes(sample.read_bytes())
    mallory = keys.make("Jun Kowalczyk", PASSPHRASE, PASSPHRASE)
    signing = ["sign", str(copy), "--level", "design", "--seat", "system", "--name", SEATS["system"]]
    assert main([*signing, "--key", mallory.fingerprint]) == 0
    keys.trust("Jun Kowalczyk", keys.make("Jun Kowalczyk", PASSPHRASE, PASSPHRASE).fingerprint)
    return copy


def test_a_signature_with_another_key_is_not_taken_over(
    sample: Path, forged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files.read(sample).document
    given = tmp_path / "copy.json"
    assert main(["export", str(forged), "--json", str(given)]) == 0
    for words in (["import", given, sample], ["import", given, sample, "--dry-run"], ["merge", sample, forged]):
        capsys.readouterr()
        assert main(list(map(str, words))) == 1
        said = capsys.readouterr()
        assert "The signature of Jun Kowalczyk for the seat “System owner” was refused: key " in said.err
        assert "which is not the key known for this name" in said.err
        assert ("Nothing was merged. Ask them whether they signed" in said.err) == (words[0] == "merge")
        assert said.out == ""
        assert files.read(sample).document == before


def test_a_merge_says_what_it_did_and_what_it_refused(
    sample: Path, forged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with files.open_for_editing(forged) as opened:
        workspace = Workspace(opened.project, opened)
        person = workspace.document.rows(Person)[0]
        workspace.run(set_fields(person.id, away_from="2026-12-24"))
    capsys.readouterr()
    assert main(["merge", str(sample), str(forged)]) == 1
    said = capsys.readouterr()
    assert "Merged " in said.out
    assert "was refused" in said.err
    assert "No signature of the copy joins. Ask them whether they signed" in said.err
    assert files.read(sample).document.rows(Person)[0].away_from == "2026-12-24"
    assert len(files.read(sample).document.rows(Signature)) == 1


def test_a_merge_of_a_signature_names_it_and_the_next_has_nothing(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign(sample, "workflow")
    copy = tmp_path / "copy.ownermap"
    copy.write_bytes(sample.read_bytes())
    sign(copy, "outcome")
    capsys.readouterr()
    assert main(["merge", str(sample), str(copy), "--dry-run"]) == 0
    assert "Signatures that would join: 1." in capsys.readouterr().out
    assert main(["merge", str(sample), str(copy)]) == 0
    said = capsys.readouterr().out
    assert "would" not in said
    assert "Signatures that joined: 1.\n    Outcome owner: Rosa Steiner, " in said
    assert "nothing" not in said
    assert "Merged " in said
    assert main(["merge", str(sample), str(copy)]) == 0
    assert capsys.readouterr().out == "The copy has nothing that the file does not have.\n"


def test_sign_refuses_what_would_spoil_the_revision(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dana = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE).fingerprint
    other = keys.make("Dana Abelard", PASSPHRASE, PASSPHRASE).fingerprint
    jun = keys.make("Jun Kowalczyk", PASSPHRASE, PASSPHRASE).fingerprint
    keys.trust("Dana Abelard", dana)
    keys.trust("Marc Oyelaran", jun)
    for seat, more, said in (
        ("workflow", [], f"The key {dana} is known for Dana Abelard. Signed without it, "),
        ("workflow", ["--key", other], f"The key {dana} is known for Dana Abelard. Signed with another, "),
        ("system", ["--key", dana], f"The key {dana} is that of Dana Abelard, not of Jun Kowalczyk."),
        ("system", ["--key", jun], f"The key {jun} is known as that of Marc Oyelaran, so Jun Kowalczyk cannot "),
    ):
        capsys.readouterr()
        assert main(["sign", str(sample), "--level", "design", "--seat", seat, "--name", SEATS[seat], *more]) == 1
        assert said in capsys.readouterr().err
    assert files.read(sample).document.rows(Signature) == ()
    words = ["sign", str(sample), "--level", "design", "--seat", "workflow", "--name", "Dana Abelard", "--key", dana]
    assert main(words) == 0


def test_the_line_of_a_signature_says_which_of_two_of_one_name() -> None:
    builder = builder_sample()
    lead = next(person for person in builder.document.rows(Person) if person.name == "Jun Kowalczyk")
    builder.person("Jun Kowalczyk", title="Clerk")
    signature = builder.add(Signature, seat="system", person=lead, name=lead.name, signed_at=AS_OF)
    assert f": Jun Kowalczyk ({lead.title}), " in signature_line(builder.document, signature, "Europe/Berlin")
