"""The plan, clause by clause, beside what was done for it."""

from dataclasses import dataclass

from db.fields import LabelledEnum
from db.support import SupportKind
from services import figures
from services.access import Right, require
from services.figures import Line, TargetKey
from services.law import Clause, Plan, plans
from services.periods import Period
from services.reports import periodic_text as words
from services.text import vn_number
from services.work import Work

# What a clause counts where its screen alone does not say it (clause ids of the plan 2016-2020).
SUBJECTS = {
    "II.1.b.2.1": "handed over",
    "II.1.b.2.2": "came back",
    "II.1.b.2.3": "in the province",
    "II.1.b.3": "initial support",
    "II.2.b.2.1": "",
    "II.2.b.3": "legal aid",
    "IV.1.2": "money",
}
CAME_BACK = (Line.ABROAD_SELF_RETURN, Line.DOMESTIC_RESCUED, Line.DOMESTIC_SELF_REPORTED)


class Served(LabelledEnum):
    """How far the tool serves a clause."""

    SCREEN = "screen", "Làm trên phần mềm"
    PART = "part", "Làm một phần trên phần mềm"
    LATER = "later", "Chưa có trên phần mềm"


@dataclass(frozen=True)
class Heading:
    """A heading of the plan with the clauses that stand under it. `level` 1 is a part (II, III, …)."""

    id: str
    text: str
    level: int
    clauses: tuple[Clause, ...]


def current(work: Work) -> Plan:
    """The plan of today, or the last one known. Raises Refused without the right to see it."""
    require(work, Right.PLAN)
    begun = [plan for plan in plans() if plan.first_year <= work.today.year]
    return begun[-1] if begun else plans()[0]


def parts(plan: Plan) -> dict[str, tuple[Heading, ...]]:
    """The parts of the plan (II, III, …), each with its headings in order."""
    found: dict[str, tuple[Heading, ...]] = {}
    for heading in plan.headings:
        clauses = tuple(clause for clause in plan.clauses if clause.part == heading.id)
        part = heading.id.split(".")[0]
        line = Heading(heading.id, heading.text, heading.id.count(".") + 1, clauses)
        found[part] = (*found.get(part, ()), line)
    return found


def served(clause: Clause) -> Served:
    if clause.screen is None:
        return Served.LATER
    return Served.PART if clause.by_hand else Served.SCREEN


def tally(plan: Plan) -> dict[Served, int]:
    """How many clauses are served, in part, and not yet."""
    found = [served(clause) for clause in plan.clauses]
    return {way: found.count(way) for way in Served}


@dataclass(frozen=True)
class Done:
    """What was done in a period, in words: by target, and by the subject a clause is about."""

    targets: dict[str, str]
    subjects: dict[str, str]

    def of(self, clause: Clause) -> tuple[str, ...]:
        """The sentences for one clause: its targets, or what its screen counts."""
        if clause.targets:
            return tuple(self.targets[key] for key in clause.targets)
        subject = SUBJECTS.get(clause.id, clause.screen or "")
        return (self.subjects[subject],) if subject in self.subjects else ()


def done(work: Work, period: Period) -> Done:
    """The live figures beside the clauses. Exact numbers: raises Refused without the right to figures."""
    view = figures.look(work, period, right=Right.STATISTICS)
    counts, support = figures.account.of(view), list(words.support(view))
    received = _received(counts.received)
    reached = figures.targets.of(view).values()
    targets = {found.key.value: words.target(found).removeprefix("- ") for found in reached}
    by_line = figures.received_lines.of(view)
    legal = next(kind for kind in figures.deliveries.of(view) if kind.kind is SupportKind.LEGAL_AID)
    return Done(
        targets=targets,
        subjects={
            "intake": received,
            "cases": received,
            "verification": (
                f"Đã kết luận {vn_number(counts.concluded)} hồ sơ, {vn_number(counts.victim)} là nạn nhân; "
                f"còn {vn_number(counts.closing)} chưa kết luận."
            ),
            "protection": words.protection(view),
            "support": support[0],
            "money": " ".join(support[1:]) or support[0],
            "initial support": targets[TargetKey.INITIAL_SUPPORT],
            "legal aid": f"Đã trợ giúp {vn_number(legal.times)} lượt cho {vn_number(legal.persons)} người.",
            "handed over": _received(by_line[Line.ABROAD_HANDOVER], "từ nước ngoài qua trao trả, giải cứu"),
            "came back": _received(sum(by_line[line] for line in CAME_BACK), "trong nước hoặc tự trở về"),
            "in the province": _received(by_line[Line.IN_PROVINCE], "bị mua bán tại tỉnh"),
            "statistics": words.by_line(view),
        },
    )


def _received(number: int, which: str = "") -> str:
    return f"Đã tiếp nhận {vn_number(number)} trường hợp {which}".strip() + "."
