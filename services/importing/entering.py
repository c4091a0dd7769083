"""One good row as a new file, through the verbs of the work itself."""

from db.cases import Case
from db.support import FundSource, SupportKind
from services import intake, protection, support, verification
from services.access import Right
from services.importing.rows import RegisterRow
from services.work import Work

VIA = Right.IMPORT


def enter(work: Work, row: RegisterRow, batch_id: int | None = None) -> Case:
    """One good row as a new file: reception, verification, protection, support."""
    case = intake.receive(work, facts=facts(row, batch_id), right=VIA)
    if row.requested_on:
        verification.request(work, case, requested_on=row.requested_on, unit_id=row.verifier_id, right=VIA)
    if row.outcome and row.concluded_on:
        verification.conclude(
            work,
            case,
            outcome=row.outcome,
            concluded_on=row.concluded_on,
            paper_number=row.paper_number,
            right=VIA,
        )
    if row.needs_protection:
        protection.declare_need(work, case, right=VIA)
    for measure in row.measures:
        if row.measured_on:
            protection.apply_measure(
                work,
                case,
                measure=measure.code,
                applied_on=row.measured_on,
                other_text=measure.text or None,
                right=VIA,
            )
    for kind in row.supports:
        enter_support(work, case, row, kind)
    return case


def enter_support(work: Work, case: Case, row: RegisterRow, kind: SupportKind) -> None:
    """One kind of support of a row: a need, a refusal or a delivery."""
    given = row.supports[kind]
    if not given.delivered:
        support.declare_need(work, case, kind=kind, refused=given.refused, right=VIA)
    elif row.delivered_on:
        support.deliver(
            work,
            case,
            kind=kind,
            delivered_on=row.delivered_on,
            amount=given.amount,
            fund=fund_of(row, kind),
            right=VIA,
        )


def fund_of(row: RegisterRow, kind: SupportKind) -> FundSource | None:
    """The row's source is of its amounts, loans apart."""
    return row.fund if kind is not SupportKind.LOAN and row.supports[kind].amount is not None else None


def facts(row: RegisterRow, batch_id: int | None = None) -> intake.Reception:
    """The reception's part of a row."""
    return intake.Reception(
        received_on=row.received_on,
        unit_id=row.unit_id,
        full_name=row.full_name,
        way=row.way,
        place=row.place,
        country=row.country,
        province=row.province,
        purpose=row.purpose,
        home_district_id=row.home_district_id,
        home_commune_id=row.home_commune_id,
        home_commune_text=row.home_commune_text,
        home_province=row.home_province,
        note=row.note,
        sex=row.sex,
        birth=row.birth,
        ethnic=row.ethnic,
        identity_number=row.identity_number,
        batch_id=batch_id,
    )
