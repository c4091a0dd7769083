"""Brings an existing file to what a ticked row says, column by column; and back again when it is undone.

`before` is the file as a row now; only the columns that differ are touched.
"""

from collections.abc import Collection
from dataclasses import replace

from db.base import Row
from db.cases import Case, CaseState
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportKind, SupportNeed
from db.verification import VerificationRequest
from services import intake, protection, support, verification
from services.access import require
from services.errors import Invalid, NotReady
from services.importing.entering import VIA, enter_support, fund_of
from services.importing.form import SUPPORTS
from services.importing.rows import Measure, RegisterRow
from services.lifecycle import last_conclusion, take
from services.records import add, rows
from services.steps import OPEN
from services.work import Work

REASON = "Cập nhật theo sổ nhập từ Excel"
FIELDS: dict[str, tuple[str, ...]] = {
    "district": ("home_district_id", "home_province"),
    "commune": ("home_commune_id", "home_commune_text"),
    "place": ("place", "country", "province"),
    "verifier": ("verifier_id",),
}
PERSON = ("full_name", "sex", "birth", "ethnic", "identity_number")
RECEPTION = (*PERSON, "way", "district", "commune", "place", "purpose", "note")


def merged(before: RegisterRow, after: RegisterRow, keys: Collection[str]) -> RegisterRow:
    """`before` with the columns `keys` as `after` has them."""
    names = [name for key in keys for name in FIELDS.get(key, (key,)) if key not in _KINDS]
    supports = dict(before.supports)
    for key in keys:
        if key in _KINDS:
            supports.pop(_KINDS[key], None)
            if _KINDS[key] in after.supports:
                supports[_KINDS[key]] = after.supports[_KINDS[key]]
    return replace(before, **{name: getattr(after, name) for name in names}, supports=supports)


def update_case(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    """Makes the file say what `target` says. Raises Refused, or Invalid or NotReady when its rules forbid it."""
    require(work, VIA, case)
    if target == before:
        return
    if target.concluded_on and target.requested_on and target.concluded_on < target.requested_on:
        raise Invalid(sentence=f"Hồ sơ {case.code}: ngày kết luận sẽ trước ngày đề nghị xác minh.")
    _reception(work, case, before, target)
    _request(work, case, before, target)
    _conclusion(work, case, before, target)
    _protection(work, case, before, target)
    for kind in SupportKind:
        _support(work, case, before, target, kind)
    _dates_and_fund(work, case, before, target)


_KINDS: dict[str, SupportKind] = {column.key: kind for kind, column in SUPPORTS.items() if kind}


def _subject(work: Work, case: Case) -> Person:
    return next(person for person in rows(work, Person, case) if person.kind is PersonKind.SUBJECT)


def _reception(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    names = [name for key in RECEPTION for name in FIELDS.get(key, (key,))]
    changed = {name: getattr(target, name) for name in names if getattr(target, name) != getattr(before, name)}
    if changed:
        person = _subject(work, case)
        facts = replace(intake.facts_of(case, person), **changed)
        intake.correct(work, case, person, facts=facts, right=VIA)


def _request(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    if (target.requested_on, target.verifier_id) == (before.requested_on, before.verifier_id):
        return
    first = min(rows(work, VerificationRequest, case), key=lambda row: row.requested_on, default=None)
    if target.requested_on is None:
        if first is not None:
            _remove(work, case, first)
    elif first is not None:
        first.requested_on, first.unit_id = target.requested_on, target.verifier_id
    elif case.state in OPEN:
        verification.request(work, case, requested_on=target.requested_on, unit_id=target.verifier_id, right=VIA)
    else:
        row = VerificationRequest(
            case_id=case.id, requested_on=target.requested_on, unit_id=target.verifier_id, number=None
        )
        add(work, case, row)


def _conclusion(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    """A conclusion corrected in its place: the steps are in the history, the figures count one conclusion."""
    wanted = (target.outcome, target.concluded_on, target.paper_number)
    if wanted == (before.outcome, before.concluded_on, before.paper_number):
        return
    if case.state is CaseState.CLOSED:
        raise NotReady(f"Hồ sơ {case.code} đã kết thúc: mở lại hồ sơ trước khi sửa kết luận.")
    last = last_conclusion(work, case)
    if before.outcome is not None and target.outcome is not before.outcome:
        take(work, case, "reopen", on=work.today, reason=REASON, right=VIA)
    if target.outcome is None or target.concluded_on is None:
        if last is not None and before.outcome is not None:
            _remove(work, case, last)
    elif last is None or before.outcome is None:
        verification.conclude(
            work,
            case,
            outcome=target.outcome,
            concluded_on=target.concluded_on,
            paper_number=target.paper_number,
            right=VIA,
        )
    else:
        last.outcome, last.concluded_on = target.outcome, target.concluded_on
        last.paper_number = target.paper_number
        if target.outcome is not before.outcome:
            take(work, case, f"conclude_{target.outcome.value}", on=target.concluded_on, right=VIA)


def _protection(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    subject = _subject(work, case)
    if target.needs_protection and not before.needs_protection:
        protection.declare_need(work, case, right=VIA)
    mine = [row for row in rows(work, ProtectionMeasure, case) if row.person_id == subject.id]
    for row in mine:
        if _measure(row) not in target.measures:
            _remove(work, case, row)
        elif target.measured_on and row.applied_on == before.measured_on:
            row.applied_on = target.measured_on
    for measure in target.measures:
        if measure not in before.measures and target.measured_on:
            protection.apply_measure(
                work,
                case,
                measure=measure.code,
                applied_on=target.measured_on,
                other_text=measure.text or None,
                right=VIA,
            )
    if before.needs_protection and not target.needs_protection:
        for need in [row for row in rows(work, ProtectionNeed, case) if row.person_id == subject.id]:
            _remove(work, case, need)


def _measure(row: ProtectionMeasure) -> Measure:
    return Measure(row.measure, str(row.other_text or "") if row.measure == "other" else "")


def _support(work: Work, case: Case, before: RegisterRow, target: RegisterRow, kind: SupportKind) -> None:
    old, new = before.supports.get(kind), target.supports.get(kind)
    if old == new:
        return
    given = [row for row in rows(work, Delivery, case) if row.kind is kind]
    if old is not None and old.delivered and new is not None and new.delivered:
        paid = next(row for row in given if row.corrects_id is None)
        change = (new.amount or 0) - (old.amount or 0)
        support.correct(work, case, paid, amount_change=change, reason=REASON, right=VIA)
        return
    if new is None or not new.delivered:
        for row in reversed(given):
            _remove(work, case, row)
    if new is None:
        for need in [row for row in rows(work, SupportNeed, case) if row.kind is kind]:
            _remove(work, case, need)
    else:
        enter_support(work, case, target, kind)


def _dates_and_fund(work: Work, case: Case, before: RegisterRow, target: RegisterRow) -> None:
    """The form has one day and one source: what bore the old ones bears the new."""
    for row in rows(work, Delivery, case):
        if before.delivered_on and target.delivered_on and row.delivered_on == before.delivered_on:
            row.delivered_on = target.delivered_on
        if target.fund is not before.fund and row.kind in target.supports and row.fund in (before.fund, None):
            row.fund = fund_of(target, row.kind)


def _remove(work: Work, case: Case, row: Row) -> None:
    rows(work, type(row), case).remove(row)
    work.session.delete(row)
