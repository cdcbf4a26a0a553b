"""Hair in two layers: what falls behind the head, and what lies over the forehead."""

from typing import NamedTuple

BLACK = "#231A1B"
BROWN = "#38241F"
ESPRESSO = "#2C1E1C"
GREY = "#9A9594"


class Hair(NamedTuple):
    """Markup behind and in front of the face, and the colour that the brows take."""

    back: str
    front: str
    brows: str


def _shine(path: str) -> str:
    return f'<path d="{path}" stroke="#fff" stroke-width="3" opacity=".13"/>'


_CAP_BACK = '<path d="M-39 0C-46-42-26-64 0-64S46-42 39 0C39 8 36 13 32 16H-32C-36 13-39 8-39 0z" fill="{}"/>'


def top_bun(colour: str) -> Hair:
    """A knot high on the head, the hair drawn back from a middle parting."""
    back = (
        f'<ellipse cx="0" cy="-70" rx="19" ry="16" fill="{colour}"/>'
        + _shine("M-9-76q7-6 15-3")
        + _CAP_BACK.format(colour)
    )
    front = (
        f'<path d="M-37 4C-43-42-24-63 0-63S43-42 37 4C36-14 27-32 0-45C-27-32-36-14-37 4z" fill="{colour}"/>'
        + _shine("M-27-34q9-15 23-19M27-34q-8-12-17-16")
    )
    return Hair(back, front, colour)


def low_bun(colour: str, streak: str = "") -> Hair:
    """A knot at the nape that shows beside the neck, with a side parting; `streak` greys the temple."""
    back = (
        f'<ellipse cx="33" cy="34" rx="19" ry="18" fill="{colour}"/>'
        + _shine("M30 22q12 2 15 12")
        + _CAP_BACK.format(colour)
    )
    front = (
        '<path d="M-37 6C-44-42-26-63 0-63S44-42 37 6C37-12 32-25 15-32C2-36-8-41-13-47'
        f'C-17-33-36-24-37 6z" fill="{colour}"/>'
    )
    if streak:
        front += (
            f'<path d="M-13-47C-8-41 2-36 15-32C32-25 37-12 37 4C41-12 37-29 25-38C13-46 0-45-13-47z" fill="{streak}"/>'
        )
    return Hair(back, front + _shine("M-31-28q6-17 17-24"), colour)


def long_waves(colour: str) -> Hair:
    """Long hair with a side parting, falling over one shoulder."""
    back = (
        '<path d="M-41-6C-46-44-26-65 2-65S48-42 43-4C42 24 54 44 52 74C50 96 36 104 24 104L-26 92'
        f'C-44 86-50 66-46 44C-43 28-40 18-41-6z" fill="{colour}"/>'
    )
    front = (
        '<path d="M-38 10C-46-40-26-64 2-64S46-40 40 10C41-10 36-22 24-30C10-36-4-38-12-47'
        f'C-18-30-38-22-38 10z" fill="{colour}"/>'
        f'<path d="M37-12C46 10 38 30 44 52C50 74 44 98 28 108C34 84 24 66 29 44C32 28 38 14 37-12z" fill="{colour}"/>'
        + _shine("M-32-26q6-18 18-25M40 40q5 20 0 38")
    )
    return Hair(back, front, colour)


def bob(colour: str) -> Hair:
    """Chin-length hair with a straight fringe."""
    back = (
        '<path d="M-41-4C-46-44-26-64 0-64S46-44 41-4C41 14 46 28 42 42Q34 50 22 44H-22Q-34 50-42 42'
        f'C-46 28-41 14-41-4z" fill="{colour}"/>'
    )
    front = (
        '<path d="M-40 22C-46-38-28-64 0-64S46-38 40 22C38 8 36-4 33-21Q0-30-33-21'
        f'C-36-4-38 8-40 22z" fill="{colour}"/>' + _shine("M-28-38q10-14 26-16")
    )
    return Hair(back, front, colour)


