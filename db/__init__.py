"""What is stored. Importing this package maps every table."""

from db import (
    accounts,
    attachments,
    cases,
    contacts,
    desk,
    handover,
    imports,
    letters,
    matching,
    people,
    places,
    plan,
    protection,
    referrals,
    removal,
    reports,
    support,
    trail,
    verification,
)

__all__ = [
    "accounts", "attachments", "cases", "contacts", "desk", "handover", "imports", "letters", "matching", "people",
    "places", "plan", "protection", "referrals", "removal", "reports", "support", "trail", "verification",
]  # fmt: skip
