"""The words of notifications in each language: without names or content, because they also travel as push."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.events.payloads import NotificationType

LANGUAGES: Final = ("en", "id")

_PHRASES: Final[Mapping[str, Mapping[NotificationType, tuple[str, str]]]] = {
    "en": {
        "booking_request": ("New booking request", "Answer by {time}."),
        "booking_accepted": ("Your booking was accepted", "Confirm by {time}."),
        "booking_declined": ("Your booking can't be taken", "Your details are kept. Try another time or therapist."),
        "booking_confirmed": ("Booking confirmed", "The customer has confirmed."),
        "booking_cancelled": ("Booking cancelled", "Open the app to see why."),
        "booking_expired": ("Booking request expired", "The time to answer has passed."),
        "message_allowed": ("Your text was checked", "You can send it now, once, as you wrote it."),
        "appeal_rejected": ("Your text was checked", "It stays refused: it seems to share contact details."),
    },
    "id": {
        "booking_request": ("Permintaan pesanan baru", "Jawab sebelum {time}."),
        "booking_accepted": ("Pesanan Anda diterima", "Konfirmasi sebelum {time}."),
        "booking_declined": ("Pesanan Anda tidak bisa diterima", "Data Anda tersimpan. Coba waktu atau terapis lain."),
        "booking_confirmed": ("Pesanan terkonfirmasi", "Pelanggan sudah mengonfirmasi."),
        "booking_cancelled": ("Pesanan dibatalkan", "Buka aplikasi untuk melihat alasannya."),
        "booking_expired": ("Permintaan pesanan kedaluwarsa", "Waktu untuk menjawab sudah lewat."),
        "message_allowed": (
            "Tulisan Anda sudah diperiksa",
            "Sekarang bisa dikirim, satu kali, persis seperti ditulis.",
        ),
        "appeal_rejected": ("Tulisan Anda sudah diperiksa", "Tetap ditolak: tampaknya berisi data kontak."),
    },
}


assert set(_PHRASES) == set(LANGUAGES)


def notice(kind: NotificationType, locale: str, deadline: datetime | None, timezone: str) -> tuple[str, str]:
    """Title and body of a notification; ``deadline`` is shown in ``timezone``."""
    title, body = _PHRASES.get(locale, _PHRASES["en"])[kind]
    time = f"{deadline.astimezone(ZoneInfo(timezone)):%H:%M}" if deadline else ""
    return title, body.format(time=time if locale != "id" else time.replace(":", "."))
