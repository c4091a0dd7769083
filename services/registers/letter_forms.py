"""The forms of a document: making it, making it again, its number and date, cancelling it; and a template."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from db.cases import CaseStep
from db.handover import Handover
from db.letters import Letter, LetterTemplate
from db.places import Unit
from db.verification import Conclusion, VerificationRequest
from services.access import Right
from services.identity import names
from services.letters import composing, issuing, templates
from services.letters.composing import Wishes
from services.letters.content import Content
from services.letters.context import Context, day_of
from services.letters.templates import Template, Wording
from services.registers.core import Asked, Choice, Field, Form, Section, code_of
from services.reports.issuer import written
from services.text import vn_date

MADE, ISSUED, DROPPED = "Đã lập dự thảo", "Đã ban hành", "Đã hủy văn bản"
LAID = "Tên cơ quan, thể thức và mẫu in theo ngày này. Trên dự thảo, số và ngày vẫn để chấm."
AS_TEMPLATE = "Để trống: theo mẫu văn bản"
A_LINE_EACH = "mỗi dòng một ý."
OWN = "Số do phần mềm cấp, liên tục trong năm."


def _template(asked: Asked) -> Template | None:
    code = asked.row.template if isinstance(asked.row, Letter) else asked.known.get("template")
    return templates.effective(asked.work, code) if code else None


def _templates(asked: Asked) -> Sequence[Choice]:
    return [Choice(one.code, one.label, one.code) for one in issuing.offered(asked.work, asked.file)]


def _rows(asked: Asked) -> Sequence[Choice]:
    """The rows the chosen document may be about."""
    template = _template(asked)
    found = issuing.about(asked.work, asked.file, template) if template else ()
    return [Choice(code_of(row.id), _said(asked, row), row.id) for row in found]


def _said(asked: Asked, row: Any) -> str:
    day, units = vn_date(day_of(row)), names.units(asked.work)
    if isinstance(row, VerificationRequest):
        return f"Đề nghị xác minh ngày {day}, {written(units.get(row.unit_id or 0, ''))}".rstrip(", ")
    if isinstance(row, Conclusion):
        return f"Kết luận ngày {day}: {row.outcome.label.lower()}"
    assert isinstance(row, Handover)
    return f"{row.direction.label} ngày {day}"


def _units(asked: Asked) -> Sequence[Choice]:
    """The person's own units that may make the chosen document."""
    template, known = _template(asked), names.units(asked.work)
    found = issuing.units(asked.work, template.right) if template else ()
    return [Choice(code_of(unit), known[unit], unit) for unit in found]


def _alike(asked: Asked) -> str:
    """That the file has such a document already."""
    template = _template(asked)
    if template is None or (template.about and asked.known.get("about_id") is None):
        return ""
    made = asked.row.id if isinstance(asked.row, Letter) else 0
    found = issuing.alike(asked.work, asked.file, template, asked.known.get("about_id"), made)
    said = (f"{one.state.label.lower()}{_numbered(one)}, {one.by_name} lập" for one in found)
    return f"Việc này đã có văn bản cùng loại: {'; '.join(said)}." if found else ""


def _numbered(letter: Letter) -> str:
    return f" số {letter.number} ngày {vn_date(letter.dated)}" if letter.number else ""


def _gone(asked: Asked) -> str:
    """That a unit of the person's does not exist on the day of the document."""
    day, template = asked.known.get("day"), _template(asked)
    if day is None or template is None:
        return ""
    mine = (asked.work.session.get(Unit, unit) for unit in issuing.units(asked.work, template.right))
    return " ".join(said for unit in mine if unit is not None and (said := _not_there(unit, day)))


def _not_there(unit: Unit, day: date) -> str:
    name = written(unit.name)
    if unit.valid_to and unit.valid_to < day:
        return f"{name} đã kết thúc hoạt động ngày {vn_date(unit.valid_to)}: đơn vị kế thừa ban hành văn bản này."
    if unit.valid_from and unit.valid_from > day:
        return f"{name} hoạt động từ ngày {vn_date(unit.valid_from)}: xem lại ngày làm văn bản."
    return ""


