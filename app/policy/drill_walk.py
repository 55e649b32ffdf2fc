"""What a failure meets in the map at a moment: what it reaches, when it is noticed, who answers and when.

The steps of the drill (app.policy.drill_steps) are read off one Walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import ResponseTarget
from app.policy.coverage import agent_zone, covered_at, first_human_at, has_cover, hours_of, respond_by
from app.policy.days import in_words
from app.policy.drill_people import Answering, Named, answering, named
from app.policy.drill_reach import Reach, reaches
from app.policy.windows import day_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the cover of a duty makes of a target in minutes: who is there first and from when, and by when the
    target has gone by in covered time. It slips when cover ends or is missing before that."""

    duty: str
    target: int
    asked: datetime
    there: datetime | None
    holder: Named
    by: datetime | None

    @property
    def slips(self) -> bool:
        return self.by is None or self.by - self.asked > self.target * MINUTE


@dataclass(frozen=True, slots=True)
class Walk:
    """The failure at a moment, and what several steps need to know about it. Moments are UTC."""

    ground: Ground
    reach: Reach
    moment: datetime
    noticed: datetime
    answers: Answer
    stops: Answer

    @property
    def document(self) -> Document:
        return self.ground.document

    @property
    def scenario(self) -> str:
        return self.reach.scenario

    @property
    def queued(self) -> datetime:
        """When the failure's cases reach the exception queue: at once, or when a quiet one is noticed."""
        return self.noticed if self.scenario == "silent" else self.moment

    @property
    def paged(self) -> Answering:
        """Who is paged when the failure is noticed: the Agent Reliability Engineer, or who stands in."""
        return self.ground.answering("ARE", self.noticed)

    @property
    def responder(self) -> Answering:
        """The same when the agent is stopped, for what is done then."""
        return self.ground.answering("ARE", self.stops.by or self.noticed)

    @property
    def executes(self) -> bool:
        """Whether any action takes effect at all."""
        return bool(self.reach.acting.executing)

    def local(self, instant: datetime | None) -> datetime | None:
        """The moment in the agent's zone."""
        return instant.astimezone(self.ground.zone) if instant is not None else None

    def when(self, instant: datetime) -> Message:
        """A moment in words: the weekday is enough within six days."""
        local = instant.astimezone(self.ground.zone)
        weekday = msg(v.WEEKDAYS[local.weekday()].label)
        if instant - self.moment < timedelta(days=6):
            return msg("{weekday} {time}", weekday=weekday, time=f"{local:%H:%M}")
        return msg(
            "{weekday} {day} {time}", weekday=weekday, day=in_words(local.date().isoformat()), time=f"{local:%H:%M}"
        )


class Ground:
    """What every drill of one document shares; worked out when first asked for, and once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.zone = agent_zone(document)
        self.reaches = reaches(document)
        self._hours = hours_of(document)
        self._answers: dict[tuple[str, datetime, int], Answer] = {}
        self._watchers: dict[datetime, Named] = {}
        self._named: dict[str | None, Named] = {}
        self._answering: dict[tuple[str, str], Answering] = {}

    def answer(self, duty: str, asked: datetime, target: int) -> Answer:
        """What the cover of a duty makes of a target that starts at a moment (UTC)."""
        key = duty, asked, target
        if key not in self._answers:
            there, who = first_human_at(self.document, duty, asked) or (None, None)
            by = respond_by(self.document, duty, asked, target)
            self._answers[key] = Answer(duty, target, asked, there, self.named(who), by)
        return self._answers[key]

    def named(self, holder_id: str | None) -> Named:
        """The person or rota with this id."""
        if holder_id not in self._named:
            self._named[holder_id] = named(self.document, holder_id)
        return self._named[holder_id]

    def watcher(self, instant: datetime) -> Named:
        """Who watches at a moment (UTC) and can interrupt."""
        if instant not in self._watchers:
            self._watchers[instant] = named(self.document, covered_at(self.document, "interrupt", instant))
        return self._watchers[instant]

    def answering(self, code: str, instant: datetime) -> Answering:
        """Who answers for a role at a moment (UTC)."""
        key = code, day_of(self.document, instant)
        if key not in self._answering:
            self._answering[key] = answering(self.document, code, instant)
        return self._answering[key]

    def planned(self, holder_id: str, instant: datetime) -> datetime | None:
        """From when (UTC) a person or rota would be there for any duty, were nobody away."""
        return self._hours.there_from(holder_id, instant, as_written=True)

    def there(self, holder_id: str, instant: datetime) -> datetime | None:
        """From when (UTC) a person or rota is there for any duty."""
        return self._hours.there_from(holder_id, instant)


def begin(ground: Ground, moment: datetime, scenario: str) -> Walk:
    """What one of the four failures meets at an aware moment."""
    document, reach = ground.document, ground.reaches[scenario]
    start = moment.astimezone(UTC)
    noticed = start + reach.noticed_after * MINUTE
    target = document.fixed(ResponseTarget, "1")
    acknowledge = target.ack_minutes or 0
    stopping = "stop" if has_cover(document, "stop") else "first_response"
    return Walk(
        ground=ground,
        reach=reach,
        moment=start,
        noticed=noticed,
        answers=ground.answer("first_response", noticed, acknowledge),
        stops=ground.answer(stopping, noticed, acknowledge + (target.act_minutes or 0)),
    )
