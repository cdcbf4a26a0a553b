"""Answers that are smaller on their way: what anybody may read, and nothing else."""

from __future__ import annotations

import gzip
import json

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.domain.town import at
from tests.web.device import Device, form

DIRECTORY = "/api/therapists"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def asked(device: Device, path: str, accepts: str | None) -> tuple[str | None, str, bytes]:
    """Encoding, Vary and body as they came."""
    headers = {"Accept-Encoding": accepts} if accepts else {}
    answer = device.client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.headers.get("Content-Encoding"), answer.headers.get("Vary", ""), answer.data


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("zstd", None), ("identity", None), (None, None)],
)
def test_the_directory_is_compressed_as_the_client_can_read_it(
    nobody: Device, accepts: str | None, encoding: str | None
) -> None:
    """# R1 # R33"""
    plain = asked(nobody, DIRECTORY, None)[2]
    chosen, varies, body = asked(nobody, DIRECTORY, accepts)
    assert (chosen, "Accept-Encoding" in varies) == (encoding, True)
    unpacked = UNPACK[encoding](body) if encoding else body
    assert json.loads(unpacked) == json.loads(plain)
    assert len(body) * 2 < len(plain) or encoding is None


def test_no_answer_of_a_person_is_compressed(budi: Device) -> None:
    """Somebody who can place words in it could guess what stands beside them from its length."""
    booked = [budi.submit(form(scheduledTime=at(hours).isoformat())).body["booking"] for hours in (30, 50, 70)]
    messages = f"/api/conversations/{booked[0]['conversationId']}/messages"
    budi.post(messages, {"clientId": "client-1", "message": "the garden gate is open " * 60})
    for path in ("/api/bookings", messages):
        encoding, _, body = asked(budi, path, "gzip, br")
        assert (encoding, len(body) > 1000) == (None, True), path
