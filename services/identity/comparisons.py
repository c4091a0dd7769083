"""What a file's page says of other files: merged into which, with whom it may be the same, what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.cases import Case, CaseState
from db.matching import Sameness
from db.people import Person
from services.access import Right, case_for, seen, shows
from services.errors import Refused
from services.identity import matching, merging, sameness
from services.identity.comparing import Compared, compare, known_of
from services.identity.matching import Candidate
from services.text import vn_date
from services.work import Work

UNDO, UNMERGE, COMPARE = "Bỏ", "Tách lại", "Đối chiếu"


@dataclass(frozen=True)
class OtherFile:
    case_id: int
    code: str


@dataclass(frozen=True)
class Decided:
    """One other file and what it is to this one. `acts`: form, row and label of what may be done about it."""

    words: str
    code: str
    case_id: int  # 0: not to be opened by this person
    acts: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class About:
    """Everything of this kind about one file. `kept`: the file in which it ended."""

    kept: OtherFile | None = None
    merge_id: int = 0
    may_undo: bool = False
    likely: Sequence[Candidate] = ()
    decided: Sequence[Decided] = ()


@dataclass(frozen=True)
class Two:
    """Two files side by side, by their numbers."""

    codes: tuple[str, str]
    facts: Sequence[Compared]


def of(work: Work, case_id: int) -> About:
    """What there is to say to this person; nothing to those who do not see who the file is about."""
    case = case_for(work, case_id)
    into = merging.merged_into(work, case) if case.state is CaseState.MERGED else None
    if into is not None:
        kept = _seen(work, into.case_id)
        may = kept is not None and merging.may_unmerge(work, kept)
        return About(OtherFile(kept.id, kept.code) if kept else None, into.id, may)
    if not shows(work.actor, Person.full_name):
        return About()
    likely = matching.of_case(work, case) if sameness.may(work, Right.INTAKE, case) else ()
    return About(likely=likely, decided=(*_merged(work, case), *_decisions(work, case)))


def two(work: Work, case_id: int, other_id: int | None) -> Two:
    """Both files for a comparison, this one first; that both were read is in the trail. Raises Refused."""
    case = case_for(work, case_id, Right.INTAKE)
    other = sameness.other_file(work, case, other_id)
    for one in (case, other):
        seen(work, one)
    return Two((case.code, other.code), compare(work, known_of(work, case), known_of(work, other)))


def _merged(work: Work, case: Case) -> Iterator[Decided]:
    may = merging.may_unmerge(work, case)
    for merge in merging.merged_here(work, case):
        gone = work.session.get_one(Case, merge.merged_id)
        there = _seen(work, gone.id)
        acts = (("unmerge", merge.id, UNMERGE),) if may else ()
        said = f"Đã ghép ngày {vn_date(merge.merged_on)}: hồ sơ"
        yield Decided(said, gone.code, gone.id if there else 0, acts)


def _decisions(work: Work, case: Case) -> Iterator[Decided]:
    may = sameness.may(work, Right.INTAKE, case)
    for one in sameness.decisions(work, case):
        same = one.match.sameness is Sameness.SAME
        undo = (("unmatch", one.match.id, UNDO),) if may or sameness.may(work, Right.REVIEW, case) else ()
        closer = (("match", one.case_id, COMPARE),) if may and same else ()
        words = "Cùng một người, lần tiếp nhận khác: hồ sơ" if same else "Đã xác định là người khác: hồ sơ"
        yield Decided(words, one.code, one.case_id, (*closer, *undo))


def _seen(work: Work, case_id: int) -> Case | None:
    try:
        return case_for(work, case_id)
    except Refused:
        return None
