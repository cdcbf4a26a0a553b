"""Backgrounds, in the picture's own 240 by 240 units: a flat colour and one quiet motif of the person's region."""

from math import cos, radians, sin


def _field(colour: str) -> str:
    return f'<path d="M0 0H240V240H0z" fill="{colour}"/>'


def sun(sky: str, disc: str, hill: str) -> str:
    """A low sun over two lines of hills."""
    return (
        _field(sky) + f'<circle cx="120" cy="112" r="92" fill="{disc}"/>'
        f'<path d="M0 176Q40 140 84 168T168 158T240 170V240H0z" fill="{hill}" opacity=".55"/>'
        f'<path d="M0 204Q60 172 120 196T240 192V240H0z" fill="{hill}"/>'
    )


def leaves(sky: str, leaf: str, dark: str) -> str:
    """Banana leaves reaching in from the edges."""

    def blade(x: float, y: float, turn: float, size: float) -> str:
        return (
            f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">'
            f'<path d="M0 0C-26-44-98-52-146-6C-108 34-34 36 0 0z" fill="{leaf}"/>'
            f'<path d="M0 0C-44-8-96-10-146-6C-108 34-34 36 0 0z" fill="{dark}" opacity=".45"/>'
            f'<path d="M-46-33l-10 16M-84-35l-8 15M-60 24l-10-16M-98 20l-8-13" stroke="{sky}" stroke-width="4" '
            'stroke-linecap="round"/>'
            f'<path d="M0 0C-44-8-96-10-140-6" stroke="{dark}" stroke-width="3" fill="none"/></g>'
        )

    return (
        _field(sky)
        + blade(272, 40, -28, 1)
        + blade(262, 176, 14, 0.8)
        + blade(-30, 66, 162, 0.9)
        + blade(-24, 190, 200, 0.85)
    )


def terraces(sky: str, light: str, dark: str) -> str:
    """Rice terraces in three steps."""
    return (
        _field(sky) + f'<path d="M0 118Q60 92 120 112T240 100V240H0z" fill="{light}" opacity=".5"/>'
        f'<path d="M0 150Q70 124 130 146T240 134V240H0z" fill="{light}"/>'
        f'<path d="M0 184Q70 160 140 180T240 168V240H0z" fill="{dark}"/>'
        f'<path d="M0 164Q70 138 130 160T240 148M0 200Q70 176 140 196T240 184" stroke="{sky}" stroke-width="2" '
        'opacity=".7" fill="none"/>'
    )


def volcano(sky: str, mountain: str, cloud: str) -> str:
    """Rinjani's or Merapi's cone above a band of cloud."""
    return (
        _field(sky) + f'<path d="M-20 220L96 62Q108 52 118 60L126 66Q136 56 146 64L262 220z" fill="{mountain}"/>'
        f'<path d="M0 176Q24 158 50 170Q74 150 104 168Q138 152 164 170Q196 154 240 174V240H0z" fill="{cloud}"/>'
    )


def waves(sky: str, water: str, deep: str) -> str:
    """A sun disc and long swells."""
    crest = "q20-16 40 0t40 0t40 0t40 0t40 0t40 0t40 0"
    return (
        _field(sky) + f'<circle cx="176" cy="66" r="34" fill="#fff" opacity=".55"/>'
        f'<path d="M-10 140{crest}V240H-10z" fill="{water}" opacity=".6"/>'
        f'<path d="M-26 168{crest}V240H-26z" fill="{water}"/><path d="M-10 198{crest}V240H-10z" fill="{deep}"/>'
    )


def skyline(sky: str, far: str, near: str) -> str:
    """Jakarta's towers, far and near."""
    return (
        _field(sky)
        + '<path d="M0 130H18V98H42V130H54V82H66L72 70L78 82H86V150H150V92H172V74H196V112H214V88H240V240H0z" '
        f'fill="{far}"/>'
        f'<path d="M0 168H24V132H48V176H70V150H96V240H150V160H176V136H204V172H222V150H240V240H0z" fill="{near}"/>'
    )


def batik(field: str, motif: str) -> str:
    """A large kawung pattern."""
    petals = "".join(
        f'<path d="M0-4Q13-19 0-34Q-13-19 0-4z" transform="rotate({a})" fill="{motif}"/>' for a in (45, 135, 225, 315)
    )
    return (
        f'<pattern id="b" width="60" height="60" patternUnits="userSpaceOnUse"><path d="M0 0H60V60H0z" fill="{field}"/>'
        f'<g transform="translate(30 30)">{petals}<circle r="2.5" fill="{motif}"/></g></pattern>'
        '<path d="M0 0H240V240H0z" fill="url(#b)"/>'
    )


def arch(wall: str, opening: str, sill: str) -> str:
    """An arched window with a round light behind the head."""
    return (
        _field(wall) + f'<path d="M30 240V118a90 90 0 0 1 180 0V240z" fill="{opening}"/>'
        f'<path d="M44 240V120a76 76 0 0 1 152 0V240" fill="none" stroke="{sill}" stroke-width="3"/>'
    )


def rays(field: str, beam: str) -> str:
    """Broad rays around the head."""
    beams = "".join(
        f"M120 104L{120 + 240 * cos(radians(a - 9)):.0f} {104 + 240 * sin(radians(a - 9)):.0f}"
        f"L{120 + 240 * cos(radians(a + 9)):.0f} {104 + 240 * sin(radians(a + 9)):.0f}z"
        for a in range(0, 360, 36)
    )
    return _field(field) + f'<path d="{beams}" fill="{beam}"/>'
