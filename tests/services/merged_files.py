"""Two files that are merged and taken apart."""

from datetime import date
from typing import Any

from db.handover import Direction, Handover
from db.matching import Merge
from db.people import Person, PersonKind
from db.referrals import Referral
from db.support import SupportKind
from services import figures, periods, protection, support
from services.access import case_for
from services.identity import merging
from services.office import Office
from services.records import add, rows
from services.work import Work, command_line
from tests import factories as make

DAY = date(2018, 7, 3)
PAPER = "A.D28.1"


def writing(office: Office, actor: Any = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def reading(office: Office, actor: Any = None) -> Work:
    return Work(office, actor or command_line(), today=make.TODAY)


def two_files(office: Office, **other: Any) -> tuple[int, int]:
    """A file of the third of July, and one of the fifth for the same woman with much in it."""
    with writing(office) as work:
        first = make.case(work, birth=None, phone=None)
        later = {"received_on": date(2018, 7, 5), "unit_id": make.unit(work, "UBND Huyện Na Rì").id}
        facts = {"full_name": "Nông Thị Mai", "phone": "0912345678", "alias": None, "note": "ghi chú kín"}
        second = make.case(work, **(later | facts | other))
        support.deliver(work, second, kind=SupportKind.TRAVEL, delivered_on=date(2018, 7, 6), amount=200_000)
        protection.declare_need(work, second, declared_on=date(2018, 7, 6), note="bị đe dọa")
        work.session.flush()
        relative = Person(case_id=second.id, subject_id=9, kind=PersonKind.RELATIVE, full_name="Nông Văn Páo")
        add(work, second, relative)
        protection.declare_need(work, second, person_id=relative.id, declared_on=date(2018, 7, 7))
        given_over = {"direction": Direction.IN, "handed_on": date(2018, 7, 5), "note": "kèm giấy tờ"}
        me = next(p for p in rows(work, Person, second) if p.kind is PersonKind.SUBJECT)
        add(work, second, Handover(case_id=second.id, person_id=me.id, **given_over))
        add(
            work,
            second,
            Referral(case_id=second.id, referred_on=date(2018, 7, 9), body="Trạm y tế", purpose="khám"),
        )
        return first.id, second.id


def merged(office: Office, one: int, other: int, actor: Any = None) -> int:
    with writing(office, actor) as work:
        return merging.merge(work, case_for(work, one), case_for(work, other), reason="một lần tiếp nhận").id


def apart(office: Office, merge_id: int, actor: Any = None) -> None:
    with writing(office, actor) as work:
        merging.unmerge(work, work.session.get_one(Merge, merge_id))


def counted(office: Office) -> dict[str, Any]:
    with reading(office) as work:
        return figures.as_json(work, periods.parse("2018"))
