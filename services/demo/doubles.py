"""People who stand in two files: one pair nobody has looked at, one linked, one merged."""

from random import Random

from db.cases import Way
from db.fields import PartialDate
from services.demo.lately import Told, receive
from services.demo.places import Places
from services.demo.since import COMMUNE, DEPARTMENT, POLICE
from services.demo.staff import Staff
from services.identity import merging, sameness
from services.work import Work

T = Told
BACK = (("request", 395), ("given", 394), ("victim", 360), ("accepted", 0), ("close", 210))
# The same name and birth, written by two units in another order.
UNSEEN = (
    T(
        16,
        COMMUNE,
        (("request", 14), ("given", 14)),
        {"full_name": "Lục Thị Hiên", "birth": PartialDate("2004-05-12")},
    ),
    T(11, POLICE, (("given", 10),), {"full_name": "Hiên Lục Thị", "birth": PartialDate("2004-05-12")}),
)
# Came back, was supported, the file was closed; trafficked again and received again.
AGAIN = (
    T(400, DEPARTMENT, BACK, {"full_name": "Bàn Thị Mẩy", "birth": PartialDate("2001"), "way": Way.SELF_RETURN}),
    T(
        12,
        DEPARTMENT,
        (("request", 10), ("given", 9)),
        {"full_name": "Bàn Mùi Mẩy", "birth": PartialDate("2001-03")},
    ),
)
# One reception, told by the commune and by the police on the same day.
TWICE = (
    T(22, COMMUNE, (("given", 21),), {"full_name": "Hầu Thị Say", "birth": PartialDate("2006-09")}),
    T(22, POLICE, (("request", 20),), {"full_name": "Hầu Thị Say", "birth": PartialDate("2006-09-02")}),
)
PAIRS = (UNSEEN, AGAIN, TWICE)


def doubles(work: Work, staff: Staff, *, seed: int = 1837) -> None:
    """Makes the three pairs, in this Work."""
    rng, places = Random(seed + 1), Places(work)  # noqa: S311 (nothing secret)
    _, again, twice = ([receive(work, staff, places, rng, told) for told in pair] for pair in PAIRS)
    staff.sits(DEPARTMENT)
    sameness.link(work, again[1], again[0])
    merging.merge(work, twice[0], twice[1], reason="Xã và Công an tỉnh cùng ghi một lần tiếp nhận.")
    staff.leaves()
