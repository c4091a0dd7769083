"""Documents drafted and issued."""

from datetime import date

from db.cases import Case
from services.letters import issuing, opening, templates
from services.office import Office
from services.work import Work, command_line
from tests import factories as make
from tests.services.letters import conftest as files

CODE, ON = "thong_bao_tiep_nhan", date(2018, 7, 21)


def writing(office: Office, actor=None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def case_in(office: Office) -> int:
    with writing(office) as work:
        return files.full(work).id


def draft_in(office: Office, case_id: int, code: str = CODE) -> int:
    with writing(office) as work:
        return files.made(work, work.session.get(Case, case_id), code).id


def issue_in(office: Office, letter_id: int, number: str | None = None, on: date = ON) -> str:
    with writing(office) as work:
        return issuing.issue(work, opening.find(work, letter_id), dated=on, number=number).number


def own_series(office: Office, code: str = CODE, on: bool = True, **changed: object) -> None:
    with writing(office) as work:
        template = templates.effective(work, code)
        facts = {**vars(templates.wording(template)), "own_series": on, **changed}
        templates.save(work, code, templates.Wording(**facts), version=template.version)
