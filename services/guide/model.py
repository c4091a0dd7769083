"""What a guide is made of."""

from dataclasses import dataclass

from db.accounts import Role


@dataclass(frozen=True)
class Step:
    """One sentence. `screen` is the address of the screen where it is done."""

    text: str
    screen: str | None = None


@dataclass(frozen=True)
class Chapter:
    title: str
    steps: tuple[Step, ...]
    ordered: bool = False  # steps that follow one another


@dataclass(frozen=True)
class Guide:
    """The page of one role: what it is for, its days, then what everybody must know."""

    role: Role
    purpose: str
    chapters: tuple[Chapter, ...]