def _first(asked: Asked, options: Sequence[Choice]) -> Any:
    return options[0].value if options else None


def _context(asked: Asked) -> Context | None:
    """What is known so far of the document to be made."""
    day, unit = asked.known.get("day"), asked.known.get("unit_id")
    template = _template(asked)
    if day is None or unit is None or template is None:
        return None
    found = issuing.about(asked.work, asked.file, template)
    row = next((row for row in found if row.id == asked.known.get("about_id")), None)
    return Context(asked.work, asked.file, unit, day, row)


def _forms(asked: Asked) -> Sequence[Choice]:
    """The prescribed forms of the day, where the office typed none into the template."""
    context, template = _context(asked), _template(asked)
    if context is None or template is None or template.form_code:
        return ()
    return [Choice(form.code, form.vi, form.code) for form in composing.forms_of(context, template)]


def _usual_form(asked: Asked, options: Sequence[Choice]) -> Any:
    context, template = _context(asked), _template(asked)
    return composing.usual_form(context, template) if context and template else None


def _has(choices: Callable[[Asked], Sequence[Choice]]) -> Callable[[Asked], bool]:
    return lambda asked: bool(choices(asked))


def _addressed(asked: Asked) -> bool:
    template = _template(asked)
    return template is not None and bool(template.addressee)


def wishes(values: Mapping[str, Any]) -> Wishes:
    """What was chosen in the form."""
    return Wishes(**{name: value for name, value in values.items() if name != "template"})


WHICH = Field(Letter.template, required=True, choices=_templates, label="Văn bản", wide=True)
CHOSEN = (
    Field(
        Letter.case_id,
        "about_id",
        choices=_rows,
        when=_has(_rows),
        needed=_has(_rows),
        usual=_first,
        label="Về việc",
    ),
    Field(Letter.dated, "day", required=True, label="Ngày làm văn bản", help=LAID, beside=_alike),
    Field(Letter.unit_id, required=True, choices=_units, usual=_first, beside=_gone),
    Field(
        LetterTemplate.form_code,
        "form",
        choices=_forms,
        when=_has(_forms),
        usual=_usual_form,
        label="Mẫu ghi ở góc",
        help="Mẫu có trong bảng pháp luật vào ngày làm văn bản; không đúng mẫu nào thì để trống.",
    ),
)
DETAILS = Section(
    "Nơi gửi, người ký, đầu văn bản",
    (
        Field(
            LetterTemplate.addressee, wide=True, long=True, when=_addressed, help=f"{AS_TEMPLATE}; {A_LINE_EACH}"
        ),
        Field(
            LetterTemplate.signer_title,
            long=True,
            help=f"{AS_TEMPLATE} hoặc chức vụ thủ trưởng; {A_LINE_EACH} Biên bản: mỗi dòng một bên ký.",
        ),
        Field(LetterTemplate.signer_title, "signer_name", label="Họ tên người ký", help="Để trống: ghi khi ký"),
        Field(LetterTemplate.title, "parent", label="Cơ quan chủ quản", help="Để trống: theo loại đơn vị"),
        Field(LetterTemplate.title, "place", label="Địa danh", help="Để trống: nơi đóng trụ sở"),
    ),
    folded=True,
)


def _again(asked: Asked) -> Mapping[str, Any]:
    return _known(Content.from_text(asked.record.content).wishes)


def _known(chosen: Wishes) -> dict[str, Any]:
    return {name: getattr(chosen, name) for name in Wishes.__dataclass_fields__}


def _begun(asked: Asked) -> Mapping[str, Any]:
    """Today, and the document somebody was led to, where it can be made."""
    wanted = asked.known.get("template")
    offered = {one.code for one in issuing.offered(asked.work, asked.file)} if wanted else ()
    return {"day": asked.work.today, "template": wanted if wanted in offered else None}


