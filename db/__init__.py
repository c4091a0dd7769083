"""What is stored. Importing this package maps every table."""

from db import (
    accounts,
    cases,
    imports,
    people,
    places,
    plan,
    protection,
    reports,
    support,
    trail,
    verification,
)

__all__ = [
    "accounts", "cases", "imports", "people", "places", "plan",
    "protection", "reports", "support", "trail", "verification",
]  # fmt: skip
