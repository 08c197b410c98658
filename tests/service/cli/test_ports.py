"""The port to listen on is looked at before anything is started."""

import pytest

from service.cli import app
from service.cli.ending import ended


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_no_machine_has_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], command: str, port: str
) -> None:
    assert ended(app, [command, "--port", port]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("paddock: Invalid value for '--port': ")
    assert "Traceback" not in err
