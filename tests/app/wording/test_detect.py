"""Finding phrases: what is found, what is answered, where it stands, and how long it takes."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.fields import Wording
from app.resources import resource
from app.rules.sources import source_titles
from app.wording.detect import Detector, detect
from app.wording.names import Names
from app.wording.patterns import KINDS, patterns

NAMES = Names(
    people=("Dana Abelard", "Jun Kowalczyk", "Marc Oyelaran", "Will Ng", "Platform team"),
    rotas=("Platform on call",),
    queues=("billing-exceptions",),
    vendors=("Modelhaus",),
    outsiders=("Nils Aker",),
)

HEALTHY = """
Support Operations owns the billing-triage workflow. Platform Engineering owns runtime and integrations. \
The Billing Team Leads own escalated exceptions in business hours. The VP Support owns cost per ticket and response \
time. Widening automatic sending needs Support Operations and Platform."""

BAD = "It is still being worked out, the vendor has been a great help, and everybody is aligned on the vision."


def kinds(text: str, place: Wording = Wording.TEXT, names: Names = NAMES) -> list[str]:
    return [phrase.kind for phrase in detect(text, place, names)]


def found(text: str, place: Wording = Wording.TEXT, names: Names = NAMES) -> list[str]:
    return [phrase.words for phrase in detect(text, place, names)]


@pytest.mark.parametrize("place", [place for place in Wording if place])
def test_the_healthy_answer_is_clean(place: Wording) -> None:
    for sentence in HEALTHY.strip().split(". "):
        assert found(sentence, place) == []
        assert found(sentence, place, Names()) == []


def test_the_bad_answer_is_undecided_leans_on_the_vendor_is_diffuse_and_a_slogan() -> None:
    assert set(kinds(BAD)) == {"undecided", "vendor_owner", "diffuse", "slogan"}
    assert set(kinds(BAD, Wording.OWNER, Names())) == {"undecided", "vendor_owner", "diffuse", "slogan"}


# A person, a department, a group, a vendor, a mailbox, nobody


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Ops", "vague_actor", "a department, not a person"),
        ("Support will look", "vague_actor", "a department, not a person"),
        ("Nobody owns the queue", "vague_actor", "nobody"),
        ("Someone will look", "vague_actor", "somebody, nobody in particular"),
        ("The steering committee", "diffuse", "a group, not a person"),
        ("The vendor", "vendor_owner", "the vendor, who cannot own it"),
        ("Modelhaus", "vendor_owner", "the vendor, who cannot own it"),
        ("Nils Aker", "vendor_owner", "the vendor, who cannot own it"),
        ("Team inbox", "no_destination", "a place that everybody may read"),
        ("cases@lindhof.example", "no_destination", "a place that everybody may read"),
    ],
)
def test_it_says_what_stands_there_instead_of_a_person(text: str, kind: str, what: str) -> None:
    (phrase,) = detect(text, Wording.OWNER, NAMES)
    assert (phrase.kind, words(phrase.what), phrase.words) == (kind, what, text.removesuffix(" the queue"))


@pytest.mark.parametrize(
    "text",
    ["Dana Abelard", "Marc Oyelaran, Support", "Support: Dana", "billing-exceptions", "Head of IT", "VP Support"],
)
def test_a_person_a_title_and_a_queue_are_clear(text: str) -> None:
    assert found(text, Wording.OWNER) == []


def test_a_name_in_the_same_clause_answers_and_one_in_another_does_not() -> None:
    text = "Anyone may press stop: Dana, Jun"
    assert found(text, Wording.STOP) == []
    assert kinds(text, Wording.STOP, Names()) == ["vague_actor"]
    assert kinds("Somebody will look. Dana Abelard is told.", Wording.STOP) == ["vague_actor"]
    assert kinds("Somebody will look, but Dana Abelard is told.", Wording.STOP) == ["vague_actor"]


def test_a_name_does_not_make_a_maybe_certain() -> None:
    assert kinds("Dana will probably look", Wording.OWNER) == ["hedge"]


def test_a_queue_by_a_vague_name_is_still_vague() -> None:
    names = Names(queues=("shared inbox", "billing-exceptions"))
    assert found("Shared inbox", Wording.DESTINATION, names) == ["Shared inbox"]
    assert found("billing-exceptions", Wording.DESTINATION, names) == []


def test_given_names_count_with_their_capital_alone() -> None:
    assert found("Somebody will look: Will", Wording.OWNER) == []
    assert kinds("Somebody will look", Wording.OWNER) == ["vague_actor"]


def test_a_person_who_is_called_like_a_department_is_none() -> None:
    assert set(kinds("Someone will look: Platform team", Wording.OWNER)) == {"vague_actor"}


def test_somebody_near_a_person_is_not_that_person() -> None:
    assert kinds("One of Dana’s people takes it", Wording.OWNER)
    assert kinds("Nils and his people look after it", Wording.OWNER) == ["vendor_owner"]


def test_what_is_quoted_is_spoken_of_and_not_said() -> None:
    assert found("Replies with the word “probably” are blocked", Wording.BOUNDARY) == []
    assert found('It is "probably" Dana, probably', Wording.OWNER) == ["probably"]
    assert found("“Probably Dana”", Wording.OWNER) == ["Probably"]


@pytest.mark.parametrize("mark", [", ", ": ", " – ", " (", "; ", "/"])
def test_a_part_that_a_mark_sets_off_is_read_on_its_own(mark: str) -> None:
    assert found(f"Deputy{mark}a colleague", Wording.OWNER)
    assert found(f"Marc{mark}Support", Wording.OWNER) == ([] if mark != "; " else ["Support"])


def test_IT_is_a_department_and_it_is_not() -> None:
    assert kinds("IT will look", Wording.OWNER) == ["vague_actor"]
    assert kinds("it will look", Wording.OWNER) == []


def test_the_vendor_may_help_until_a_day() -> None:
    assert kinds("Modelhaus helps during the pilot") == ["vendor_owner"]
    assert kinds("Modelhaus helps until 31 January") == []


def test_what_is_vague_depends_on_the_field() -> None:
    assert kinds("Support", Wording.OWNER) == ["vague_actor"]
    assert kinds("Support", Wording.TEXT) == []
    assert kinds("Customer support automation", Wording.BOUNDARY) == ["slogan"]
    assert kinds("Customer support automation", Wording.TEXT) == []


def test_the_better_form_fits_the_field() -> None:
    better = {place: words(detect("Someone will look", place)[0].better) for place in Wording if place}
    assert better[Wording.OWNER] == "Head of Support Operations, Dana Abelard"
    assert better[Wording.DESTINATION].startswith("The queue billing-exceptions")
    assert better[Wording.STOP].startswith("Platform on call")
    assert better[Wording.BOUNDARY] == better[Wording.TEXT]


# However it is written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WE’LL SORT THAT", "WE’LL SORT"),
        ("it's set‑and‑forget", "set‑and‑forget"),
        ("some\u00adone will look", "some\u00adone will look"),
        ("Wé haven’t décided", "haven’t décided"),
        ("ﬁxed by someone now", "by someone"),
        ("shared\u00a0 inbox", "shared\u00a0 inbox"),
        ("😀 the shared inbox", "shared inbox"),
        ("Marc Oyelaran’s shared inbox", None),
    ],
)
def test_quotes_dashes_capitals_and_accents_make_no_difference(text: str, expected: str | None) -> None:
    assert found(text, Wording.TEXT) == ([expected] if expected else [])


@given(st.text(max_size=300), st.sampled_from([place for place in Wording if place]))
def test_places_are_places_of_the_text_as_it_was_given(text: str, place: Wording) -> None:
    for phrase in detect(f"{text} Someone will look {text}", place, NAMES):
        assert f"{text} Someone will look {text}"[phrase.start : phrase.end] == phrase.words


spoken = st.lists(st.sampled_from(sorted(patterns().by_word(Wording.STOP))), max_size=60).map(" ".join)


@given(spoken, st.sampled_from([place for place in Wording if place]))
def test_phrases_come_in_order_and_two_of_one_class_never_overlap(text: str, place: Wording) -> None:
    phrases = detect(text, place, NAMES)
    assert [phrase.start for phrase in phrases] == sorted(phrase.start for phrase in phrases)
    for kind in KINDS:
        same = [phrase for phrase in phrases if phrase.kind == kind]
        assert all(first.end <= second.start for first, second in pairwise(same))


@pytest.mark.parametrize("unit", ["someone will probably look at it ", "the ", "a.b", "1.1.", "a@", "'", "??", "-"])
def test_the_work_grows_in_line_with_the_length(unit: str) -> None:
    """A pattern that goes back and forth would take a hundred times as many steps for ten times the text."""
    assert steps(unit, 5_000) <= 11 * steps(unit, 500)


def steps(unit: str, length: int) -> int:
    """How many functions are called while a text of this length is looked at."""
    text, counted = (unit * length)[:length], [0]
    detect(unit, Wording.STOP, NAMES)

    def count(frame: object, event: str, argument: object) -> None:
        counted[0] += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        Detector(NAMES).phrases(text, Wording.STOP, asks_who=True)
    finally:
        sys.setprofile(before)
    return counted[0]


def test_every_phrase_says_why_from_where_and_what_is_better() -> None:
    seen = {}
    for line in resource("wording.toml").read_text(encoding="utf-8").splitlines():
        for phrase in detect(line.strip(), Wording.STOP):
            seen[phrase.kind] = phrase
    for text in ("TBD", "set and forget", "It worked in the demo", "I thought Ops owned that"):
        for phrase in detect(text):
            seen[phrase.kind] = phrase
    assert set(seen) == set(KINDS)
    for phrase in seen.values():
        assert words(phrase.why).endswith(".")
        assert words(phrase.what)
        assert words(phrase.better)
        assert source_titles(phrase.source)


def test_the_same_text_is_looked_at_once() -> None:
    detector = Detector(NAMES)
    assert detector.phrases("someone will look", Wording.STOP) is detector.phrases("someone will look", Wording.STOP)
    assert detector.phrases("", Wording.STOP) == ()


def test_a_text_is_read_again_only_where_a_name_makes_other_words_of_it() -> None:
    text, place = "Ask Dana or whoever is free.", Wording.OWNER
    before = Detector(Names(people=("Dana Abelard",))).phrases(text, place)
    married = Detector(Names(people=("Dana Lind",))).phrases(text, place)
    gone = Detector(Names(people=("Jun Ito",))).phrases(text, place)
    assert married is before
    assert gone is not before


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("Dana's team looks after it", Wording.OWNER, ["Dana's team looks after"]),
        ("Marc Oyelaran’s people", Wording.OWNER, ["Marc Oyelaran’s people"]),
        ("Dana's team lead decides", Wording.OWNER, []),
        ("Dana reads held cases with her team", Wording.OWNER, []),
        ("Marc Oyelaran's people answer within 30 minutes", Wording.DESTINATION, []),
        ("Write to the employee again with the right answer", Wording.STOP, []),
        ("Write to the customer with the corrected amount", Wording.STOP, []),
        ("The person currently with the keys", Wording.STOP, ["The person currently with the keys"]),
        ("The board 'held by agent' in the ticket tool", Wording.DESTINATION, []),
        ("Put on the Jira board", Wording.DESTINATION, []),
        ("The board looks at it", Wording.DESTINATION, ["The board"]),
    ],
)
def test_whose_group_it_is_and_what_only_looks_like_one(text: str, place: Wording, expected: list[str]) -> None:
    assert found(text, place) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Opens a ticket for every incident",
        "Shows the balance in real time",
        "Allows managers to approve in the chat",
        "Takes the lock off the account",
        "Frees up licences that nobody used",
        "Gets more information from the requester",
        "Guides customers through the form",
    ],
)
def test_a_plain_act_is_no_slogan(text: str) -> None:
    assert found(text, Wording.BOUNDARY) == []
