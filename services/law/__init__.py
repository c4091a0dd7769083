"""The law as dated tables: what holds on a day, for which regime, read where.

The TOML files beside this module are the source; a jurist reads and extends them. An old value is
never edited: a new one is a new row. A value nobody could verify stays empty.
"""

from services.law.documents import DocumentRules, abbreviation, document_rules, forms
from services.law.missing import MissingValue, missing
from services.law.model import (
    Basis,
    Bound,
    Citation,
    Deadline,
    Limit,
    LimitUnit,
    Measure,
    Norm,
    OfficeFigure,
    Regime,
)
from services.law.plans import Clause, CutDay, Plan, ReportDue, plan, plans, report_dates, reporting_rules
from services.law.sources import agencies, cite, duties, instruments, read_in
from services.law.units import (
    Area,
    Organisation,
    areas,
    areas_on,
    find_province,
    former_name,
    organisations,
    organisations_on,
    province_names,
)
from services.law.values import (
    Values,
    caption,
    deadline,
    deciders,
    eligible,
    holidays,
    measures,
    norm,
    norms_of,
    on,
    regime_of,
)

__all__ = [
    "Area",
    "Basis",
    "Bound",
    "Citation",
    "Clause",
    "CutDay",
    "Deadline",
    "DocumentRules",
    "Limit",
    "LimitUnit",
    "Measure",
    "MissingValue",
    "Norm",
    "OfficeFigure",
    "Organisation",
    "Plan",
    "Regime",
    "ReportDue",
    "Values",
    "abbreviation",
    "agencies",
    "areas",
    "areas_on",
    "caption",
    "cite",
    "deadline",
    "deciders",
    "document_rules",
    "duties",
    "eligible",
    "find_province",
    "former_name",
    "forms",
    "holidays",
    "instruments",
    "measures",
    "missing",
    "norm",
    "norms_of",
    "on",
    "organisations",
    "organisations_on",
    "plan",
    "plans",
    "province_names",
    "read_in",
    "regime_of",
    "report_dates",
    "reporting_rules",
]
