"""One form for many files (làm cho nhiều hồ sơ): tried first, then done.

The preview really runs the form's verb on each file, in a Work that is undone: what it says is what will
be. Each file stands alone in it, so one that cannot be done never stops the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from services import case_search
from services.access import Right, has, require
from services.case_search import CaseFilter, CaseRow
from services.errors import AppError, Invalid, NotReady
from services.registers import case_forms, choices
from services.registers.case_forms import FORMS
from services.registers.core import Asked, Field, Form
from services.registers.typed import problem_words, submit, written
from services.work import Work

MOST = 200  # files at once
TOO_MANY = f"Mỗi lần làm nhiều nhất {MOST} hồ sơ. Chọn bớt lại."
NONE_CHOSEN = "Chưa chọn hồ sơ nào."


@dataclass(frozen=True)
class Outcome:
    """One file: what stands in the way (empty: it is, or will be, written)."""

    case: CaseRow
    why_not: str = ""


class _Undone(Exception):
    """Ends the trial's Work so that nothing of it stays."""


def forms(work: Work) -> list[Form]:
    """The forms this person may fill in once for many files."""
    return [form for form in FORMS.values() if form.bulk and has(work.actor, form.right)]


def rows(work: Work, ids: Sequence[int]) -> list[CaseRow]:
    """The files as a list shows them to this person, in the order asked for; others are left out."""
    require(work, Right.READ_CASES)
    found = case_search.find(work, CaseFilter(ids=frozenset(ids[:MOST])), size=MOST).rows if ids else ()
    known = {row.id: row for row in found}
    return [known[case_id] for case_id in dict.fromkeys(ids) if case_id in known]


def asked(work: Work, form: Form, ids: Iterable[int]) -> Asked:
    """What the one form is about: the first of the files on which this person may fill it in, whose lists it
    offers (on each file it is read again)."""
    refused: AppError = NotReady(NONE_CHOSEN)
    for case_id in ids:
        try:
            return case_forms.asked(work, form, case_id)
        except AppError as error:
            refused = error
    raise refused


def preview(work: Work, form: Form, values: Mapping[str, Any], ids: Sequence[int]) -> list[Outcome]:
    """What `perform` would do now, file by file. Nothing is kept."""
    rows(work, ids)  # whose names are about to be shown: that stays in the trail
    outcomes: list[Outcome] = []
    with suppress(_Undone), Work(work.office, work.actor, write=True, today=work.today) as trial:
        outcomes = perform(trial, form, values, ids)
        raise _Undone
    return outcomes


def perform(work: Work, form: Form, values: Mapping[str, Any], ids: Sequence[int]) -> list[Outcome]:
    """Fills the form in on each file, all in this Work; a file on which it cannot be done is left as it was
    and named with the reason. Raises Refused, or NotReady for no file or too many."""
    require(work, form.right)
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise NotReady(NONE_CHOSEN)
    if len(chosen) > MOST:
        raise NotReady(TOO_MANY)
    typed = {one.key: written(one, values.get(one.key)) for one in common(form).fields}
    return [Outcome(row, _done(work, form, typed, row.id)) for row in rows(work, chosen)]


def common(form: Form) -> Form:
    """The form without the facts that differ from file to file (its people): those are taken as each file's
    own form would start with them."""
    sections = (replace(s, fields=tuple(f for f in s.fields if not _of_one_file(f))) for s in form.sections)
    return replace(form, sections=tuple(sections))


def _of_one_file(one: Field) -> bool:
    return one.choices is choices.people


def _own(form: Form, asked: Asked) -> dict[str, Any]:
    started = form.start(asked)
    return {one.key: written(one, started.get(one.key)) for one in form.fields if _of_one_file(one)}


def _done(work: Work, form: Form, typed: Mapping[str, Any], case_id: int) -> str:
    """Does it for one file; the sentence when it cannot be done, and then nothing of it stays."""
    try:
        with work.session.begin_nested():
            asked = case_forms.asked(work, form, case_id)
            submit(form, {**_own(form, asked), **typed}, asked)
    except AppError as error:
        if isinstance(error, Invalid) and error.problems:
            return " ".join(problem_words(form, error.problems))
        return error.sentence
    return ""
