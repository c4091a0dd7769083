"""What an attacker tried with scans, drafts, incidents and the head's word: files made to stop the server, papers
that are not for a partner, another's half-typed words, facts of people one does not see."""

import io
import time
import zlib
from datetime import date

import pytest
import sqlalchemy as sa
from pypdf import PdfWriter

from db.accounts import Role
from db.attachments import ScanKind
from db.base import table_of
from db.desk import Draft
from db.verification import Outcome, ReviewResult
from services import cases, incident_view, incidents, verification
from services.access import case_for
from services.errors import Invalid, Refused
from services.identity import merging
from services.incidents import Shared
from services.office import Office
from services.people import Known
from services.registers import drafts
from services.scans import attachments
from services.scans.safe_files import made_safe
from services.work import Actor, Work, command_line
from tests import factories as make
from tests.services.papers import picture

DAY = date(2018, 7, 3)
ENDLESS = 20.0  # seconds: each of these would take minutes, or all memory
NA_RI, BA_BE = "UBND Huyện Na Rì", "UBND Huyện Ba Bể"


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def raw_pdf(objects: list[bytes], more: bytes = b"") -> bytes:
    said, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(said))
        said += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(said)
    said += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    said += b"".join(b"%010d 00000 n \n" % place for place in places)
    return said + b"trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, more, start)


CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def flate(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Filter/FlateDecode/Length %d %s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


HOSTILE = {
    "its own parent": lambda: raw_pdf([CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
    "a million kids": lambda: raw_pdf(
        [CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 300_000 + b"]/Count 1>>", b"<</Type/Page>>"]
    ),
    "says a billion pages": lambda: raw_pdf(
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", b"<</Type/Page>>"]
    ),
    "deep": lambda: raw_pdf(
        [CATALOG, PAGES, b"<</Type/Page/Resources " + b"[" * 200_000 + b"]" * 200_000 + b">>"]
    ),
    "turns round": lambda: raw_pdf([CATALOG, PAGES, b"<</Type/Page/Resources 4 0 R>>", b"5 0 R", b"4 0 R"]),
    "xref loop": lambda: (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    ),
    "packed page": lambda: raw_pdf(
        [CATALOG, PAGES, b"<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R>>", flate(b"q Q " * 20_000_000)]
    ),
    "stream of objects": lambda: raw_pdf(
        [CATALOG, b"4 0 R", b"<<>>", flate(b" " * 100_000_000, b"/Type/ObjStm/N 1/First 4")]
    ),
    "far size": lambda: raw_pdf([CATALOG, PAGES, b"<</Type/Page>>"], b"/Prev 99999999999999999999"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_paper_made_to_stop_the_server_is_kept_or_refused_at_once(name: str) -> None:
    made, begun = HOSTILE[name](), time.monotonic()
    try:
        _, safe = made_safe(made)
        assert len(safe) < 11 * 1024 * 1024
    except Invalid as refused:
        assert "Traceback" not in refused.sentence
    assert time.monotonic() - begun < ENDLESS


def test_nothing_rides_along_with_a_paper() -> None:
    """A page that is also a web page, a script or an archive is a page only."""
    for tail in (b"<script>alert(1)</script>", b"PK\x03\x04evil.exe", b"<?php x ?>", b"%PDF-1.7 second"):
        for start in (picture("JPEG"), picture("PNG")):
            assert tail not in made_safe(start + tail)[1]
        target = io.BytesIO()
        writer = PdfWriter()
        writer.add_blank_page(90, 90)
        writer.write(target)
        assert tail not in made_safe(target.getvalue() + b"\n" + tail)[1]
    for lead in (b"GIF89a", b"<html>", b"PK\x03\x04", b"\x00", b" %PDF-"):
        with pytest.raises(Invalid):
            made_safe(lead + picture("JPEG"))


@pytest.mark.parametrize("kind", list(ScanKind))
def test_a_partner_agency_gets_no_statement_and_nothing_unnamed(office: Office, kind: ScanKind) -> None:
    """What somebody told of themselves, and papers nobody said anything of, are more than a referral needs."""
    with writing(office) as work:
        case = make.case(work)
        scan = attachments.add(work, case, kind=kind, title="Giấy của Mẩy", data=picture()).id
        for name in ("Sở Tư pháp", make.SHELTER):
            cases.hand_to(work, case, unit_id=make.unit(work, name).id, since=DAY)
    with Work(office, make.actor(office, Role.PARTNER, "Sở Tư pháp"), today=make.TODAY) as work:
        if kind in (ScanKind.IDENTITY, ScanKind.STATEMENT, ScanKind.OTHER):
            with pytest.raises(Refused):
                attachments.get(work, scan)
        else:
            assert attachments.read(work, attachments.get(work, scan))
    with Work(office, make.actor(office, Role.SHELTER, make.SHELTER), today=make.TODAY) as work:
        assert attachments.get(work, scan)


# Drafts


def kept(
    office: Office, actor: Actor, place: str, case_id: int | None = None, said: str = "Bàn Thị Kín"
) -> int | None:
    with Work(office, actor, today=make.TODAY) as work:
        return drafts.keep(work, place, "evidence", case_id, {"note": said}, title="Ghi", address="/case")


def test_a_draft_is_read_kept_and_ended_by_its_own_person(any_office: Office) -> None:
    with writing(any_office) as work:
        case_id = make.case(work).id
    mine = make.actor(any_office, Role.POLICE, "Công an tỉnh", account_id=7)
    other = make.actor(any_office, Role.POLICE, "Công an tỉnh", account_id=8)
    draft_id = kept(any_office, mine, "evidence:1:0", case_id)
    with writing(any_office, other) as work:
        assert drafts.find(work, "evidence:1:0") is None and not drafts.mine(work)
        assert not drafts.spend(work, "evidence:1:0", draft_id)
        drafts.drop(work, "evidence:1:0")
    assert kept(any_office, other, "evidence:1:0", case_id, "khác") != draft_id
    with Work(any_office, mine, today=make.TODAY) as work:
        assert drafts.find(work, "evidence:1:0").typed == {"note": "Bàn Thị Kín"}


@pytest.mark.parametrize("place", ["office_value:Nông Thị Mẩy", "x" * 121, "a\x00b", "f:" + "9" * 5000, "a b", ""])
def test_only_a_code_names_the_place_of_a_draft(any_office: Office, place: str) -> None:
    """A part of it stands in the address: what somebody wrote there is neither stored plain nor an error."""
    mine = make.actor(any_office, Role.LABOUR_DEPT, make.LABOUR)
    kept(any_office, mine, place)
    with Work(any_office, mine, today=make.TODAY) as work:
        stored = work.session.connection().execute(sa.select(table_of(Draft).c.place)).scalars().all()
        assert stored == []


def test_a_draft_of_a_file_that_is_merged_deleted_or_out_of_sight_stays_shut(any_office: Office) -> None:
    with writing(any_office) as work:
        one, two = make.case(work).id, make.case(work, received_on=date(2018, 7, 9)).id
        hand = cases.hand_to(work, case_for(work, one), unit_id=make.unit(work, make.SHELTER).id, since=DAY).id
    shelter = make.actor(any_office, Role.SHELTER, make.SHELTER)
    kept(any_office, shelter, "deliver:1:0", one)
    with writing(any_office) as work:
        cases.end_hand_over(work, case_for(work, one), work.session.get_one(cases.CaseUnit, hand), until=DAY)
    with Work(any_office, shelter, today=make.TODAY) as work:
        assert not drafts.mine(work)
    mine = make.actor(any_office, Role.POLICE, "Công an tỉnh")
    kept(any_office, mine, "evidence:2:0", two)
    with writing(any_office) as work:
        merging.merge(work, case_for(work, one), case_for(work, two))
    with Work(any_office, mine, today=make.TODAY) as work:
        assert all("Kín" not in repr(line) for line in drafts.mine(work))


# Incidents


def rescued(office: Office) -> tuple[int, int]:
    """Two rescued by the province's police: one of Na Rì, one of Ba Bể. Gives the incident and the latter."""
    with writing(office) as work:
        shared = Shared(received_on=DAY, unit_id=make.unit(work).id, expected=2, summary="Giải cứu tại quán X")
        incident = incidents.begin(work, facts=shared)
        ids = []
        for district, name in (("Na Rì", "Nông Thị Mẩy"), ("Ba Bể", "Giàng Thị Sua")):
            home = {"home_district_id": make.area(work, f"Huyện {district}").id}
            known = Known(full_name=name, phone="0912345678", safe_contact=f"gọi cô của {name}")
            ids.append(incidents.receive(work, incident, facts=known, home=home).id)
        return incident.id, ids[1]


def test_one_file_of_an_incident_opens_no_other(any_office: Office) -> None:
    incident_id, hidden = rescued(any_office)
    local = make.actor(any_office, Role.LOCAL, NA_RI)
    with Work(any_office, local, today=make.TODAY) as work:
        view = incident_view.view(work, incident_id)
        said = repr(incident_view.lines(work, view)) + repr([f.case.code for f in view.files])
        assert "Giàng Thị Sua" not in said and view.hidden == 1 and len(view.files) == 1
        with pytest.raises(Refused):
            case_for(work, hidden)
    for role, at in ((Role.PARTNER, "Sở Tư pháp"), (Role.SHELTER, make.SHELTER), (Role.LEADER, make.LABOUR)):
        with Work(any_office, make.actor(any_office, role, at), today=make.TODAY) as work, pytest.raises(Refused):
            incident_view.view(work, incident_id)
    for asked in (0, -1, 2**63, 16**40, hidden):
        with Work(any_office, local, today=make.TODAY) as work, pytest.raises(Refused):
            incident_view.view(work, asked)


def test_shared_facts_are_corrected_by_who_wrote_them_down(any_office: Office) -> None:
    """One file of five is no ground to change what was written of all of them."""
    incident_id, _ = rescued(any_office)
    local = make.actor(any_office, Role.LOCAL, NA_RI)
    with pytest.raises(Refused), writing(any_office, local) as work:
        incident = incident_view.find(work, incident_id)
        facts = Shared(received_on=DAY, unit_id=incident.unit_id, expected=9, summary="khác")
        incidents.correct(work, incident, facts=facts, carry=True)
    with writing(any_office, make.actor(any_office, Role.POLICE, "Công an tỉnh")) as work:
        incident = incident_view.find(work, incident_id)
        incidents.correct(work, incident, facts=Shared(received_on=DAY, unit_id=incident.unit_id, expected=3))


# The head's word


def concluded(office: Office, actor: Actor) -> int:
    with writing(office) as work:
        case = make.case(work)
        verification.request(work, case, requested_on=DAY, unit_id=make.unit(work, "Công an Huyện Na Rì").id)
        case_id = case.id
    with writing(office, actor) as work:
        verification.conclude(work, case_for(work, case_id), outcome=Outcome.NOT_VICTIM, concluded_on=DAY)
    return case_id


def review(office: Office, actor: Actor, case_id: int) -> None:
    with writing(office, actor) as work:
        case = case_for(work, case_id)
        (last,) = cases.view(work, case_id).conclusions
        verification.review(work, case, last, result=ReviewResult.ACCEPTED)


def test_another_units_head_and_an_officer_have_no_word(any_office: Office) -> None:
    case_id = concluded(any_office, make.actor(any_office, Role.POLICE, "Công an Huyện Na Rì", account_id=3))
    for actor in (
        make.actor(any_office, Role.POLICE, "Công an Huyện Na Rì"),
        make.actor(any_office, Role.POLICE, "Công an Huyện Ba Bể", head=True),
        make.actor(any_office, Role.LABOUR_DEPT, make.LABOUR, head=True),
        make.actor(any_office, Role.LOCAL, NA_RI, head=True),
    ):
        with pytest.raises(Refused):
            review(any_office, actor, case_id)
