"""What a stored document holds: the composed `Document`, what it was made from, why it was cancelled."""

import json
from dataclasses import dataclass
from typing import Any

from db.fields import Sensitivity
from services.letters.composing import Composed, Wishes
from services.reports.document import Document


@dataclass(frozen=True)
class Content:
    document: Document
    wishes: Wishes
    missing: tuple[str, ...]
    needs: frozenset[Sensitivity]
    cancelled: str = ""  # the reason
    others: tuple[int, ...] = ()  # other files of which somebody is named

    def to_text(self) -> str:
        known: dict[str, Any] = {
            "document": self.document.to_dict(),
            "wishes": self.wishes.to_dict(),
            "missing": list(self.missing),
            "needs": sorted(one.value for one in self.needs),
            "cancelled": self.cancelled,
            "others": list(self.others),
        }
        return json.dumps(known, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "Content":
        known = json.loads(text)
        return cls(
            Document.from_dict(known["document"]),
            Wishes.from_dict(known["wishes"]),
            tuple(known["missing"]),
            frozenset(Sensitivity(one) for one in known["needs"]),
            known["cancelled"],
            tuple(known.get("others", ())),
        )

    @classmethod
    def of(cls, made: Composed, wishes: Wishes) -> "Content":
        return cls(made.document, wishes, made.missing, made.needs, others=made.others)
