"""Scans of a file: sending one in, and looking at one. A picture is drawn in the page through our own route;
a PDF is saved, since a browser would let it do more than show itself."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import fields, form
from pages.ui.format import joined, link, text
from pages.ui.screen import action, download_button, picture_address, screen
from services.access import Right, case_for
from services.errors import Refused
from services.registers.attachment_sheet import ADD, ADD_LABEL, OPEN, cells
from services.registers.core import NEVER_HERE
from services.scans import attachments
from services.scans.attachments import ScanKind

KIND, NAME, FILE = "Loại giấy tờ", "Tên giấy tờ", "Tệp PDF, ảnh JPEG hoặc PNG"
NAME_HELP = "Ví dụ: Giấy xác nhận số 12, trang 1 và 2"
HOW = (
    "Tối đa 10 MB một tệp; trên điện thoại chụp được ngay. Ảnh được thu gọn và bỏ nơi chụp trước khi lưu. "
    "Chữ ký số của tệp PDF chỉ còn là hình: cần kiểm tra chữ ký thì giữ tệp gốc. Mạng chậm: ảnh 3 MB gửi "
    "khoảng nửa phút."
)
SAVE, SAVING = "Lưu bản chụp", "Đang kiểm tra và lưu…"
NO_KIND, NO_FILE = "Cần chọn loại giấy tờ.", "Cần chọn tệp."
DOWNLOAD, CLOSE = "Tải về máy", "Đóng"
ONLY_SAVED = "Tệp PDF được tải về máy để xem; xem xong hãy xóa khỏi máy dùng chung."
TYPES = ["image/*", ".pdf"]  # a phone then offers its camera
SENT, SEEN = "scan:sent", "scan:seen"


def draw(name: str, case_id: int, row_id: int | None, *, done: Callable[[], None], leave: str) -> bool:
    """Draws what the address asks for about scans (`do=…`); whether it was one of ours."""
    if name != OPEN:
        st.session_state.pop(SEEN, None)
    if name != ADD:
        forget(st.session_state.pop(SENT, None))
    if name not in (ADD, OPEN):
        return False
    with st.container(border=True, key="open_form"):
        if name == ADD:
            st.html(f"<h2>{text(ADD_LABEL)}</h2>")
            _add(case_id, done, leave)
        else:
            _look(case_id, row_id or 0, leave)
    return True


def _add(case_id: int, done: Callable[[], None], leave: str) -> None:
    st.caption(HOW)
    grid = st.grid(2, min_column_width=240, gap=("xsmall", "small"))
    with grid.cell():
        kind = st.selectbox(
            f"{KIND} *",
            list(ScanKind),
            index=None,
            key=f"scan:{case_id:x}:kind",
            format_func=lambda one: one.label,
            placeholder=fields.CHOOSE,
        )
        kind_said = st.empty()
    with grid.cell():
        title = st.text_input(f"{NAME} *", key=f"scan:{case_id:x}:title", help=NAME_HELP, autocomplete="off")
        title_said = st.empty()
    number = st.session_state.setdefault("scan:number", 0)
    file = st.file_uploader(f"{FILE} *", type=TYPES, key=f"scan:{case_id:x}:file:{number}")
    file_said = st.empty()
    st.html(f'<p class="quiet">{text(NEVER_HERE)}</p>')
    st.session_state[SENT] = file.file_id if file is not None else None
    kept: set[str] = st.session_state.setdefault("scan:kept", set())  # a plain set: adding is never interrupted
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(SAVE, type="primary", key=f"scan:{case_id:x}:save")
        st.html(link(leave, form.LEAVE, kind="leave"), width="content")
    if not pressed:
        return
    problems: dict[str, str] = {}
    if kind is None or file is None:
        said = {"kind": (kind, NO_KIND), "title": (title.strip(), attachments.NO_TITLE), "file": (file, NO_FILE)}
        problems = {field: sentence for field, (given, sentence) in said.items() if not given}
    elif file.file_id not in kept:
        problems = _save(case_id, kind, title, file, kept)
    for field, place in (("kind", kind_said), ("title", title_said), ("file", file_said)):
        if field in problems:
            place.html(f'<p class="problem" role="alert">{text(problems[field])}</p>')
    if file is not None and file.file_id in kept:
        forget(file.file_id)
        for key in ("kind", "title"):
            st.session_state.pop(f"scan:{case_id:x}:{key}", None)
        st.session_state["scan:number"] = number + 1
        st.session_state["flash"] = form.SAVED
        done()


def _save(case_id: int, kind: ScanKind, title: str, file: Any, kept: set[str]) -> dict[str, str]:
    """The problems of fields; the file's id is in `kept` from the moment it is safe."""
    with st.spinner(SAVING), action() as act:
        case = case_for(act.work, case_id)
        right = attachments.adding_right(act.work, case)
        if right is None:
            raise Refused
        attachments.add(act.work, case, kind=kind, title=title, data=file.getvalue(), right=right)
    if act.done:
        kept.add(file.file_id)
    return act.problems


def forget(file_id: str | None) -> None:
    """What was sent in does not stay in the server's memory once it is kept, or the form is left."""
    context = get_script_run_ctx()
    if file_id and context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file_id)


def _look(case_id: int, row_id: int, leave: str) -> None:
    with screen() as work:
        scan = attachments.get(work, row_id)
        if scan.case_id != case_id:
            raise Refused
        name, pdf = attachments.file_name(work, scan), attachments.is_pdf(scan)
        said = joined(text(cell) for cell in cells(scan) if cell != scan.title)
        media_type, what = scan.media_type.value, scan.title
    st.html(f'<h2>{text(what)}</h2><p class="quiet">{said}</p>')
    if pdf:
        st.caption(ONLY_SAVED)
    else:
        seen = st.session_state.get(SEEN)
        if seen is None or seen[0] != row_id:  # one fetch while it stays open, whatever else is done on the page
            address = picture_address(
                name=name,
                media_type=media_type,
                right=Right.READ_CASES,
                produce=lambda work: attachments.read(work, attachments.get(work, row_id)),
            )
            seen = st.session_state[SEEN] = (row_id, address)
        st.html(f'<div class="scan"><img src="{text(seen[1])}" alt="{text(what)}" tabindex="0"></div>')
    with st.container(horizontal=True, vertical_alignment="center"):
        download_button(
            DOWNLOAD,
            name=name,
            media_type=media_type,
            right=Right.READ_CASES,
            produce=lambda work: attachments.read(work, attachments.get(work, row_id)),
            what=None,
            key=f"scan:{row_id:x}:download",
            type="primary" if pdf else "secondary",
        )
        st.html(link(leave, CLOSE, kind="leave"), width="content")
