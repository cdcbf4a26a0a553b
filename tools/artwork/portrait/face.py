"""Head, neck and features, and the person they belong to."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Skin:
    """A skin's light tone, its shadow, and the colours that sit on it."""

    base: str
    shade: str
    lips: str
    blush: str = "#E2725B"


FAIR = Skin("#F1C8A4", "#DDA57C", "#C0605A")
HONEY = Skin("#E6B48A", "#CC9166", "#B25A50")
TAN = Skin("#D9A074", "#BC7F54", "#A5524A")
BRONZE = Skin("#C68A5E", "#A66C43", "#934840")
DEEP = Skin("#AD7248", "#8C5631", "#7F3E34")

INK = "#2B1D1A"


@dataclass(frozen=True)
class Features:
    """What makes a face this one: widths are half-widths at the cheek and the jaw."""

    cheek: float = 34
    jaw: float = 17
    eyes: Literal["open", "soft", "smiling"] = "open"
    brows: Literal["arched", "straight", "full", "thin"] = "arched"
    mouth: Literal["lips", "smile", "laugh"] = "lips"
    nose: Literal["narrow", "round", "long"] = "narrow"
    lashes: bool = True
    extras: tuple[str, ...] = field(default=())


def outline(features: Features) -> str:
    """Return the path of the face."""
    c, j = features.cheek, features.jaw
    return (
        f"M-{c}-8C-{c}-38-{c * 0.6:g}-52 0-52S{c}-38 {c}-8C{c} 14 {j + 12:g} 29 {j} 40"
        f"C{j * 0.6:g} 46 {j * 0.3:g} 48 0 48S-{j * 0.6:g} 46-{j} 40C-{j + 12:g} 29-{c} 14-{c}-8Z"
    )


def head(skin: Skin, features: Features, brow_colour: str, ears: bool = True) -> str:
    """Return ears, face with its side shadow, and features."""
    c = features.cheek
    drawn_ears = "".join(
        f'<ellipse cx="{s * c}" cy="3" rx="6.5" ry="10" fill="{skin.base}"/>'
        f'<path d="M{s * (c + 2)}-2q{s * 2.5} 4 0 9" stroke="{skin.shade}" stroke-width="1.8"/>'
        for s in (-1, 1)
    )
    return (
        (drawn_ears if ears else "")
        + f'<clipPath id="f"><path d="{outline(features)}"/></clipPath>'
        + f'<g clip-path="url(#f)"><path d="M-60-60H60V60H-60z" fill="{skin.base}"/>'
        + f'<path d="M26-60C34-20 30 26-8 52H60V-60z" fill="{skin.shade}" opacity=".38"/>'
        + f'<ellipse cx="-21" cy="16" rx="8" ry="5.5" fill="{skin.blush}" opacity=".2"/>'
        + f'<ellipse cx="21" cy="16" rx="8" ry="5.5" fill="{skin.blush}" opacity=".24"/></g>'
        + _brows(features, brow_colour)
        + _eyes(features)
        + _nose(features, skin)
        + _mouth(features, skin)
        + "".join(features.extras)
    )


def neck(skin: Skin, wide: bool = False) -> str:
    """Return the neck and the shoulders below it, with the chin's shadow."""
    n = 20 if wide else 16
    return (
        f'<path d="M-{n} 30V54C-{n} 66-28 70-46 75C-72 82-80 96-80 126H80C80 96 72 82 46 75'
        f'C28 70 {n} 66 {n} 54V30z" fill="{skin.base}"/>'
        f'<path d="M-{n} 34V50Q0 62 {n} 46V34z" fill="{skin.shade}" opacity=".75"/>'
    )


def _brows(features: Features, colour: str) -> str:
    width, path = {
        "arched": (2.6, "q7-6.5 15-3"),
        "straight": (3, "q7-3 15-1.5"),
        "full": (3.8, "q7-5 15-2"),
        "thin": (1.9, "q7-6 15-3"),
    }[features.brows]
    stroke = f'<path d="M-23-16{path}" stroke="{colour}" stroke-width="{width}"/>'
    return stroke + f'<g transform="scale(-1 1)">{stroke}</g>'


def _eyes(features: Features) -> str:
    if features.eyes == "smiling":
        eye = f'<path d="M-22-3.5q7-7.5 13.5-.5" stroke="{INK}" stroke-width="2.8"/>'
        return eye + f'<g transform="scale(-1 1)">{eye}</g>'
    iris = 4.4 if features.eyes == "open" else 3.8
    lid = {
        True: (
            '<path d="M-25.5-8C-21.5-6.5-19.5-11-14.5-10.6C-10.5-10.2-8.5-6.5-8-3.6C-11.5-7.4-17-8.6-21-4.2'
            f'C-23-4.4-25-6-25.5-8z" fill="{INK}"/>'
        ),
        False: f'<path d="M-22-4.6q6.5-6.6 13.5 .4" stroke="{INK}" stroke-width="2.5"/>',
    }[features.lashes]
    pair = lid + f'<ellipse cx="-15.2" cy="-3.4" rx="3.6" ry="{iris}" fill="{INK}"/>'
    lights = '<circle cx="-14" cy="-4.7" r="1.2" fill="#fff"/><circle cx="16.6" cy="-4.7" r="1.2" fill="#fff"/>'
    return pair + f'<g transform="scale(-1 1)">{pair}</g>' + lights


def _nose(features: Features, skin: Skin) -> str:
    line = {
        "narrow": "M-1 3C-3 8-5.5 12-4.5 14q4.5 3 9 0",
        "round": "M-6.5 10.5q-2 4.5 1.5 5.5q5 3 10 0q3.5-1 1.5-5.5",
        "long": "M-2-2C-4 7-7 13-5.5 15.5q5.5 3.5 11 0",
    }
    return f'<path d="{line[features.nose]}" stroke="{skin.shade}" stroke-width="2.3"/>'


def _mouth(features: Features, skin: Skin) -> str:
    if features.mouth == "laugh":
        return (
            '<path d="M-13 23.5Q0 28 13 23.5Q11 35.5 0 35.5T-13 23.5z" fill="#7C2F2C"/>'
            '<path d="M-11.5 24Q0 28 11.5 24Q11 27 9.5 29Q0 31-9.5 29Q-11 27-11.5 24z" fill="#fff"/>'
        )
    if features.mouth == "smile":
        return (
            f'<path d="M-12 24.5Q0 33.5 12 24.5" stroke="{skin.lips}" stroke-width="2.9"/>'
            f'<path d="M-4 34.5q4 1.5 8 0" stroke="{skin.shade}" stroke-width="1.8"/>'
        )
    return (
        '<path d="M-13 23.5C-8 23-4 21.5 0 23.5C4 21.5 8 23 13 23.5C9 32 5 35 0 35S-9 32-13 23.5z" '
        f'fill="{skin.lips}"/>'
        '<path d="M-13.5 23.300Q0 31.5 13.5 23.3" stroke="#6E2B2A" stroke-width="1.5" opacity=".75"/>'
    )
