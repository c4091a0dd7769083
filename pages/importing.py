"""Nhập, xuất sổ: a register tried, then entered as a whole; undone as a whole; taken out again."""

from collections.abc import Callable

import streamlit as st

from pages.ui import form, imports, links
from pages.ui.format import read_id, text
from pages.ui.screen import action, download_button, screen
from services import import_trial, importing
from services.access import Right, has
from services.errors import Refused
from services.import_trial import updates
from services.importing import Plan, Result
from services.reports import pdf
from services.text import vn_number
from services.work import Work

TITLE = "Nhập, xuất sổ"
UPLOAD = "Chọn sổ tiếp nhận (.xlsx)"
HOW = "Phần mềm đọc thử trước, chưa ghi gì. Dòng đúng được nhập, dòng sai được trả lại kèm lý do."
READING, WRITING, UNDOING = "Đang đọc sổ…", "Đang nhập sổ…", "Đang hoàn tác…"
ENTER, LEAVE, REFUSED_FILE = "Nhập sổ", "Bỏ, chọn tệp khác", "Tải các dòng bị từ chối"
NOTHING_NEW = "Không có dòng nào mới để nhập."
TEMPLATE, OUT_XLSX, OUT_PDF = "Tải mẫu trống", "Xuất sổ Excel", "Xuất sổ PDF (A4 ngang)"
OUT, OUT_HELP = "Xuất sổ", "Gồm các hồ sơ và cột bạn được xem. Mỗi lần xuất được ghi vào nhật ký."
BATCHES, NO_BATCH = "Các đợt đã nhập", "Chưa có đợt nhập nào."
UNDO, KEEP = "Hoàn tác đợt này", "Giữ nguyên"
UNDO_WORDS = (
    "Hoàn tác: xóa các hồ sơ của đợt này và trả các hồ sơ đã cập nhật về như trước khi nhập. "
    "Không làm được nếu đã có người sửa một trong các hồ sơ ấy."
)
UNDONE = "Đã hoàn tác đợt nhập."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAN, RESULT, REJECTED, NUMBER = "import:plan", "import:result", "import:rejected", "import:number"


def render() -> None:
    form.flash()
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    with screen() as work:
        enters, exports = has(work.actor, Right.IMPORT), has(work.actor, Right.EXPORT)
        if not (enters or exports):
            raise Refused
    if enters:
        _enter()
    if exports:
        _out(enters)
    if enters:
        _batches()


def _enter() -> None:
    if result := st.session_state.get(RESULT):
        st.html(imports.done(result))
        if left := st.session_state.get(REJECTED):
            _refused(left)
    plan: Plan | None = st.session_state.get(PLAN)
    if plan is None:
        _upload()
    else:
        _tried(plan)


def _upload() -> None:
    number = st.session_state.setdefault(NUMBER, 0)
    file = st.file_uploader(UPLOAD, type="xlsx", key=f"import_file:{number}", help=HOW)
    if file is None:
        st.caption(HOW)
        return
    bar = st.progress(0.0, READING)
    with screen() as work:
        plan = import_trial.attempt(work, file.getvalue(), name=file.name, progress=_progress(bar, READING))
    st.session_state[PLAN] = plan
    st.session_state.pop(RESULT, None)
    st.session_state.pop(REJECTED, None)
    st.session_state[NUMBER] = number + 1  # the file itself is let go
    st.rerun()


def _progress(bar: st.delta_generator.DeltaGenerator, words: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"{words} {vn_number(done)}/{vn_number(total)}")

    return show


def _tried(plan: Plan) -> None:
    """What entering this register would do; the updates to tick; then enter or leave."""
    st.html(imports.summary(plan))
    ticked = _updates(plan)
    result = plan.result(ticked)
    with st.container(horizontal=True, vertical_alignment="center"):
        count = result.accepted + result.changed
        label = f"{ENTER}: {vn_number(result.accepted)} dòng mới" + (
            f", {vn_number(result.changed)} cập nhật" if result.changed else ""
        )
        entered = bool(count) and st.button(label, type="primary", key="import_enter")
        if not count:
            st.html(f"<p><b>{NOTHING_NEW}</b></p>", width="content")
        if result.refused:
            _refused(plan)
        left = st.button(LEAVE, type="tertiary", key="import_leave")
    if entered:
        _carry_out(plan, ticked)
    if left:
        st.session_state.pop(PLAN, None)
        st.rerun()
    _tables(plan, result)


