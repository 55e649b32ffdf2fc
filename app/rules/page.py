"""The catalogue for reading: as lines, as plain values, and as the page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from app.errors import USAGE, AppError
from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.rules.catalogue import CATALOGUE, CATALOGUE_VERSION
from app.rules.finding import Severity
from app.rules.rule import Rule
from app.rules.severity import STAGES, Mark
from app.rules.sources import SOURCES, source_titles

_LETTERS = {Severity.BLOCKER: "B", Severity.WARNING: "W", Severity.ADVICE: "A", None: "-"}

_STEPS = {str(entry.value): msg(entry.label) for entry in v.STEPS}

LEGEND = msg(
    "B blocks sign-off, W warns, A advises, - does not apply. Bc: for design sign-off a promise with a name and a date "
    "is enough; launch sign-off takes the evidence. Bl: only launch sign-off is blocked."
)


def chosen(codes: Sequence[str]) -> tuple[Rule, ...]:
    """The rules with these codes, in the order of the catalogue; all of them where none is given.

    Raises AppError for a code that there is not.
    """
    wanted = {code.upper() for code in codes}
    unknown = sorted(wanted - {rule.code for rule in CATALOGUE})
    if unknown:
        raise AppError(
            msg("There is no rule “{code}”.", code=unknown[0][:20]),
            msg("“ownermap rules” lists them all."),
            exit_code=USAGE,
        )
    return tuple(rule for rule in CATALOGUE if not wanted or rule.code in wanted)


def letters(mark: Mark) -> str:
    """A weight as the table of domain.md 1.13 writes it: B, Bc, W, A or -; Bl where only launch is blocked."""
    return _LETTERS[mark.severity] + ("c" if mark.promise else "l" if mark.launch else "")


def lines(rules: Iterable[Rule]) -> str:
    """The rules for a terminal, step by step."""
    blocks = []
    for step, found in groupby(rules, key=lambda rule: rule.step):
        blocks.append(words(_STEPS[step]).upper())
        blocks.extend("\n".join(_lines(rule)) for rule in found)
    return "\n\n".join((*blocks, words(LEGEND)))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code:<8} {words(rule.question)}"
    facts = (
        (msg("why"), words(rule.why)),
        (msg("weak"), words(rule.weak)),
        (msg("better"), words(rule.better)),
        (msg("weighs"), " · ".join(f"{stage} {letters(rule.marks[stage])}" for stage in STAGES)),
        (msg("answered"), words(_STEPS[rule.step])),
        (msg("checks"), checks(rule)),
        *((msg("from"), title) for title in source_titles(rule.source)),
    )
    for label, text in facts:
        yield f"    {words(label):<10} {text}"


def checks(rule: Rule) -> str:
    """The numbers of the catalogue that a rule checks, and the conflicts (K) that it settles: 64, K5."""
    return ", ".join((*map(str, sorted(rule.ids)), *(f"K{number}" for number in rule.reconciles)))


def plain(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """The rules as plain values for JSON."""
    return [
        {
            "code": rule.code,
            "ids": sorted(rule.ids),
            "reconciles": list(rule.reconciles),
            "step": rule.step,
            "question": words(rule.question),
            "why": words(rule.why),
            "sources": list(source_titles(rule.source)),
            "weak": words(rule.weak),
            "better": words(rule.better),
            "weighs": {stage: letters(rule.marks[stage]) for stage in STAGES},
        }
        for rule in rules
    ]


def markdown() -> str:
    """The page of the documentation: every rule of the catalogue, step by step."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield "<!-- Made by packaging/make_rules_page.py from app/rules. Do not edit it by hand. -->"
    yield ""
    yield words(
        msg(
            "What Ownermap checks before a sign-off: {count} rules, edition {edition}. Each is a question for the "
            "room; a rule that does not hold becomes a finding, and a finding leads to the field that answers it.",
            count=len(CATALOGUE),
            edition=CATALOGUE_VERSION,
        )
    )
    yield ""
    yield words(LEGEND)
    yield ""
    yield words(
        msg(
            "A named person may accept a warning until a date, with a reason. It comes back when the date has passed, "
            "and when it says something else. A blocker cannot be accepted."
        )
    )
    for step, found in groupby(CATALOGUE, key=lambda rule: rule.step):
        rules = tuple(found)
        yield ""
        yield f"## {words(_STEPS[step])}"
        yield ""
        yield "| Rule | Question | 1a | 1b | 2 | 3 |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for rule in rules:
            yield _table_row(f"[{rule.code}](#{rule.code.lower()})", rule.question, rule)
        for rule in rules:
            yield from _section(rule)
    yield ""
    yield f"## {words('Sources')}"
    yield ""
    for code, title in SOURCES.items():
        yield f"- {code}: {title}"


def _table_row(name: str, question: Message, rule: Rule) -> str:
    return f"| {name} | {words(question)} | " + " | ".join(letters(rule.marks[stage]) for stage in STAGES) + " |"


def _section(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.code}"
    yield ""
    yield f"**{words(rule.question)}**"
    yield ""
    yield words(rule.why)
    yield ""
    yield f"- {words('Weak')}: {words(rule.weak)}"
    yield f"- {words('Better')}: {words(rule.better)}"
    yield f"- {words('Checks')}: {checks(rule)}" + (f" ({rule.source.replace(' ', ', ')})" if rule.source else "")
