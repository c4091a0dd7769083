"""Languages, safe contacts, guardians and relatives of invented people; any likeness to somebody is chance."""

from random import Random
from typing import Any

from db.fields import PartialDate
from db.people import PersonKind, Sex
from services.ages import under_18
from services.demo import names as demo_names
from services.intake import Reception
from services.people import Companion, Known

TONGUES = {
    "Mông": ("Tiếng Mông", 0.5),
    "Dao": ("Tiếng Dao", 0.25),
    "Tày": ("Tiếng Tày", 0.05),
}  # needs interpreting
CALLS = (
    "Chị ruột, xưng là bạn học cũ",
    "Qua chị Hội trưởng phụ nữ thôn",
    "Mẹ, chỉ hỏi thăm sức khỏe",
    "Chỉ gặp trực tiếp tại UBND xã",
)
NEVERS = (
    "Sau 20 giờ; khi chồng ở nhà",
    "Số của gia đình nhà chồng",
    "Ngày chợ phiên, đang đi cùng người khác",
)
GUARDIANS = (("Mẹ", True), ("Cha", False), ("Ông, bà", True), ("Anh, chị", True))
RELATIVES = (("Mẹ", True, 45), ("Em", False, 17), ("Anh, chị", True, 30))


def details(rng: Random, facts: Reception) -> dict[str, Any]:
    """What a careful officer adds to a reception: how to speak to and reach the person, who stands for them."""
    found: dict[str, Any] = {}
    language, interpreted = TONGUES.get(facts.ethnic or "", ("Tiếng Việt", 0.0))
    if rng.random() < 0.5:
        found |= {"language": language, "interpreter": rng.random() < interpreted}
    if rng.random() < 0.6:
        found["safe_contact"] = rng.choice(CALLS)
        found["no_contact"] = rng.choice(NEVERS) if rng.random() < 0.5 else None
    if under_18(facts.birth, facts.received_on) and rng.random() < 0.8:
        found |= guardian(rng, facts.ethnic or "Kinh")
    return found


def guardian(rng: Random, ethnic: str) -> dict[str, Any]:
    relation, female = rng.choice(GUARDIANS)
    name = demo_names.full_name(rng, ethnic, female)
    return {"guardian_name": name, "guardian_relation": relation, "guardian_phone": demo_names.phone(rng)}


def relative(rng: Random, facts: Known) -> Companion:
    """A relative in danger with the person received."""
    relation, female, years = rng.choice(RELATIVES)
    born = PartialDate(str(2018 - years))
    name = demo_names.full_name(rng, facts.ethnic or "Kinh", female)
    sex = Sex.FEMALE if female else Sex.MALE
    kind = PersonKind.RELATIVE
    return Companion(full_name=name, kind=kind, relation=relation, sex=sex, birth=born, ethnic=facts.ethnic)
