"""Headers of every answer."""

from flask import Flask, Response, g

from app.config import Settings

# 'self' covers ws: of the same origin in every browser the client supports. Styles are set by script through the
# CSSOM, which needs no 'unsafe-inline'.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def register_headers(app: Flask, settings: Settings) -> None:
    """Add the security headers and the request's id."""

    always = [
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    if settings.is_production:
        # Only this host: what else its owner serves under it is not ours to decide.
        always.append(("Strict-Transport-Security", "max-age=63072000"))

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        # In one pass: asking for each would read all of them each time.
        there = {name.lower() for name, _ in headers}
        headers.extend([header for header in always if header[0].lower() not in there])
        if "request_id" in g:
            headers["X-Request-Id"] = g.request_id
        return response
