"""Ages on a day, in the three bands the laws know; a birth year alone counts as 1 July, a month as its 15th."""

from datetime import date

from db.fields import LabelledEnum, PartialDate


class AgeBand(LabelledEnum):
    """*Trẻ em* ends at 16 (Luật Trẻ em Đ.1), the minor of the other laws at 18."""

    UNDER_16 = "under_16", "Dưới 16 tuổi"
    UNDER_18 = "under_18", "Từ đủ 16 đến dưới 18 tuổi"
    ADULT = "adult", "Từ đủ 18 tuổi trở lên"
    UNKNOWN = "unknown", "Chưa rõ"


def age_band(birth: date, day: date) -> AgeBand:
    """The band of somebody born on `birth`, on `day`."""
    years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return AgeBand.UNDER_16 if years < 16 else AgeBand.UNDER_18 if years < 18 else AgeBand.ADULT


def band_of(birth: PartialDate | None, day: date) -> AgeBand:
    """The band of somebody whose birth may be known in part."""
    return age_band(birth.day, day) if birth else AgeBand.UNKNOWN


def under_18(birth: PartialDate | None, day: date) -> bool:
    """Known to be under 18 on the day."""
    return band_of(birth, day) in (AgeBand.UNDER_16, AgeBand.UNDER_18)
