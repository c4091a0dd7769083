"""Every form declared in `services/registers`, found by looking: a new one is tested without being named."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from services import periods, registers
from services.registers.core import Field, Form
from services.registers.report_forms import report_form


def _declared() -> Iterator[Form]:
    for found in pkgutil.iter_modules(registers.__path__):
        for value in vars(importlib.import_module(f"{registers.__name__}.{found.name}")).values():
            yield from (one for one in _inside(value) if isinstance(one, Form))
    yield report_form(periods.parse("2018"), None)  # one a period, made when it is asked for


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, tuple | list) else (value,)


EVERY: dict[str, Form] = {form.name: form for form in _declared()}
FIELDS: dict[str, Field] = {f"{name}.{one.key}": one for name, form in EVERY.items() for one in form.fields}