def _refused(plan: Plan) -> None:
    """The refused rows as a file: correct them there, and import it."""
    download_button(
        REFUSED_FILE,
        name="Các dòng bị từ chối.xlsx",
        media_type=XLSX,
        right=Right.IMPORT,
        produce=lambda work: importing.refused_rows_xlsx(plan),
        what="register",
        key="import_refused",
    )


def _updates(plan: Plan) -> frozenset[int]:
    """Rows that differ from a file: each is ticked to be updated, or left as it is."""
    found = updates(plan)
    if not found:
        return frozenset()
    st.html(f'<section class="block head"><h2>{imports.DIFFERING} ({vn_number(len(found))})</h2></section>')
    mark = plan.digest[:8]
    if len(found) > 1 and st.checkbox(imports.TICK_ALL, key=f"import_all:{mark}"):
        return frozenset(line.place for line in found)
    ticked: set[int] = st.session_state.setdefault(f"import:ticked:{mark}", set())  # on every page of the rows
    for line in imports.paged(found, "import_updates"):
        if st.checkbox(imports.tick_label(line), line.place in ticked, key=f"import_tick:{mark}:{line.place}"):
            ticked.add(line.place)
        else:
            ticked.discard(line.place)
        st.html(imports.differences(line))
    return frozenset(ticked)


def _carry_out(plan: Plan, ticked: frozenset[int]) -> None:
    """One transaction: a stop, a reload or an error leaves nothing behind."""
    bar = st.progress(0.0, WRITING)
    with action() as act:
        result = import_trial.carry_out(act.work, plan, update=ticked, progress=_progress(bar, WRITING))
    if act.done:
        st.session_state.pop(PLAN, None)
        st.session_state[RESULT] = result
        st.session_state[REJECTED] = plan if result.refused else None
        st.session_state["flash"] = form.SAVED
        st.rerun()


def _tables(plan: Plan, result: Result) -> None:
    with screen() as work:
        new = import_trial.new_rows(work, plan)
        whose = import_trial.whose(work, plan, (*result.refused, *result.warnings))
    if result.refused:
        imports.remarks(imports.REFUSED, result.refused, "import_refused_rows", whose)
    if new:
        with st.expander(f"{imports.NEW} ({vn_number(len(new))})"):
            st.html(imports.new_table(imports.paged(new, "import_new")))
    if result.warnings:
        with st.expander(f"{imports.WARNED} ({vn_number(len(result.warnings))})"):
            imports.remarks("", result.warnings, "import_warnings", whose)


def _out(enters: bool) -> None:
    st.html(f'<section class="block head"><h2>{OUT}</h2><p class="quiet">{OUT_HELP}</p></section>')
    with st.container(horizontal=True):
        _file(OUT_XLSX, "Sổ tiếp nhận.xlsx", XLSX, Right.EXPORT, importing.register_xlsx, "register_xlsx")
        _file(OUT_PDF, "Sổ tiếp nhận.pdf", "application/pdf", Right.EXPORT, _register_pdf, "register_pdf")
        if enters:
            _file(TEMPLATE, "Mẫu sổ tiếp nhận.xlsx", XLSX, Right.IMPORT, importing.template, "register_template")


def _file(
    label: str, name: str, media_type: str, right: Right, produce: Callable[[Work], bytes], key: str
) -> None:
    download_button(
        label, name=name, media_type=media_type, right=right, produce=produce, what="register", key=key
    )


def _register_pdf(work: Work) -> bytes:
    return pdf.render(importing.register_pdf_document(work))


def _batches() -> None:
    with screen() as work:
        found = import_trial.batch_lines(work)
    asked = read_id(st.query_params.get("undo"))
    chosen = next((line for line, _ in found if line.id == asked and line.undone_at is None), None)
    st.html(f'<section class="block head"><h2>{BATCHES}</h2></section>')
    if chosen is not None:
        _undo(chosen)
    st.html(imports.batches(found) if found else f'<p class="quiet">{NO_BATCH}</p>')


def _undo(line: importing.BatchLine) -> None:
    with st.container(border=True):
        st.html(f"<p><b>{text(line.file_name)}</b>: {UNDO_WORDS}</p>")
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(UNDO, type="primary", key="import_undo")
            st.html(links.to_screen("import", KEEP, kind="leave"), width="content")
    if not pressed:
        return
    bar = st.progress(0.0, UNDOING)
    with action() as act:
        importing.undo(act.work, line.id, progress=_progress(bar, UNDOING))
    if act.done:
        st.session_state["flash"] = UNDONE
        st.session_state.pop(RESULT, None)
        st.query_params.pop("undo", None)
        st.rerun()
