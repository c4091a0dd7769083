"""A browser tab without a browser: speaks Streamlit's websocket, and keeps every byte it was sent."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


@dataclass
class Tab:
    """`with Tab(base, token) as tab: tab.open("/cases")` – then look at `tab.text()` or `tab.bytes`."""

    base: str  # http://127.0.0.1:8600
    token: str = ""  # the session cookie's value; empty: nobody is signed in
    resume: str = ""  # the id of a Streamlit session to go on with
    headers: dict[str, str] = field(default_factory=dict)
    bytes: bytes = b""
    messages: list[ForwardMsg] = field(default_factory=list)
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    page: str = ""
    query: str = ""

    def __enter__(self) -> Self:
        self._open = connect(
            self.base.replace("http", "ws", 1) + "/_stcore/stream",
            additional_headers=self._headers(),
            subprotocols=["streamlit", "none", self.resume] if self.resume else ["streamlit"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            open_timeout=15,
            proxy=None,
        )
        self.line: ClientConnection = self._open.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._open.__exit__(None, None, None)

    def open(self, address: str = "/") -> list[ForwardMsg]:
        """Goes to an address of the tool; what was drawn in that run."""
        url = urlsplit(address)
        self.page, self.query = url.path.strip("/"), url.query
        self.widgets.clear()
        return self.rerun()

    def rerun(self, fragment: str = "") -> list[ForwardMsg]:
        """Runs the script (or one fragment) again; the messages until it finished."""
        state = ClientState(query_string=self.query, page_name=self.page, fragment_id=fragment)
        state.widget_states.widgets.extend(self.widgets.values())
        state.context_info.url = f"{self.base}/{self.page}"
        state.context_info.timezone = "Asia/Ho_Chi_Minh"
        self.send(BackMsg(rerun_script=state))
        run = self.until_finished()
        for widget in list(self.widgets.values()):
            if widget.WhichOneof("value") == "trigger_value":
                del self.widgets[widget.id]
        return run

    def send(self, message: BackMsg) -> None:
        self.line.send(message.SerializeToString())

    def until_finished(self, timeout: float = 30) -> list[ForwardMsg]:
        run: list[ForwardMsg] = []
        while True:
            message = self.receive(timeout)
            run.append(message)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != 2:
                return run

    def receive(self, timeout: float = 30) -> ForwardMsg:
        data = self.line.recv(timeout)
        assert isinstance(data, bytes)
        self.bytes += data
        message = ForwardMsg()
        message.ParseFromString(data)
        self.messages.append(message)
        return message

    def fill(self, label: str, text: str) -> Self:
        """Types into the text field with this label (kept until the next rerun)."""
        element = self.find("text_input", label)
        self.widgets[element.id] = WidgetState(id=element.id, string_value=text)
        return self

    def click(self, label: str) -> list[ForwardMsg]:
        """Presses the button with this label."""
        element = self.find("button", label)
        self.widgets[element.id] = WidgetState(id=element.id, trigger_value=True)
        return self.rerun()

    def find(self, kind: str, label: str) -> Any:
        """The last drawn element of a kind with this label."""
        for message in reversed(self.messages):
            element = message.delta.new_element
            if element.WhichOneof("type") == kind and getattr(element, kind).label == label:
                return getattr(element, kind)
        raise AssertionError(f"no {kind} labelled {label!r}")

    def text(self) -> str:
        """Everything received so far, as text (unreadable bytes left out)."""
        return self.bytes.decode("utf-8", "ignore")

    def menu(self) -> list[str]:
        """The addresses of the last menu that was sent; the first page is ""."""
        for message in reversed(self.messages):
            if message.WhichOneof("type") == "navigation":
                return ["" if page.is_default else page.url_pathname for page in message.navigation.app_pages]
        return []

    def redirect(self) -> str:
        """Where the last run sent the browser; empty when nowhere."""
        found = [m.auth_redirect.url for m in self.messages if m.WhichOneof("type") == "auth_redirect"]
        return found[-1] if found else ""

    def session_id(self) -> str:
        """The id of this tab's Streamlit session."""
        ids = [m.new_session.initialize.session_id for m in self.messages if m.WhichOneof("type") == "new_session"]
        return ids[-1]

    def closed_within(self, seconds: float) -> bool:
        """Whether the server cuts the line in this time."""
        try:
            while True:
                self.line.recv(seconds)
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False

    def _headers(self) -> dict[str, str]:
        origin = {"Origin": self.base}
        cookie = {"Cookie": f"duongve={self.token}"} if self.token else {}
        return origin | cookie | self.headers