MAKE_LETTER = Form(
    "make_letter",
    "Lập văn bản",
    Right.READ_CASES,
    (Section("", (WHICH, *CHOSEN)), DETAILS),
    lambda asked, values: issuing.make(asked.work, asked.file, template=values["template"], wishes=wishes(values)),
    start=_begun,
    button="Lập dự thảo",
    said=MADE,
)
REMAKE_LETTER = Form(
    "remake_letter",
    "Lập lại dự thảo",
    Right.READ_CASES,
    (Section("", CHOSEN), DETAILS),
    lambda asked, values: issuing.remake(asked.work, asked.record, wishes=wishes(values)),
    start=_again,
    versions=lambda asked: (asked.record.version,),
    row=Letter,
    button="Lập lại",
    note="Nội dung được lấy lại từ hồ sơ và mẫu văn bản hiện nay.",
    said=MADE,
)


def _own_series(asked: Asked) -> bool:
    template = _template(asked)
    return template is not None and template.own_series


ISSUE_LETTER = Form(
    "issue_letter",
    "Ghi số, ngày văn bản",
    Right.READ_CASES,
    (
        Section(
            "",
            (
                Field(
                    Letter.number,
                    when=lambda asked: not _own_series(asked),
                    needed=lambda asked: not _own_series(asked),
                    help="Như trên bản đã ký, ví dụ 07 hoặc 07/TB-UBND",
                ),
                Field(Letter.dated, required=True, beside=lambda asked: OWN if _own_series(asked) else ""),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: issuing.issue(asked.work, asked.record, **values),
    start=lambda asked: {"dated": asked.work.today if _own_series(asked) else None},
    versions=lambda asked: (asked.record.version,),
    row=Letter,
    button="Ban hành",
    note="Sau khi ban hành, nội dung và bản in giữ nguyên, không sửa được nữa.",
    said=ISSUED,
)
CANCEL_LETTER = Form(
    "cancel_letter",
    "Hủy văn bản",
    Right.READ_CASES,
    (Section("", (Field(CaseStep.reason, required=True, wide=True, long=True),)),),
    lambda asked, values: issuing.cancel(asked.work, asked.record, **values),
    versions=lambda asked: (asked.record.version,),
    row=Letter,
    button="Hủy văn bản",
    note="Số đã cấp vẫn được giữ, không cấp lại cho văn bản khác.",
    said=DROPPED,
)
FORMS = {form.name: form for form in (MAKE_LETTER, REMAKE_LETTER, ISSUE_LETTER, CANCEL_LETTER)}

T = LetterTemplate


def template_form(code: str) -> Form:
    """The form of one document's wording."""

    def start(asked: Asked) -> Mapping[str, Any]:
        return vars(templates.wording(templates.effective(asked.work, code)))

    def save(asked: Asked, values: dict[str, Any]) -> Any:
        version = templates.effective(asked.work, code).version
        return templates.save(asked.work, code, Wording(**values), version=version)

    def versions(asked: Asked) -> tuple[int, ...]:
        return (templates.effective(asked.work, code).version,)

    sections = (
        Section("", (Field(T.title, required=True), Field(T.subject), Field(T.addressee, long=True)), columns=2),
        Section("", (Field(T.body, required=True, wide=True, long=True),)),
        Section(
            "",
            (
                Field(T.recipients, long=True),
                Field(T.signer_title, long=True, help="Mỗi dòng một ý; của biên bản: mỗi dòng một bên ký"),
                Field(T.symbol),
                Field(T.form_code, help="Để trống: mẫu có trong bảng pháp luật theo ngày văn bản"),
                Field(T.own_series),
            ),
            columns=2,
        ),
    )
    return Form("letter_template", "Mẫu văn bản", Right.TEMPLATES, sections, save, start, versions)
