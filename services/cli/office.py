"""Commands that found and run an office: demo, init, serve, check, bench."""

import os
import sys
from typing import Annotated

from platformdirs import user_data_path
from typer import Exit, Option

from db.trail import Action
from services import checks
from services.cli.common import Data, Host, Port, Tls, closing, folder_of, note
from services.cli.words import columns, progress, say
from services.errors import NotReady
from services.office import card_of, default_home, default_url, make_office, open_office
from services.work import Work, command_line


def demo(port: Port = 8501, data: Data = None) -> None:
    """Chạy thử với một tỉnh bịa ra: khoảng 420 hồ sơ, tài khoản đủ các vai."""
    from services import demo as invented
    from services.server import serving

    home = folder_of(data, user_data_path("duongve", appauthor=False) / "demo")
    for name in ("DUONGVE_DATABASE_URL", "DUONGVE_MASTER_KEY", "DUONGVE_TLS"):  # an office's, never the demo's
        os.environ.pop(name, None)
    invented.prepare(home, progress("Lập hồ sơ bịa ra"))
    say("Bản chạy thử – mọi người và mọi hồ sơ trong đó đều bịa ra.")
    columns((who.username, who.title) for who in invented.PEOPLE)
    say(f"Mật khẩu chung: {invented.PASSWORD}")
    say(f"Mở trình duyệt: http://127.0.0.1:{port}   (dừng: Ctrl+C)")
    sys.stdout.flush()
    serving.start(port=port)


def init(data: Data = None) -> None:
    """Lập một đơn vị mới, chưa có hồ sơ nào."""
    from services import daily, founding, law, limits, migrating
    from services.accounts import list_accounts, make_bootstrap_code

    home = folder_of(data, default_home())
    if home.exists() and any(home.iterdir()) and card_of(home) is None:
        raise NotReady("Thư mục này đang chứa thứ khác. Hãy chọn một thư mục trống.")
    with closing(make_office(home, kind="office")) as office:
        migrating.migrate(office, backup=daily.automatic)
        founding.found(office)
        with Work(office, command_line(), write=True) as work:
            if list_accounts(work):
                raise NotReady("Đơn vị trong thư mục này đã lập và đã có tài khoản. Hãy chạy duongve serve.")
            work.record(Action.COMMAND, "office", fields="init")
            code = make_bootstrap_code(work)
            empty = law.missing(work.today, limits.office_figures(work))
    say(f"Đã lập đơn vị trong {home}")
    if empty:
        say(f"\n{len(empty)} giá trị pháp lý đơn vị phải điền trước (trang Pháp luật), kèm số và ngày văn bản:")
        columns((value.label, value.unit, value.why) for value in empty)
    say("\nMã khởi tạo, dùng một lần, để lập hai tài khoản quản trị ở trang đăng nhập:")
    say(f"  {code}")


def serve(host: Host = "127.0.0.1", port: Port = 8501, tls: Tls = False, data: Data = None) -> None:
    """Chạy máy chủ; mỗi ngày tự sao lưu một lần."""
    from services import daily, migrating
    from services.server import serving

    home = folder_of(data, default_home())
    grave = [found for found in checks.weaknesses(home, host=host, tls=tls) if found.grave]
    if grave:
        _print_weaknesses(grave)
        raise NotReady("Chưa chạy máy chủ: hãy xử lý các điểm không an toàn ở trên.")
    with closing(open_office(home)) as office:
        migrating.migrate(office, backup=daily.automatic)
        note(office, "server", fields="serve")
    if tls:
        os.environ["DUONGVE_TLS"] = "1"
    say(f"Máy chủ đang chạy: http://{host}:{port}   (dừng: Ctrl+C)")
    sys.stdout.flush()
    with daily.Daily(home, default_url()):
        serving.start(host, port)


def check(host: Host = "127.0.0.1", tls: Tls = False, data: Data = None) -> None:
    """Liệt kê những điểm không an toàn và cách xử lý."""
    found = checks.weaknesses(folder_of(data, default_home()), host=host, tls=tls)
    _print_weaknesses(found)
    if any(weakness.grave for weakness in found):
        raise Exit(1)
    say("Chạy được máy chủ.")


def bench(
    cases: Annotated[
        int, Option("--cases", metavar="SỐ", min=100, help="Số hồ sơ bịa ra.", show_default=True)
    ] = 5000,
) -> None:
    """Đo tốc độ trên một thư mục tạm."""
    from services import bench as benches

    benches.run(cases, say)


def _print_weaknesses(found: list[checks.Weakness]) -> None:
    for weakness in found:
        say(f"{'KHÔNG AN TOÀN' if weakness.grave else 'Nên sửa'}: {weakness.sentence}")
        say(f"    → {weakness.remedy}")
