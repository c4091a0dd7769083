"""What was typed into a form, read; what is stored, written as it would be typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.access import shows
from services.errors import AppError, Invalid
from services.registers.core import Asked, Choice, Field, Form, Kind, code_of
from services.text import clean, parse_amount, parse_date, parse_partial, vn_date, vn_number


@dataclass(frozen=True)
class Shown:
    """A field as it stands now: the list it offers, depending on what is known before it."""

    field: Field
    options: Sequence[Choice]
    required: bool = False
    usual: str | None = None  # the code chosen unless somebody says otherwise
    beside: str = ""


@dataclass(frozen=True)
class Looked:
    """What was typed, read as far as it can be. `values` has None for what is empty."""

    shown: Mapping[str, Shown]
    values: dict[str, Any]
    problems: dict[str, str]


def look(form: Form, typed: Mapping[str, Any], asked: Asked) -> Looked:
    """Reads a form field by field. `typed`: field → text as typed, the code chosen, or a flag.

    A field this person may not see is neither drawn nor read; one that does not apply is None.
    """
    shown: dict[str, Shown] = {}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for one in form.fields:
        if not shows(asked.work.actor, one.source):
            continue
        now = replace(asked, known=values)
        values[one.key] = None
        if one.when is not None and not one.when(now):
            continue
        shown[one.key] = _shown(one, now)
        try:
            values[one.key] = _value(shown[one.key], typed.get(one.key))
        except Invalid as error:
            problems[one.key] = error.sentence
    return Looked(shown, values, problems)


def _shown(one: Field, now: Asked) -> Shown:
    options = one.options(now)
    required = one.required or (one.needed is not None and one.needed(now))
    usual: Any = None
    if one.usual is not None:
        usual = one.usual(now, options)
    elif one.required and len(options) == 1:
        usual = options[0].value
    code = next((choice.code for choice in options if choice.value == usual), None)
    return Shown(one, options, required, code, one.beside(now) if one.beside else "")


def read(form: Form, typed: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """The facts for the verb. Raises Invalid with the sentences of all fields."""
    looked = look(form, typed, asked)
    if looked.problems:
        raise Invalid(looked.problems)
    return looked.values


def submit(form: Form, typed: Mapping[str, Any], asked: Asked) -> Any:
    """Saves what was typed through the form's verb. Raises Invalid with every sentence at once: those of
    the fields, and those of the verb as far as it can be asked without the fields that are wrong."""
    looked = look(form, typed, asked)
    if not looked.problems:
        return form.save(asked, looked.values)
    problems = dict(looked.problems)
    if not any(looked.shown[key].field.required for key in problems):
        try:
            form.save(asked, looked.values)
        except Invalid as error:
            problems |= {key: said for key, said in error.problems.items() if key not in problems}
        except AppError:
            raise Invalid(problems) from None  # the rest is said when the fields are right
    raise Invalid(problems)


def written(one: Field, value: Any) -> Any:
    """A stored value as it stands in the form's field: the inverse of reading."""
    if one.kind is Kind.FLAG:
        return bool(value)
    if one.kind is Kind.MANY:
        return [code_of(each) for each in value or ()]
    if value is None:
        return None if one.kind is Kind.CHOICE else ""
    if one.kind in (Kind.DAY, Kind.BIRTH):
        return vn_date(value)
    if one.kind in (Kind.AMOUNT, Kind.CHANGE):
        return vn_number(value)
    return code_of(value) if one.kind is Kind.CHOICE else str(value)


def problem_words(form: Form, problems: Mapping[str, str]) -> list[str]:
    """Each problem with the label of its field, for the list above the form."""
    labels = {one.key: one.words for one in form.fields}
    return [f"{labels[key]}: {said}" if key in labels else said for key, said in problems.items()]


def _value(one: Shown, typed: Any) -> Any:
    if one.field.kind is Kind.FLAG:
        return bool(typed)
    if one.field.kind is Kind.MANY:
        return _several(one, typed or ())
    text = clean(str(typed)) if typed is not None else ""
    if not text:
        if one.required:
            raise Invalid(sentence=_missing(one.field))
        return None
    if len(text) > one.field.longest:
        raise Invalid(sentence=f"Quá dài: nhiều nhất {one.field.longest} ký tự.")
    match one.field.kind:
        case Kind.DAY:
            return parse_date(text)
        case Kind.BIRTH:
            return parse_partial(text)
        case Kind.AMOUNT:
            return parse_amount(text)
        case Kind.CHANGE:
            return _signed(text)
        case Kind.CHOICE:
            return _chosen(one, text)
    return text


def _chosen(one: Shown, code: str) -> Any:
    for option in one.options:
        if code == option.code:
            return option.value
    raise Invalid(sentence=one.field.gone or _missing(one.field))


def _several(one: Shown, codes: Sequence[str]) -> list[Any]:
    if one.required and not codes:
        raise Invalid(sentence=_missing(one.field))
    return [_chosen(one, code) for code in codes]


def _signed(text: str) -> int:
    minus = text[:1] in "-−–"
    amount = parse_amount(text.lstrip("+-−– "))
    return -amount if minus else amount


def _missing(one: Field) -> str:
    verb = "chọn" if one.kind in (Kind.CHOICE, Kind.MANY) else "ghi"
    return f"Cần {verb} {one.words[0].lower()}{one.words[1:]}."
