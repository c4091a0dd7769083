"""What the kept file of a merge learns from the other: only what it did not know, and taken back with it."""

from collections.abc import Sequence
from typing import Any

from db.base import Row
from db.cases import Case
from db.fields import LabelledEnum
from db.people import Person
from services import people
from services.identity import names
from services.work import Work

UNKNOWN = "unknown"
# Facts that belong together: copied together, when none of them is known.
OF_CASE = (
    *(("way",), ("place", "country", "province"), ("purpose",), ("note",), ("incident_id",)),
    ("home_district_id", "home_commune_id", "home_commune_text", "home_province"),
)
OF_PERSON = (
    *(("alias",), ("sex",), ("birth",), ("ethnic",), ("nationality",), ("identity_number",), ("phone",)),
    *(("address",), ("language",), ("interpreter",), ("safe_contact",), ("no_contact",)),
    ("guardian_name", "guardian_relation", "guardian_phone"),
)
Copied = dict[str, dict[str, list[Any]]]


def copy_missing(work: Work, kept: Case, mine: Person, gone: Case, theirs: Person) -> Copied:
    """Copies what the kept file lacks; gives, for each fact, what stood there and what stands there now."""
    copied = {"case": _copy(kept, gone, OF_CASE), "person": _copy(mine, theirs, OF_PERSON)}
    other = str(theirs.full_name)
    if not mine.alias and not theirs.name_unknown and names.words(other) != names.words(str(mine.full_name)):
        mine.alias = other  # how the other file wrote the name: a search for it finds the kept file
        copied["person"]["alias"] = [None, other]
    people.settle(work, mine)
    return copied


def clear_copied(work: Work, copied: Copied, kept: Case, mine: Person) -> None:
    """Takes the copied facts out again, unless somebody has corrected them since."""
    for row, facts in ((kept, copied["case"]), (mine, copied["person"])):
        for name, (before, after) in facts.items():
            if _plain(getattr(row, name)) == after:
                setattr(row, name, _as_stored(row, name, before))
    people.settle(work, mine)


def _copy(to: Row, source: Row, groups: Sequence[tuple[str, ...]]) -> dict[str, list[Any]]:
    copied: dict[str, list[Any]] = {}
    for group in groups:
        if any(_known(getattr(to, name)) for name in group):
            continue
        for name in group:
            value = getattr(source, name)
            if _known(value):
                copied[name] = [_plain(getattr(to, name)), _plain(value)]
                setattr(to, name, str(value) if hasattr(value, "place") else value)
    return copied


def _known(value: Any) -> bool:
    return value is not None and value != "" and value != UNKNOWN


def _plain(value: Any) -> Any:
    if isinstance(value, LabelledEnum):
        return value.value
    return str(value) if isinstance(value, str) else value


def _as_stored(row: Row, name: str, before: Any) -> Any:
    """An *unknown* goes back as the choice it was; nothing as nothing."""
    now = getattr(row, name)
    return type(now)(before) if isinstance(now, LabelledEnum) and before is not None else before
