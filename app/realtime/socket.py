"""``/ws``: the WebSocket endpoint."""

import base64

from flask import Flask, abort, request
from flask_login import current_user
from flask_sock import Sock
from simple_websocket import Server
from werkzeug.exceptions import HTTPException

from app.config import SOCKET_PATH
from app.domain.rates import TokenBuckets
from app.realtime.admission import Admission
from app.realtime.connection import SocketConnection
from app.realtime.hub import Hub
from app.realtime.transport import SERVER_OPTIONS, SocketTransport

ENDPOINT = "socket"
#: RFC 6455, 4.1: a nonce of 16 bytes.
KEY_BYTES = 16


class UpgradeRequired(HTTPException):
    """The address speaks WebSocket only."""

    code = 426
    description = "This address speaks WebSocket only, version 13."

    def get_headers(self, *_args: object, **_kwargs: object) -> list[tuple[str, str]]:
        """Name the protocol to upgrade to."""
        return [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]


def register_socket(app: Flask, hub: Hub, frames: TokenBuckets, admission: Admission) -> None:
    """Serve the socket on ``/ws``. ``frames`` limits what one connection may send, ``admission`` how many there are."""
    app.config["SOCK_SERVER_OPTIONS"] = SERVER_OPTIONS
    app.wsgi_app = SocketTransport(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way to wrap it
    app.before_request(_require_handshake)

    sock = Sock(app)

    @sock.route(SOCKET_PATH, endpoint=ENDPOINT)  # type: ignore[untyped-decorator]  # flask-sock has no types
    def socket(ws: Server) -> None:
        person, token = (current_user.person, current_user.token) if current_user.is_authenticated else (None, None)
        connection = SocketConnection(ws, hub, frames, person, token)
        connection.serve()

    upgrade = app.view_functions[ENDPOINT]

    def admit(**arguments: object) -> object:
        """Before the upgrade, so that a refusal is an ordinary answer and costs no socket."""
        person_id = current_user.person.id if current_user.is_authenticated else None
        with admission.place(person_id, request.remote_addr):
            return upgrade(**arguments)

    app.view_functions[ENDPOINT] = admit  # type: ignore[assignment]  # what flask-sock returns has no type


def _require_handshake() -> None:
    """A request that the WebSocket library would fail on is a bad request, not a fault of ours."""
    if request.path != SOCKET_PATH:
        return
    if request.method != "GET" or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        raise UpgradeRequired
    wanted = {"Sec-Websocket-Version": "13", "Upgrade": "websocket"}
    for header, value in wanted.items():
        if request.headers.get(header, "").lower() != value:
            raise UpgradeRequired
    if not _is_key(request.headers.get("Sec-Websocket-Key", "")):
        abort(400)


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False
