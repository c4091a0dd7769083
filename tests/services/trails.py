"""The trail, read and tampered with."""

from services.office import Office
from services.trail_check import Anchor, anchor_of
from tests.db.rows import reading


def noted(office: Office) -> Anchor:
    with reading(office) as work:
        return anchor_of(work)
