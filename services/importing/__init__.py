"""A register in Excel → checked rows → files; undone as a whole; and the register out again."""

from services.importing.applying import apply
from services.importing.form import FORM
from services.importing.out import refused_rows_xlsx, register_xlsx
from services.importing.plan import Difference, Plan, PlanRow, Result, Status
from services.importing.preparing import check
from services.importing.printing import register_pdf_document
from services.importing.reading import Unreadable
from services.importing.remarks import Remark
from services.importing.template import template
from services.importing.undoing import BatchLine, batches, undo

__all__ = [
    "FORM",
    "BatchLine",
    "Difference",
    "Plan",
    "PlanRow",
    "Remark",
    "Result",
    "Status",
    "Unreadable",
    "apply",
    "batches",
    "check",
    "refused_rows_xlsx",
    "register_pdf_document",
    "register_xlsx",
    "template",
    "undo",
]
