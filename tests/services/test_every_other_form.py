"""The forms that need something made elsewhere first: letters, scans, comparisons, incidents, reviews, values.

`test_every_form.py` asks every form of a file the same; here a small table says what each of the others is
opened about and what somebody types into it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from db.accounts import Role
from db.cases import Incident
from db.letters import Letter
from db.verification import Evidence, Outcome
from services import incidents, verification
from services.access import case_for
from services.errors import Invalid, Refused
from services.identity import sameness
from services.incidents import Shared
from services.letters import issuing
from services.office import Office
from services.records import rows
from services.registers import case_forms, incident_forms, matching_forms
from services.registers.core import Asked, Form
from services.registers.typed import look, submit
from services.removals import removal
from services.scans import attachments
from services.scans.attachments import ScanKind
from services.work import Actor, Work, command_line
from tests import factories as make
from tests.services.files import DAY, bare_file
from tests.services.forms import EVERY
from tests.services.letters import conftest as letters
from tests.services.letters.issued import CODE
from tests.services.papers import picture
from tests.services.test_every_form import filled

REASON = "Ghi nhầm sang hồ sơ của người khác"
Ids = tuple[int, int | None]
Begin = Callable[[Work], Ids]
Open = Callable[[Work, Form, Ids], Asked]


@dataclass(frozen=True)
class Example:
    """`begin` makes what the form is about, `open` opens it for somebody, `typed` is what they type."""

    begin: Begin
    open: Open
    typed: dict[str, Any] = field(default_factory=dict)
    by: tuple[Role, str] | None = None  # who fills it in; by default the office itself


def in_file(work: Work, form: Form, ids: Ids) -> Asked:
    return case_forms.asked(work, form, *ids)


def compared(work: Work, form: Form, ids: Ids) -> Asked:
    return matching_forms.asked(work, form, *ids)


def of_incident(work: Work, form: Form, ids: Ids) -> Asked:
    return incident_forms.asked(work, form, ids[0] or None)


def with_letter(work: Work) -> Ids:
    case = letters.full(work)
    return case.id, letters.made(work, case, CODE).id


def with_issued(work: Work) -> Ids:
    case_id, letter_id = with_letter(work)
    work.session.flush()
    letter = work.session.get(Letter, letter_id)
    assert letter is not None
    issuing.issue(work, letter, dated=make.TODAY, number="07")
    return case_id, letter_id


def with_scan(work: Work) -> Ids:
    case = make.case(work)
    return case.id, attachments.add(work, case, kind=ScanKind.OTHER, title="Đơn", data=picture()).id


def with_removal(work: Work) -> Ids:
    case = bare_file(work)
    return case.id, removal.remove(work, case, rows(work, Evidence, case)[0], reason=REASON).id


def with_other(work: Work) -> Ids:
    first, second = make.case(work), make.case(work)
    work.session.flush()
    return first.id, second.id


def with_link(work: Work) -> Ids:
    first, second = make.case(work), make.case(work)
    work.session.flush()
    return first.id, sameness.different(work, first, second).id


def with_incident(work: Work) -> Ids:
    facts = Shared(received_on=DAY, unit_id=make.unit(work, make.LABOUR).id, expected=2)
    incident = incidents.begin(work, facts=facts)
    work.session.flush()
    return incident.id, None


def with_people(work: Work) -> Ids:
    incident_id, _ = with_incident(work)
    incident = work.session.get(Incident, incident_id)
    assert incident is not None
    incidents.receive(work, incident, facts=incidents.Known(full_name="Nông Thị Tư"))
    return incident_id, None


def nothing(work: Work) -> Ids:
    return 0, None


EXAMPLES = {
    "remove_letter": Example(with_letter, in_file, {"reason": REASON}),
    "remake_letter": Example(with_letter, in_file, by=(Role.LOCAL, letters.OFFICE)),
    "issue_letter": Example(with_letter, in_file, {"number": "07", "dated": "21/07/2018"}),
    "cancel_letter": Example(with_issued, in_file, {"reason": REASON}),
    "remove_attachment": Example(with_scan, in_file, {"reason": REASON}),
    "restore": Example(with_removal, in_file),
    "match": Example(with_other, compared, {"decision": "other"}),
    "unmatch": Example(with_link, compared),
    "incident": Example(nothing, of_incident, {"received_on": "09/07/2018"}),
    "correct_incident": Example(with_incident, of_incident, {"summary": "Cùng một chuyến xe"}),
    "incident_person": Example(with_incident, of_incident, {"full_name": "Nông Thị Năm"}),
    "incident_request": Example(with_people, of_incident, {"requested_on": "10/07/2018"}),
}
every_example = pytest.mark.parametrize("name", EXAMPLES)


def begun(office: Office, name: str) -> Ids:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        return EXAMPLES[name].begin(work)


def hand(office: Office, name: str) -> Actor:
    by = EXAMPLES[name].by
    return make.actor(office, *by) if by else command_line()


def typed_in(form: Form, asked: Asked, name: str) -> dict[str, Any]:
    return filled(form, asked) | EXAMPLES[name].typed


@every_example
def test_it_is_saved_from_what_it_asks_for(office: Office, name: str) -> None:
    """Each required field is asked for; filled in, it is saved; what was opened before is no longer the same."""
    form, ids = EVERY[name], begun(office, name)
    with Work(office, hand(office, name), write=True, today=make.TODAY) as work:
        asked = EXAMPLES[name].open(work, form, ids)
        typed, versions = typed_in(form, asked, name), form.versions(asked)
        for key, shown in look(form, typed, asked).shown.items():
            if shown.required:
                assert look(form, typed | {key: ""}, asked).problems[key].startswith("Cần ")
        submit(form, typed, asked)
        work.session.flush()
        assert not versions or form.versions(asked) != versions


def strangers(office: Office) -> list[Actor]:
    """Nobody of these has anything to do with the file, or writes anything at all."""
    return [
        make.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"),
        make.actor(office, Role.PARTNER, "Sở Tư pháp"),
    ]


@every_example
def test_nobody_without_the_right_saves_it(office: Office, name: str) -> None:
    form, ids = EVERY[name], begun(office, name)
    with Work(office, hand(office, name), today=make.TODAY) as work:
        typed = typed_in(form, EXAMPLES[name].open(work, form, ids), name)
    elsewhere = [] if name == "incident" else [make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")]
    for actor in (*strangers(office), *elsewhere):
        with pytest.raises(Refused), Work(office, actor, write=True, today=make.TODAY) as work:
            submit(form, typed, EXAMPLES[name].open(work, form, ids))


def test_only_a_head_reviews_a_conclusion(office: Office) -> None:
    form, police = EVERY["review"], (Role.POLICE, "Công an tỉnh")
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case_id = bare_file(work).id
    with Work(office, make.actor(office, *police), write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=make.TODAY)
    others = (make.actor(office, *police), make.actor(office, Role.POLICE, "Công an Huyện Ba Bể", head=True))
    for actor in (*others, *strangers(office)):
        with pytest.raises(Refused), Work(office, actor, write=True, today=make.TODAY) as work:
            submit(form, {"result": "accepted"}, case_forms.asked(work, form, case_id))
    head = make.actor(office, *police, head=True, account_id=8)
    with Work(office, head, write=True, today=make.TODAY) as work:
        asked = case_forms.asked(work, form, case_id)
        with pytest.raises(Invalid):
            submit(form, {"result": "returned", "reason": " "}, asked)
        submit(form, {"result": "accepted"}, asked)


@pytest.mark.parametrize("name", ["office_value", "holidays", "cancel_holidays"])
def test_values_of_the_office_are_for_those_who_keep_them(office: Office, name: str) -> None:
    form = EVERY[name]
    with Work(office, command_line(), today=make.TODAY) as work:
        typed = filled(form, Asked(work)) | {"document_date": "01/07/2018", "effective_from": "01/08/2018"}
    everybody = [*strangers(office), make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")]
    for actor in (*everybody, make.actor(office, Role.POLICE, "Công an tỉnh")):
        with pytest.raises(Refused), Work(office, actor, write=True, today=make.TODAY) as work:
            submit(form, typed, Asked(work))
