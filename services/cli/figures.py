"""The figures of a period as lines for the console, from the same JSON that `--json` prints."""

from collections.abc import Iterator, Mapping
from typing import Any

from db.verification import Outcome
from services.figures import Line, TargetKey
from services.text import vn_number

ACCOUNT = {
    "opening": "Kỳ trước chuyển sang",
    "received": "Tiếp nhận trong kỳ",
    "reopened": "Mở lại trong kỳ",
    "closing": "Còn lại cuối kỳ",
}
MONEY = {"money": "Kinh phí hỗ trợ (đồng)", "loans": "Vay vốn (đồng)"}


def as_lines(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(label, value) in the order a report has them."""
    for key, label in ACCOUNT.items():
        yield label, vn_number(found[key])
    for key, count in found["concluded"].items():
        yield f"Kết luận: {Outcome(key).label}", vn_number(count)
    for key, count in found["lines"].items():
        yield f"  {Line(key).label}", vn_number(count)
    for key, target in found["targets"].items():
        yield TargetKey(key).label, f"{vn_number(target['met'])}/{vn_number(target['of'])}"
    for key, label in MONEY.items():
        yield label, vn_number(found[key])
