"""Hôm nay: what must be done today, every line a link."""

import streamlit as st

from pages.ui.format import badge, day, late_tone, text
from pages.ui.links import href, to_screens
from pages.ui.screen import action, download_button, go_to, screen
from services import account_choices, today
from services.access import Right, has
from services.passwords import NEW_PASSWORD
from services.text import vn_number
from services.today import BackupState, Group, Item, ReportTask, Today
from services.work import Actor, Work

TITLE, REPORTS, SYSTEM, GO = "Hôm nay", "Báo cáo đến hạn", "Hệ thống", "Mở nhanh"
NOTHING = "Không có việc nào đang chờ."
NO_REPORT = "Không có báo cáo nào đến hạn trong ba tháng tới."
NOT_SENT = "chưa ghi số, ngày báo cáo"
READY = "đã ghi số, ngày"
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
QUICK = ("intake", "cases", "import", "statistics", "reports", "accounts", "trail", "plan", "law", "guide")
PRINT, PRINTED = "In danh sách việc", "danh-sach-viec.pdf"
CHANGE_OWN = "Đổi mật khẩu của bạn"
PASSWORDS = {
    "current": "Mật khẩu đang dùng",
    "password": NEW_PASSWORD,
    "again": "Gõ lại mật khẩu mới",
}
TONES = {"late": "bad", "wait": "wait"}


def render() -> None:
    with screen() as work:
        actor, found = work.actor, today.of(work)
    date = f"{WEEKDAYS[found.day.weekday()]}, ngày {day(found.day)}"
    parts = [f'<div class="page-title"><h1>{TITLE}</h1><span class="quiet">{date}</span></div><div class="desk">']
    if found.works_on_cases or found.groups:
        parts.append(f'<div class="wide">{_groups(found.groups)}</div>')
    if found.follows_reports:
        parts.append(_section(REPORTS, _reports(found)))
    if found.backup:
        parts.append(_section(SYSTEM, _backup(found.backup)))
    parts.append(_section(GO, _quick(actor), "screen-only"))
    st.html("".join(parts) + "</div>")
    _print(actor)
    with st.expander(CHANGE_OWN):
        _own_password()


def _print(actor: Actor) -> None:
    """The same on paper, with the files behind each line, for those who work on files."""
    if has(actor, Right.READ_CASES):
        download_button(
            PRINT,
            name=PRINTED,
            media_type="application/pdf",
            right=Right.READ_CASES,
            produce=_printed,
            what="danh sách việc",
            key="print_today",
            icon=":material/print:",
        )


def _printed(work: Work) -> bytes:
    from services.reports import pdf, todo  # only when somebody prints

    return pdf.render(todo.compose(work))


def _own_password() -> None:
    """One's own password; the sessions end, so the next page is the sign-in."""
    problems: dict[str, str] = st.session_state.get("today:problems", {})
    grid, typed = st.columns(3), {}
    for place, (name, label) in zip(grid, PASSWORDS.items(), strict=True):
        with place:
            kept = "current-password" if name == "current" else "new-password"
            typed[name] = st.text_input(label, type="password", key=f"own:{name}", autocomplete=kept) or ""
            if name in problems:
                st.html(f'<p class="problem" role="alert">{text(problems[name])}</p>')
    if not st.button(CHANGE_OWN, key="own_password_save"):
        return
    with action() as act:
        account_choices.change_own_password(
            act.work, current=typed["current"], new=typed["password"], again=typed["again"]
        )
    st.session_state["today:problems"] = act.problems
    if act.done:
        go_to("/")
    elif act.problems:
        st.rerun()


def _section(title: str, inside: str, kind: str = "") -> str:
    return f'<section class="block {kind}"><h2>{title}</h2>{inside}</section>'


def _groups(groups: tuple[Group, ...]) -> str:
    if not groups:
        return f'<section class="block"><p class="quiet">{NOTHING}</p></section>'
    return "".join(_section(group.title, _items(group)) for group in groups)


def _items(group: Group) -> str:
    lines = "".join(f"<li>{_item(item, TONES.get(group.tone, 'calm'))}</li>" for item in group.items)
    return f'<ul class="todo">{lines}</ul>'


def _item(item: Item, tone: str) -> str:
    count = f'<b class="count {tone}">{vn_number(item.count)}</b>' if item.count is not None else ""
    detail = f' <span class="quiet">{text(item.detail)}</span>' if item.detail else ""
    return f'<a href="{text(item.address)}">{count}<span>{text(item.label)}{detail}</span></a>'


def _reports(found: Today) -> str:
    if not found.reports:
        return f'<p class="quiet">{NO_REPORT}</p>'
    lines = "".join(f"<li>{_report(task)}</li>" for task in found.reports)
    habit = f'<p class="quiet">{text(found.habit)}</p>' if found.habit else ""
    return f'{habit}<ul class="due">{lines}</ul>'


def _report(task: ReportTask) -> str:
    late = badge(task.lateness.words, late_tone(task.lateness))
    if task.numbered is None:
        return f'<b>{text(task.words)}</b> {late}<p class="quiet">Hạn {day(task.due)}</p>'
    unit = format(task.unit_id, "x") if task.unit_id else None
    address = href("reports", period=task.period, unit=unit)
    state = READY if task.numbered else NOT_SENT
    return (
        f'<a href="{text(address)}">{text(task.words)}</a> {late}<p class="quiet">Hạn {day(task.due)}, {state}</p>'
    )


def _backup(state: BackupState) -> str:
    tone, word = ("bad", "Cần xử lý") if state.late else ("good", "Bình thường")
    return f"<p>{text(state.words)} {badge(word, tone)}</p>"


def _quick(actor: Actor) -> str:
    return f'<p class="also">{to_screens(actor, QUICK)}</p>'
