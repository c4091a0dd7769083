"""The `duongve` command: exit code 0 when done, 1 when what was asked failed, 2 when it was asked wrongly.

What is done here stands in the trail under the operating-system user. `--json` prints only JSON to
standard output; everything else that is said then goes to standard error.
"""

import sys
from collections.abc import Callable

from typer import Typer, TyperException

from services import logs
from services.cli import backup as cli_backup
from services.cli import office as cli_office
from services.cli import register as cli_register
from services.cli.words import Command, Group, WrongUse, complaint, tell
from services.errors import AppError

app = Typer(
    name="duongve",
    cls=Group,
    help="Đường Về: tiếp nhận, xác minh, bảo vệ, hỗ trợ người bị mua bán.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
audit = Typer(cls=Group, help="Nhật ký.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(audit, name="audit")

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": cli_office.demo,
    "init": cli_office.init,
    "serve": cli_office.serve,
    "import": cli_register.import_register,
    "stats": cli_register.stats,
    "report": cli_register.report,
    "backup": cli_backup.backup,
    "restore": cli_backup.restore,
    "check": cli_office.check,
    "bench": cli_office.bench,
}
for name, verb in COMMANDS.items():
    app.command(name, cls=Command)(verb)
audit.command("verify", cls=Command)(cli_backup.audit_verify)


def main() -> None:
    """The entry point of the installed command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(app(arguments, prog_name="duongve", standalone_mode=False) or 0)
    except WrongUse as error:
        tell(error.sentence)
        return 2
    except AppError as error:
        tell(error.sentence)
        return 1
    except TyperException as error:
        tell(complaint(error))
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 1
    except Exception as error:
        tell(f"Có lỗi ngoài dự kiến, mã {logs.unforeseen(error)}. Không có gì được lưu dở dang.")
        return 1