def ponytail(colour: str) -> Hair:
    """Hair swept to one side and tied, the tail over the shoulder."""
    tail = (
        '<path d="M-34 10C-52 26-56 52-50 78C-48 90-52 98-56 104C-40 104-30 92-32 74'
        f'C-34 54-26 40-24 24z" fill="{colour}"/>'
        + _shine("M-45 46q-2 18 2 36")
        + '<path d="M-41 21q8 1 15 8" stroke="#E9B44C" stroke-width="5"/>'
    )
    front = (
        '<path d="M37 4C43-42 24-63 0-63S-43-42-37 6C-36-8-32-20-20-28C-6-34 4-38 8-46'
        f'C14-34 36-28 37 4z" fill="{colour}"/>' + _shine("M28-32q-6-14-15-20")
    )
    return Hair(_CAP_BACK.format(colour) + tail, front, colour)


def short_crop(colour: str) -> Hair:
    """A man's short cut, combed to the side."""
    back = f'<path d="M-38 0C-44-40-28-62 0-62S44-40 38 0z" fill="{colour}"/>'
    front = (
        '<path d="M-36 0C-44-36-36-58-8-64C18-69 46-52 36 0C35-12 33-20 28-29C14-27-4-30-16-38'
        f'C-20-31-33-22-36 0z" fill="{colour}"/>' + _shine("M-22-48q12-11 30-9")
    )
    return Hair(back, front, colour)


def under_headcloth(colour: str) -> Hair:
    """Short hair of which a headcloth leaves only the temples."""
    temples = (
        '<path d="M-37 2C-39-14-36-24-31-28V-24C-34-16-35-8-34 0zM37 2C39-14 36-24 31-28V-24'
        f'C34-16 35-8 34 0z" fill="{colour}"/>'
    )
    return Hair(f'<path d="M-37-4C-40-30-30-50 0-50S40-30 37-4z" fill="{colour}"/>', temples, colour)


def covered(brows: str) -> Hair:
    """No hair to be seen; only the colour of the brows is needed."""
    return Hair("", "", brows)


def moustache(colour: str) -> str:
    """Return a moustache for `Features.extras`."""
    return f'<path d="M0 19C-5 16-13 18-17 24C-10 25-4 24 0 22.5C4 24 10 25 17 24C13 18 5 16 0 19z" fill="{colour}"/>'


def beard(colour: str) -> str:
    """Return a short trimmed beard for `Features.extras`; it keeps to the face's outline."""
    return (
        '<g clip-path="url(#f)"><path d="M-36 2C-32 14-29 22-20 20C-12 14 12 14 20 20'
        f'C29 22 32 14 36 2V52H-36z" fill="{colour}" opacity=".92"/></g>'
        '<path d="M-13 23Q0 19 13 23Q9 34 0 34T-13 23z" fill="#D08F80"/>'
        '<path d="M-12 23.5Q0 29 12 23.5" stroke="#7C3A34" stroke-width="1.6"/>'
    )


def glasses(colour: str) -> str:
    """Return round spectacles for `Features.extras`."""
    rims = (
        '<circle cx="-15.5" cy="-2.5" r="11.5"/><circle cx="15.5" cy="-2.5" r="11.5"/>'
        '<path d="M-4-4q4-3 8 0M-27-4l-8-2M27-4l8-2"/>'
    )
    return (
        f'<g stroke="{colour}" stroke-width="2.4">{rims}</g>'
        '<path d="M-22-7l5-4M9-7l5-4" stroke="#fff" stroke-width="1.6" opacity=".6"/>'
    )


def laugh_lines(shade: str) -> str:
    """Return the lines of a face that has smiled for many years."""
    return (
        '<path d="M-18 17q-5 5-5 11M18 17q5 5 5 11M-31-1l-4-3M-31 3h-5M31-1l4-3'
        f'M31 3h5" stroke="{shade}" stroke-width="1.7" opacity=".8"/>'
    )


def studs(colour: str) -> str:
    """Return small earrings for `Features.extras`."""
    return f'<circle cx="-36" cy="13" r="3.2" fill="{colour}"/><circle cx="36" cy="13" r="3.2" fill="{colour}"/>'
