"""A case file as people read it: blocks of facts and small tables, already redacted for the reader.

The facts of the reception are those its form asks for; labels come from the columns. What a person may
not see is left out altogether, here as in the forms.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from db.base import Row
from db.cases import Place, Way
from db.fields import LabelledEnum, PartialDate, Sensitivity, info
from db.people import Person, PersonKind, Sex
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportKind, SupportNeed
from services import law, lifecycle
from services.access import shows
from services.cases import CaseView
from services.identity import names
from services.protection import NOT_GUARDED
from services.registers import attachment_sheet, choices, letter_sheet, life_sheet, people_sheet
from services.registers.case_forms import FORMS
from services.registers.core import Field
from services.registers.reception_forms import FACTS
from services.registers.removal_forms import name_of
from services.registers.sheet import Action, Block, Fact, Headline, Line, Table, block
from services.removals import removal
from services.text import vn_date, vn_number
from services.work import Work

# A form named in a word, where it stands in the row it is about.
IN_A_ROW = {
    "correct_delivery": "Điều chỉnh",
    "edit_person": "Sửa",
    "end_hand_over": "Thôi giao",
    "end_measure": "Chấm dứt",
}


def sheet(work: Work, view: CaseView, forms: Iterable[str] = ()) -> list[Block]:
    """All of a file, in the order of its life. `forms`: those the reader may open (actions on rows)."""
    return Sheet(work, view, frozenset(forms)).blocks()


class Sheet:
    def __init__(self, work: Work, view: CaseView, forms: frozenset[str]) -> None:
        self.work, self.view, self.forms = work, view, forms
        self.units = names.units(work)
        self.removable = removal.kinds(work, view.case)
        self.people = {person.id: self._person(person) for person in view.people}

    def blocks(self) -> list[Block]:
        return [
            *(self._facts(section.title, section.fields) for section in FACTS),
            *people_sheet.blocks(self),
            life_sheet.verification(self),
            *([self._protection()] if Sensitivity.PROTECTION in self.view.parts else ()),
            *([self._support()] if Sensitivity.SUPPORT in self.view.parts else ()),
            *life_sheet.handing(self),
            life_sheet.ending(self),
            *(block for more in MORE for block in more(self)),
        ]

    def _facts(self, title: str, fields: Iterable[Field]) -> Block:
        facts = [self._fact(field) for field in fields if shows(self.work.actor, field.source)]
        return Block(title, facts=tuple(fact for fact in facts if fact is not None))

    def _fact(self, field: Field) -> Fact | None:
        """A fact that may not apply is left out while it is empty."""
        owner = self.view.person if field.source.class_ is Person else self.view.case
        value = getattr(owner, field.key)
        if field.key == "home_commune_id" and value is None:
            value = self.view.case.home_commune_text
        if value is None and field.when is not None:
            return None
        return Fact(field.words, self.words(field.source, value), field.wide)

    def words(self, source: Any, value: Any) -> str:
        """One stored value as people read it."""
        match value:
            case None:
                return ""
            case LabelledEnum():
                return value.label
            case bool():
                return "Có" if value else "Không"
            case PartialDate() | date():
                return vn_date(value)
            case int():
                key = str(source.key)
                if key.endswith("_id"):
                    area = choices.area_words(self.work, value)
                    return self.units.get(value) or area or self.people.get(value, "")
                return vn_number(value)
        return law.caption(str(value))

    def table(
        self,
        title: str,
        sources: Sequence[Any],
        rows: Sequence[Row],
        *,
        more: Sequence[tuple[str, Callable[[Any], str]]] = (),
        action: tuple[str, Callable[[Any], bool]] | None = None,
    ) -> Table | None:
        """A table of rows; columns the reader may not see, and columns nobody filled in, are left out."""
        if not rows:
            return None
        columns: list[tuple[str, list[str], bool]] = []
        for source in (source for source in sources if shows(self.work.actor, source)):
            said = info(source)
            cells = [self.words(source, getattr(row, source.key)) for row in rows]
            columns.append((said["label"], cells, source.key == "amount"))
        columns += [(head, [say(row) for row in rows], False) for head, say in more]
        columns = [column for column in columns if any(column[1])]
        lines = (
            Line(tuple(column[1][place] for column in columns), self._action(action, row), self.removing(row))
            for place, row in enumerate(rows)
        )
        numbers = frozenset(place for place, column in enumerate(columns) if column[2])
        return Table(title, tuple(column[0] for column in columns), tuple(lines), numbers)

    def _action(self, action: tuple[str, Callable[[Any], bool]] | None, row: Row) -> Action | None:
        if action is None or not action[1](row):
            return None
        return Action(action[0], IN_A_ROW.get(action[0], FORMS[action[0]].title), row.id)

    def removing(self, row: Row) -> Action | None:
        """The deletion of a row, for those who may; of steps only the latest can be taken back."""
        if type(row) not in self.removable:
            return None
        if lifecycle.step_of(row) and removal.why_not(self.work, self.view.case, row):
            return None
        return Action(name_of(type(row)), "Xóa", row.id)

    def _protection(self) -> Block:
        need, measure = ProtectionNeed, ProtectionMeasure
        who = (need.person_id,) if len(self.people) > 1 else ()
        whom = (measure.person_id,) if len(self.people) > 1 else ()
        may_end = "protection_need" in self.forms
        return block(
            "Bảo vệ",
            "Chưa ghi nhu cầu bảo vệ.",
            self.table(
                "Nhu cầu",
                (*who, need.declared_on, need.refused_on, need.note),
                self.view.protection_needs,
                more=[("Tình hình", self._guarded)],
            ),
            self.table(
                "Biện pháp",
                (
                    *whom,
                    measure.applied_on,
                    measure.measure,
                    measure.other_text,
                    measure.decision_number,
                    measure.unit_id,
                    measure.ended_on,
                ),
                self.view.measures,
                action=("end_measure", lambda row: may_end and row.ended_on is None),
            ),
        )

    def _guarded(self, need: Any) -> str:
        if need.refused_on:
            return "Từ chối"
        guarded = any(row.person_id == need.person_id for row in self.view.measures)
        return "Đã được bảo vệ" if guarded else NOT_GUARDED

    def _support(self) -> Block:
        if not shows(self.work.actor, SupportNeed.kind):
            return block("Hỗ trợ", "Nội dung hỗ trợ do đơn vị hỗ trợ theo dõi.")
        may = "deliver" in self.forms
        given = Delivery
        return block(
            "Hỗ trợ",
            "Chưa ghi nhu cầu hỗ trợ.",
            self.table(
                "Nhu cầu",
                (SupportNeed.kind, SupportNeed.declared_on, SupportNeed.refused_on),
                self.view.needs,
                more=[("Tình hình", self._met)],
            ),
            self.table(
                "Đã hỗ trợ",
                (given.delivered_on, given.kind, given.amount, given.fund, given.unit_id, given.note),
                self.view.deliveries,
                more=[("", lambda row: "Điều chỉnh" if row.corrects_id else "")],
                action=(
                    "correct_delivery",
                    lambda row: may and row.corrects_id is None and row.amount is not None,
                ),
            ),
            summary=self._sum(),
        )

    def _met(self, need: Any) -> str:
        if need.refused:
            return "Từ chối"
        return "Đã hỗ trợ" if any(row.kind is need.kind for row in self.view.deliveries) else "Chưa hỗ trợ"

    def _sum(self) -> str:
        paid = [row for row in self.view.deliveries if row.amount]
        money = sum(row.amount or 0 for row in paid if row.kind is not SupportKind.LOAN)
        loans = sum(row.amount or 0 for row in paid if row.kind is SupportKind.LOAN)
        said = {"Đã hỗ trợ": money, "Vay vốn": loans}
        return "; ".join(f"{words} {vn_number(amount)} đồng" for words, amount in said.items() if amount)

    def _person(self, person: Person) -> str:
        said = person.kind.label
        if not shows(self.work.actor, Person.full_name):
            return said
        return person.full_name + ("" if person.kind is PersonKind.SUBJECT else f" ({said.lower()})")


# Blocks of other subjects, each from its own module: (sheet) → blocks.
MORE: tuple[Callable[[Sheet], Sequence[Block]], ...] = (
    letter_sheet.blocks,
    attachment_sheet.blocks,
)


def _sentence(parts: Iterable[str]) -> str:
    """`Ở nước ngoài, được giải cứu`: one capital at the beginning."""
    said = ", ".join(f"{part[0].lower()}{part[1:]}" for part in parts)
    return said[:1].upper() + said[1:]


def headline(work: Work, view: CaseView) -> Headline:
    """Name, sex, birth and people as far as the reader may see them; place and way as they were entered."""
    person, actor = view.person, work.actor
    known = [person.sex.label if person.sex and person.sex is not Sex.UNKNOWN else ""]
    if shows(actor, Person.birth) and person.birth:
        known.append(f"sinh {vn_date(person.birth)}")
    known.append(f"dân tộc {person.ethnic}" if person.ethnic else "")
    place, way = view.case.place, view.case.way
    found = [place.label if place and place is not Place.UNKNOWN else ""]
    found.append(way.label if way and way is not Way.UNKNOWN else "")
    return Headline(
        name=person.full_name if shows(actor, Person.full_name) else None,
        person=", ".join(part for part in known if part),
        found=_sentence(part for part in found if part),
    )
