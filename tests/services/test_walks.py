"""Walks nobody thought of: every step, by everybody, on any day. What is offered works, what is not is refused
with a sentence; every file has a way on; the account of files balances after each step."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState, Closing, ClosingOutcome, Reopening
from db.handover import Direction, Handover
from db.people import Person
from db.support import SupportKind
from db.verification import Conclusion, Extension, Outcome, ReviewResult, VerificationRequest
from services import (
    cases,
    figures,
    handover,
    lifecycle,
    limits,
    periods,
    protection,
    referrals,
    support,
    verification,
)
from services.access import case_for
from services.errors import AppError, Refused
from services.identity import merging
from services.lifecycle import STEPS
from services.office import open_office
from services.records import rows
from services.removals import removal
from services.work import Actor, Work, command_line
from tests import factories as make

S = CaseState
WHY = "có tài liệu, chứng cứ mới"
LAST = date(2026, 12, 31)
PERIODS = ("2018", "2018Q3", "2025H1", "2025H2", "2016-2020")
FREE = {"merge", "unmerge", "hand_over"}  # offered by the state; the other file or day may still say no
MOVING = [name for name, step in STEPS.items() if step.target is not None or step.undoes]


class Walk:
    """One attempt at a step: the file, who tries, and what is needed to say it truly on that day."""

    def __init__(self, work: Work, case: Case, other: int) -> None:
        self.work, self.case, self.other, self.day = work, case, other, work.today

    def receive(self) -> None:
        make.case(self.work, received_on=self.day)

    def request(self) -> None:
        verification.request(self.work, self.case, requested_on=self.day, unit_id=make.unit(self.work).id)

    def evidence(self) -> None:
        verification.add_evidence(self.work, self.case, source="A.D27.1", received_on=self.day)

    def extend(self) -> None:
        since = lifecycle.verifying_since(self.work, self.case)
        cap = limits.extension_cap(self.work, self.case, limits.VERIFY, since)
        now = limits.due(self.work, limits.VERIFY, since, self.case)
        until = cap or (max(now.on, since) if now and now.on else since) + timedelta(days=30)
        verification.extend(self.work, self.case, extended_on=since, until=until, reason=WHY)

    def conclude_victim(self) -> None:
        listed = verification.papers(self.work, self.case, self.day)
        paper = listed[0].code if listed else None
        verification.conclude(self.work, self.case, outcome=Outcome.VICTIM, concluded_on=self.day, paper=paper)

    def conclude_not_victim(self) -> None:
        verification.conclude(self.work, self.case, outcome=Outcome.NOT_VICTIM, concluded_on=self.day)

    def conclude_insufficient(self) -> None:
        verification.conclude(self.work, self.case, outcome=Outcome.INSUFFICIENT, concluded_on=self.day)

    def accept_conclusion(self) -> None:
        self._review(ReviewResult.ACCEPTED)

    def return_conclusion(self) -> None:
        self._review(ReviewResult.RETURNED)

    def _review(self, result: ReviewResult) -> None:
        last = lifecycle.last_conclusion(self.work, self.case)
        if last is None:
            raise Refused
        verification.review(self.work, self.case, last, result=result, reason=WHY)

    def protect(self) -> None:
        protection.declare_need(self.work, self.case, declared_on=self.day)

    def support(self) -> None:
        support.deliver(self.work, self.case, kind=SupportKind.MEDICAL, delivered_on=self.day)

    def hand_over(self) -> None:
        people = [person.id for person in rows(self.work, Person, self.case)]
        away = handover.gone(rows(self.work, Handover, self.case))
        direction = Direction.IN if away else Direction.OUT
        handover.hand_over(
            self.work, self.case, person_ids=people, direction=direction, handed_on=self.day, counterpart="Cơ quan"
        )

    def refer(self) -> None:
        referrals.refer(self.work, self.case, referred_on=self.day, body="Bệnh viện", purpose="khám bệnh")

    def reopen(self) -> None:
        verification.reopen(self.work, self.case, reopened_on=self.day, reason=WHY)

    def close(self) -> None:
        cases.close(self.work, self.case, outcome=ClosingOutcome.OTHER, closed_on=self.day)

    def merge(self) -> None:
        other = case_for(self.work, self.other)
        merging.merge(self.work, self.case, other, reason=WHY)

    def unmerge(self) -> None:
        found = merging.merged_into(self.work, self.case)
        if found is None:
            raise Refused
        merging.unmerge(self.work, found)


assert all(hasattr(Walk, name) for name in STEPS), "a step no walk takes"


class Files(RuleBasedStateMachine):
    """Some files of one office; days only go forward."""

    founded: ClassVar[Path]

    @initialize(start=st.sampled_from([date(2018, 7, 3), date(2025, 6, 28), date(2026, 11, 20)]))
    def open(self, start: date) -> None:
        self.stack = ExitStack()
        self.home = Path(self.stack.enter_context(tempfile.TemporaryDirectory())) / "office"
        shutil.copytree(self.founded, self.home)
        self.office = open_office(self.home, f"sqlite:///{self.home}/data/duongve.db")
        self.stack.callback(self.office.close)
        self.day, self.merges = start, 0
        self.actors = self._actors()
        with self._work() as work:
            self.files = [make.case(work, received_on=start).id, make.case(work, received_on=start).id]

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def _actors(self) -> list[Actor]:
        def one(role: Role, at: str, head: bool = False) -> Actor:
            found = make.actor(self.office, role, at, head=head, account_id=len(made) + 1)
            made.append(replace(found, name=f"{found.name} {len(made)}"))
            return made[-1]

        made: list[Actor] = []
        for role, at, head in (
            (Role.POLICE, "Công an tỉnh", False),
            (Role.POLICE, "Công an tỉnh", True),
            (Role.POLICE, "Công an Huyện Na Rì", False),
            (Role.LABOUR_DEPT, make.LABOUR, False),
            (Role.LOCAL, "UBND Huyện Na Rì", False),
            (Role.LOCAL, "UBND Huyện Ba Bể", False),
            (Role.SHELTER, make.SHELTER, False),
        ):
            one(role, at, head)
        return made

    def _work(self, actor: Actor | None = None, *, write: bool = True) -> Work:
        return Work(self.office, actor or command_line(), write=write, today=self.day)

    @rule(days=st.sampled_from([0, 1, 8, 30, 90]))
    def days_pass(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), LAST)

    @rule(which=st.integers(0, 1), pick=st.integers(0, 9999))
    def take_what_is_offered(self, which: int, pick: int) -> None:
        """By whoever may: so that walks go far. Merging now and then: it leaves one file to walk with."""
        found = {name: number for number, actor in enumerate(self.actors) for name in self._open(actor, which)}
        if pick % 3 or self.merges > 1:
            found.pop("merge", None)
        if found:
            name = sorted(found)[pick // 3 % len(found)]
            self.merges += name == "merge"
            self._attempt(name, found[name], which)

    @rule(name=st.sampled_from(list(STEPS)), who=st.integers(0, 6), which=st.integers(0, 1))
    def try_a_step(self, name: str, who: int, which: int) -> None:
        if name != "merge":
            self._attempt(name, who, which)

    @rule(which=st.integers(0, 1), who=st.integers(0, 6), row=st.integers(0, 30))
    def delete_something(self, which: int, who: int, row: int) -> None:
        """Steps are taken back from the latest on; anything else is refused with a sentence."""
        with self._refusable(), self._work(self.actors[who]) as work:
            case = case_for(work, self.files[which])
            kinds: tuple[Any, ...] = (VerificationRequest, Conclusion, Reopening, Closing, Extension)
            found = [one for kind in kinds for one in rows(work, kind, case)]
            if found:
                removal.remove(work, case, found[row % len(found)], reason="ghi nhầm hồ sơ khác")

    def _attempt(self, name: str, who: int, which: int) -> None:
        actor, case_id = self.actors[who], self.files[which]
        is_open, before = name in self._open(actor, which), self._state(which)
        try:
            with self._work(actor) as work:
                case = work.session.get_one(Case, case_id)
                getattr(Walk(work, case, self.files[1 - which]), name)()
        except AppError as refused:
            assert refused.sentence.strip()
            assert not is_open or name in FREE, (name, refused.sentence)
            return
        assert is_open or name == "receive", f"{name} was taken though it was not offered ({before})"

    def _state(self, which: int) -> CaseState:
        with self._work(write=False) as work:
            return work.session.get_one(Case, self.files[which]).state

    def _open(self, actor: Actor, which: int) -> set[str]:
        """The steps offered to somebody who sees the file, and held back by nothing."""
        with self._work(actor, write=False) as work:
            case = work.session.get_one(Case, self.files[which])
            return {offer.step.name for offer in lifecycle.offered(work, case) if not offer.why_not}

    @contextmanager
    def _refusable(self) -> Iterator[None]:
        try:
            yield
        except AppError as refused:
            assert refused.sentence.strip()

    @invariant()
    def every_file_has_a_way_on(self) -> None:
        for which in range(len(getattr(self, "files", ()))):
            ways = set[str]().union(*(self._open(actor, which) for actor in self.actors))
            assert ways & set(MOVING), "nobody can do anything about this file"

    @invariant()
    def the_account_balances(self) -> None:
        if not hasattr(self, "files"):
            return
        first = self._accounts()
        for name, one in first.items():
            assert one.opening + one.received + one.reopened == one.concluded + one.closing, name
        self.office.memory.clear()
        assert self._accounts() == first  # counted anew, the same
        with self._work(write=False) as work:
            states = work.session.exec(select(Case.state)).all()
            waiting = sum(state in (S.RECEIVED, S.VERIFYING) for state in states)
            ever = figures.account(work, periods.parse(f"2016-01-01..{LAST}"))
            assert ever.closing == waiting
            assert ever.received == sum(state is not S.MERGED for state in states)

    def _accounts(self) -> dict[str, figures.Account]:
        with self._work(write=False) as work:
            return {name: figures.account(work, periods.parse(name)) for name in PERIODS}


@pytest.fixture
def walk(founded: Path) -> Callable[[], None]:
    Files.founded = founded
    case = Files.TestCase
    case.settings = settings(
        max_examples=20,
        stateful_step_count=35,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    return case().runTest  # type: ignore[no-any-return]


def test_no_walk_ends_or_unbalances_the_account(walk: Callable[[], None]) -> None:
    walk()
