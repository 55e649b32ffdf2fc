"""How far a silent vote agrees: shares, the order of the questions, and the coefficient against its definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.model.owners import Vote
from app.model.room import Workshop
from app.policy.consensus import (
    NOBODY,
    PASS,
    PERSON,
    QUESTIONS,
    VENDOR,
    Answer,
    Round,
    Verdict,
    alpha,
    is_facilitator,
    next_round,
    round_of,
    rounds,
)
from tests.support.builder import ProjectBuilder, sample

DANA, JUN, ROSA, MARC, THEO = (Answer(PERSON, name) for name in ("dana", "jun", "rosa", "marc", "theo"))
CORVID, NONE, PASSED = Answer(VENDOR), Answer(NOBODY), Answer(PASS)

answers = st.sampled_from([DANA, JUN, ROSA, CORVID, NONE, PASSED])
ballots = st.dictionaries(st.sampled_from(QUESTIONS), answers)
voters = st.dictionaries(st.sampled_from("abcdefgh"), ballots, max_size=8)


def six_voters() -> Round:
    """Six people who agree on three of the four, and are split four ways on exceptions."""
    said = {
        "workflow": (DANA, DANA, ROSA, DANA, DANA, DANA),
        "system": (JUN, JUN, JUN, THEO, JUN, JUN),
        "exception": (JUN, DANA, DANA, JUN, CORVID, MARC),
        "outcome": (ROSA, ROSA, ROSA, ROSA, DANA, ROSA),
    }
    return Round(1, {f"voter {at}": {q: said[q][at] for q in QUESTIONS} for at in range(6)})


def test_the_most_split_question_comes_first() -> None:
    first, *others = six_voters().tallies()
    assert first.question == "exception"
    assert (first.top, first.voters, len(first.counts)) == (2, 6, 4)
    assert first.leading == (JUN, DANA)
    assert first.verdict is Verdict.SPLIT
    assert [(tally.question, tally.top, tally.verdict) for tally in others] == [
        ("workflow", 5, Verdict.AGREED),
        ("system", 5, Verdict.AGREED),
        ("outcome", 5, Verdict.AGREED),
    ]


def test_of_two_questions_with_the_same_share_the_one_with_more_answers_is_more_split() -> None:
    two_ways = {"workflow": (DANA, DANA, JUN, JUN), "system": (JUN, JUN, ROSA, DANA)}
    found = Round(1, {str(at): {q: said[at] for q, said in two_ways.items()} for at in range(4)}).tallies()
    assert [tally.question for tally in found if tally.counts] == ["system", "workflow"]


def test_who_passes_does_not_agree() -> None:
    found = Round(1, {"a": {"system": JUN}, "b": {"system": PASSED}, "c": {}, "d": {"system": Answer(PERSON)}})
    tally = next(tally for tally in found.tallies() if tally.question == "system")
    assert tally.agreement == Fraction(1, 4)
    assert tally.silent == 3
    assert tally.counts == ((JUN, 1),)


def test_one_voter_alone_is_no_agreement() -> None:
    assert {tally.verdict for tally in Round(1, {"a": {"system": JUN}}).tallies()} == {Verdict.ALONE}


def test_the_coefficient_is_silent_where_it_means_nothing() -> None:
    everywhere = dict.fromkeys(QUESTIONS, DANA)
    assert Round(1, {}).coefficient() is None
    assert Round(1, {"a": everywhere}).coefficient() is None
    assert Round(1, {"a": everywhere, "b": everywhere}).coefficient() is None


def test_the_coefficient_is_one_where_all_agree_and_tell_the_four_apart() -> None:
    same = dict(zip(QUESTIONS, (DANA, JUN, MARC, ROSA), strict=True))
    assert Round(1, {"a": same, "b": same, "c": same}).coefficient() == 1


def test_the_coefficient_of_six_voters() -> None:
    # Worked out by hand: ordered pairs that differ within a question, each voter compared with five others ...
    observed = Fraction(10 + 10 + 26 + 10, 5)
    # ... of 24 answers: eight Dana, seven Jun, six Rosa, and Theo, Marc and the vendor once each.
    by_chance = 24 * 24 - (8 * 8 + 7 * 7 + 6 * 6 + 3)
    assert six_voters().coefficient() == 1 - 23 * observed / by_chance


def krippendorff(*rows: str) -> list[list[Answer]]:
    """What observers said of the same units, a row each; a dot where one said nothing."""
    return [[Answer(PERSON, said) for said in unit if said != "."] for unit in zip(*rows, strict=True)]


def test_the_coefficient_of_four_observers_and_twelve_units() -> None:
    # K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", example C: nominal, with answers missing.
    units = krippendorff("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    # By hand: the twelfth unit has one answer and is left out; 40 remain, 9 times 1, 13 times 2, 10 times 3, 5 times
    # 4 and 3 times 5. In the second, sixth and eighth unit 6, 12 and 6 ordered pairs differ, of three others each.
    found = alpha(units)
    assert found == 1 - Fraction(39 * (6 + 12 + 6), 3 * (40 * 40 - (81 + 169 + 100 + 25 + 9)))
    assert round(float(found), 3) == 0.743


def test_the_coefficient_of_two_observers_and_ten_units() -> None:
    # The same paper, example A. Of twenty answers fourteen are 0 and six are 1; four units of ten differ, which are
    # eight ordered pairs, each compared with one other.
    units = krippendorff("0100000010", "1110010000")
    assert alpha(units) == 1 - Fraction(19 * 8, 20 * 20 - 14 * 14 - 6 * 6)
    assert round(float(1 - Fraction(19 * 8, 168)), 3) == 0.095


def test_what_one_question_is_beyond_chance() -> None:
    # Of 24 answers that are drawn blindly, 416 of 552 ordered pairs differ. Of six about exceptions, 26 of 30 do; of
    # six about each of the others, 10 of 30.
    found = six_voters()
    chance = Fraction(24 * 24 - (8 * 8 + 7 * 7 + 6 * 6 + 3), 24 * 23)
    assert found.beyond_chance("exception") == 1 - Fraction(26, 30) / chance
    assert found.beyond_chance("workflow") == 1 - Fraction(10, 30) / chance


def test_one_answer_to_a_question_is_nothing_beyond_chance() -> None:
    found = Round(1, {"a": {"system": JUN, "workflow": DANA}, "b": {"system": JUN}, "c": {"workflow": JUN}})
    assert found.beyond_chance("outcome") is None
    assert Round(1, {"a": {"system": JUN}, "b": {"system": JUN, "workflow": DANA}}).beyond_chance("workflow") is None


@given(voters)
def test_the_questions_together_make_the_coefficient(given_ballots: dict[str, dict[str, Answer]]) -> None:
    found = Round(1, given_ballots)
    sizes = {tally.question: found_size for tally in found.tallies() if (found_size := tally.voters - tally.silent) > 1}
    each = {question: found.beyond_chance(question) for question in QUESTIONS}
    if found.coefficient() is None:
        assert set(each.values()) == {None}
        return
    weighted = sum((size * (each[question] or 0) for question, size in sizes.items()), Fraction(0))
    assert weighted / sum(sizes.values()) == found.coefficient()
    assert {question for question, value in each.items() if value is not None} == set(sizes)


def test_who_named_somebody_else() -> None:
    found = six_voters()
    assert found.dissenters("workflow", DANA) == ("voter 2",)
    assert found.dissenters("exception", MARC) == tuple(f"voter {at}" for at in range(5))
    passing = Round(1, {"a": {"system": PASSED}, "b": {"system": CORVID}, "c": {"system": Answer(PERSON)}, "d": {}})
    assert passing.dissenters("system", JUN) == ("b",)


def test_whoever_facilitates_is_no_voter() -> None:
    builder = ProjectBuilder()
    ines, dana = builder.person("Ines Falk"), builder.person("Dana")
    assert not is_facilitator(builder.document, ines)
    builder.set(Workshop, facilitator="ines falk")
    assert is_facilitator(builder.document, ines)
    assert not is_facilitator(builder.document, dana)
    assert not is_facilitator(ProjectBuilder().document, builder.person(""))


@given(voters)
def test_agreement_is_a_share_and_every_voter_is_counted(given_ballots: dict[str, dict[str, Answer]]) -> None:
    found = Round(1, given_ballots).tallies()
    assert sorted(tally.question for tally in found) == sorted(QUESTIONS)
    assert [tally.agreement for tally in found] == sorted(tally.agreement for tally in found)
    for tally in found:
        assert 0 <= tally.agreement <= 1
        assert sum(count for _, count in tally.counts) + tally.silent == len(given_ballots)
        assert set(tally.leading) <= {answer for answer, _ in tally.counts}


@given(st.lists(st.lists(answers, max_size=6), max_size=4))
def test_the_coefficient_is_what_its_definition_says(units: list[list[Answer]]) -> None:
    assert alpha(units) == by_definition(units)


@given(st.lists(st.lists(answers, max_size=6), max_size=4))
def test_the_coefficient_knows_neither_order_nor_names(units: list[list[Answer]]) -> None:
    found = alpha(units)
    assert found is None or found <= 1
    turned = [list(reversed(unit)) for unit in reversed(units)]
    assert alpha(turned) == found
    renamed = {answer: Answer(PERSON, f"someone {at}") for at, answer in enumerate({a for u in units for a in u})}
    assert alpha([[renamed[answer] for answer in unit] for unit in units]) == found


def by_definition(units: list[list[Answer]]) -> Fraction | None:
    """Pair by pair: within each question for what was observed, and over all answers for what chance would give."""
    pairable = [unit for unit in units if len(unit) > 1]
    everything = [answer for unit in pairable for answer in unit]
    chance_pairs = list(permutations(everything, 2))
    apart = sum(one != other for one, other in chance_pairs)
    if not apart:
        return None
    observed = Fraction(0)
    for unit in pairable:
        weight = Fraction(1, len(unit) - 1)
        observed += sum((weight for one, other in permutations(unit, 2) if one != other), Fraction(0))
    return 1 - (observed / len(everything)) / Fraction(apart, len(chance_pairs))


def test_rounds_are_read_from_the_votes_that_are_kept() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana"), builder.person("Jun")
    for question, voter, answer, person, number in (
        ("system", dana, "person", jun, 1),
        ("system", dana, "vendor", None, 2),
        ("system", dana, "person", jun, 2),
        ("system", jun, "nobody", jun, 2),
        ("", jun, "pass", None, 2),
        ("outcome", None, "nobody", None, 2),
    ):
        builder.add(Vote, question=question, voter=voter, answer=answer, person=person, round=number)
    first, second = rounds(builder.document)
    assert (first.number, second.number, next_round(builder.document)) == (1, 2, 3)
    assert second.ballots == {dana.id: {"system": Answer(PERSON, jun.id)}, jun.id: {"system": Answer(NOBODY)}}
    assert second.answer(jun.id, "outcome") == PASSED
    assert round_of(builder.document, 7) is None


def test_the_sample_disagrees_on_exceptions() -> None:
    (found,) = rounds(sample().document)
    assert found.tallies()[0].question == "exception"
    assert found.tallies()[0].verdict is Verdict.SPLIT
