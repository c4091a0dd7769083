"""A full file and a sparse one, ready for every document there is."""

import io
import re
import unicodedata
from datetime import date
from typing import Any

from pypdf import PdfReader

from db.cases import Case
from db.fields import PartialDate
from db.handover import Direction, Handover
from db.letters import Letter
from db.people import Person, PersonKind
from db.verification import Extension, Outcome
from services import verification
from services.letters import composing, issuing, templates
from services.letters.composing import Wishes
from services.letters.context import Context
from services.records import add, rows
from services.work import Work
from tests import factories as make

POLICE = "Công an Huyện Na Rì"
OFFICE = "Phòng Lao động - Thương binh và Xã hội Huyện Na Rì"
DAY = date(2018, 7, 20)
UNIT_OF = {"tra_loi": POLICE, "giay_xac_nhan": POLICE, "bien_ban_ban_giao": "Công an tỉnh"}


def full(work: Work) -> Case:
    """Everything a document may say is known."""
    case = make.case(
        work, identity_number="095199000001", address="thôn Nà Diệu", unit_id=make.unit(work, OFFICE).id
    )
    person = rows(work, Person, case)[0]
    person.guardian_name, person.guardian_relation = "Nông Văn Chài", "bố đẻ"
    child = Person(case_id=case.id, subject_id=5, kind=PersonKind.ACCOMPANYING_MINOR, full_name="Nông Văn Bé")
    child.birth, child.relation = PartialDate("2016"), "con"
    add(work, case, child)
    police = make.unit(work, POLICE).id
    verification.request(work, case, requested_on=date(2018, 7, 5), unit_id=police, number="15/PLĐTBXH")
    extension = Extension(case_id=case.id, extended_on=date(2018, 7, 12), until=date(2018, 9, 5), number="21/CAH")
    add(work, case, extension)
    handed = Handover(case_id=case.id, person_id=person.id, direction=Direction.IN, handed_on=date(2018, 7, 3))
    handed.unit_id, handed.place = make.unit(work, "Bộ đội Biên phòng").id, "cửa khẩu Tà Lùng"
    handed.note = "giao người và một túi đồ dùng"
    add(work, case, handed)
    return case


def sparse(work: Work) -> Case:
    """Only the day, the unit and that nobody knows the name."""
    unknown: dict[str, Any] = dict.fromkeys(
        ("way", "place", "country", "purpose", "home_district_id", "sex", "birth", "ethnic")
    )
    case = make.case(work, full_name="Chưa rõ tên", unit_id=make.unit(work, OFFICE).id, **unknown)
    verification.request(work, case, requested_on=date(2018, 7, 5), unit_id=None)
    handed = Handover(
        case_id=case.id,
        person_id=rows(work, Person, case)[0].id,
        direction=Direction.IN,
        handed_on=date(2018, 7, 3),
    )
    add(work, case, handed)
    return case


def ready(work: Work, case: Case, code: str, *, outcome: Outcome | None = None) -> None:
    """Takes the file as far as the document needs."""
    if templates.shipped()[code].about != "conclusion":
        return
    known = case.place is not None
    outcome = outcome or (Outcome.VICTIM if known else Outcome.NOT_VICTIM)
    paper = "A.D28.1" if outcome is Outcome.VICTIM else None
    number = "09/GXN" if paper and code == "tra_loi" else None
    on = date(2018, 7, 18)
    verification.conclude(work, case, outcome=outcome, concluded_on=on, paper=paper, paper_number=number)


def wishes(work: Work, case: Case, code: str, **chosen: Any) -> Wishes:
    """What somebody who changes nothing would send."""
    template = templates.effective(work, code)
    unit = make.unit(work, UNIT_OF.get(code, OFFICE)).id
    row = next(iter(issuing.about(work, case, template)), None)
    context = Context(work, case, unit, DAY, row)
    known = {"day": DAY, "unit_id": unit, "about_id": row.id if row else None}
    return Wishes(**(known | {"form": composing.usual_form(context, template)} | chosen))


def made(work: Work, case: Case, code: str, **chosen: Any) -> Letter:
    return issuing.make(work, case, template=code, wishes=wishes(work, case, code, **chosen))


def read(data: bytes) -> str:
    """All text of a PDF, in one line."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
