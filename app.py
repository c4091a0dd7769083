"""The server. `duongve serve`, `streamlit run app.py` and `python app.py` all start this."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pages.ui.screen import unforeseen
from services.server import routes, serving
from services.server.gate import Gate

if __name__ == "__main__":  # python app.py: the server then imports this file by its name
    raise SystemExit(serving.main())

app = st.App(
    "pages/shell.py",
    routes=[*routes.routes(), Mount("/_assets", StaticFiles(directory=serving.ROOT / "pages" / "assets"))],
    middleware=[Middleware(Gate)],
    lifespan=serving.lifespan,
    on_script_error=unforeseen,
)
