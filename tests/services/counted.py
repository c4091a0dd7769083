"""Files to count."""

from datetime import date

from db.cases import Case
from db.verification import Conclusion, Outcome
from services import periods
from services.office import Office
from services.work import Actor, Work, command_line

TODAY = date(2020, 12, 31)
Q3 = periods.parse("2018Q3")
Q4 = periods.parse("2018Q4")


def writing(office: Office) -> Work:
    return Work(office, command_line(), write=True, today=TODAY)


def reading(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), today=TODAY)


def concluded(found: Case, on: date, outcome: Outcome = Outcome.VICTIM) -> Conclusion:
    return Conclusion(case_id=found.id, outcome=outcome, concluded_on=on)
