"""The measuring client speaks Streamlit's own language, and `duongve bench` prints every measure."""

import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from services import bench
from services.bench import client as bench_client
from services.bench.client import Tab


class Line:
    """A websocket that keeps what is sent and answers what it was given."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.sent = list(answers), b""

    async def send(self, data: bytes) -> None:
        self.sent = data

    async def recv(self) -> bytes:
        return self.answers.pop(0)


def finished(status: int = 0) -> bytes:
    return ForwardMsg(script_finished=status).SerializeToString()


def drawn(label: str, widget_id: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.text_input.id = widget_id
    message.delta.new_element.text_input.label = label
    return message.SerializeToString()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_run_is_asked_for_as_streamlit_understands_it() -> None:
    tab = Tab("http://127.0.0.1:1")
    tab._line = Line(drawn("Tìm hồ sơ", "id-1"), finished(), finished())  # type: ignore[assignment]
    assert await tab.run("cases", "page=2") >= 0
    tab.type("Tìm", "nông thị " + "x" * 300)
    await tab.run("cases")
    sent = BackMsg.FromString(tab._line.sent)  # type: ignore[attr-defined]
    assert sent.rerun_script.page_name == "cases"
    (widget,) = sent.rerun_script.widget_states.widgets
    assert (widget.id, widget.string_value) == ("id-1", "nông thị " + "x" * 300)
    assert sent.rerun_script.context_info.timezone == "Asia/Ho_Chi_Minh"


@pytest.mark.anyio
async def test_a_run_ends_with_the_last_message_and_not_with_one_that_was_replaced() -> None:
    tab = Tab("http://127.0.0.1:1")
    tab._line = Line(finished(2), drawn("Ô", "1"), finished(), b"never read")  # type: ignore[assignment]
    await tab.run("cases", "page=2")
    assert tab._line.answers == [b"never read"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [0, 1, 127, 128, 300, 2**32, 2**53])
def test_numbers_are_written_and_read_alike(value: int) -> None:
    assert bench_client._read(bench_client._number(value), 0) == (value, len(bench_client._number(value)))


def test_the_median_and_the_95th_of_a_hundred() -> None:
    times = bench.Times([float(number) for number in range(1, 101)])
    assert (times.median, times.p95) == (50.5, 95.0)
    assert "2.0 × trang trống" in times.line(bench.Times([25.25]))


def test_it_prints_every_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"REPEATS": 2, "PEOPLE": 3, "THOUGHT": 0.05, "LOOKS": 2, "LOOK_UPS": 2}.items():
        monkeypatch.setattr(bench, name, value)
    monkeypatch.setattr(bench.looking, "PEOPLE", 300)
    lines: list[str] = []
    bench.run(40, lines.append)
    said = "\n".join(lines)
    for measure in (
        "Danh sách",
        "Tìm theo tên",
        "Tìm trong 300 tên",
        "Tìm tên gần giống",
        "Một hồ sơ",
        "Hôm nay, thủ trưởng công an",
        "Thống kê 5 năm",
        "Báo cáo PDF",
        "dòng/s",
        "cùng làm",
    ):
        assert measure in said
    ratios = [float(found) for found in re.findall(r"([\d.]+) × trang trống", said)]
    assert len(ratios) == 5
