"""Headcloths and flowers, drawn over the hair."""


def udeng(cloth: str, fold: str, trim: str) -> str:
    """A Balinese headcloth: a band, the higher right wing, and the knot in front."""
    return (
        f'<path d="M-38-22C-42-46-24-60-4-62C12-72 32-74 41-62C44-50 42-34 38-22C16-34-16-34-38-22z" fill="{cloth}"/>'
        f'<path d="M-4-62C12-72 32-74 41-62C30-58 14-48 2-38C2-48 0-56-4-62z" fill="{fold}"/>'
        f'<path d="M-39-20Q0-42 39-20L38-31Q0-53-38-31z" fill="{fold}"/>'
        f'<path d="M-38.5-25Q0-47 38.5-25" stroke="{trim}" stroke-width="2.2"/>'
        f'<path d="M-2-40C-14-40-21-46-22-54C-12-55-4-49-2-40z" fill="{fold}" stroke="{trim}" stroke-width="1.5"/>'
        f'<path d="M0-40C-5-54 2-64 12-67C17-58 13-46 0-40z" fill="{cloth}" stroke="{trim}" stroke-width="1.5"/>'
        f'<path d="M-7-41Q0-47 7-41Q5-35 0-35T-7-41z" fill="{trim}"/>'
    )


def blangkon(cloth: str, fold: str, motif: str) -> str:
    """A Javanese blangkon: a close cap of batik with pleats that part above the forehead."""
    dots = "".join(
        f'<path d="M{x} {y}l3.5-3.5l3.5 3.5l-3.5 3.5z" fill="{motif}"/>'
        for x, y in ((-30, -38), (-19, -50), (-4, -57), (11, -50), (22, -38), (-12, -43), (4, -43))
    )
    return (
        f'<path d="M-39-20C-43-50-24-67 0-67S43-50 39-20C28-29 14-32 0-32S-28-29-39-20z" fill="{cloth}"/>{dots}'
        '<path d="M-39-20C-28-29-14-32 0-32S28-29 39-20C41-28 41-33 39-37C24-42 10-40 0-32C-10-40-24-42-39-37'
        f'C-41-33-41-28-39-20z" fill="{fold}"/>'
        f'<path d="M-38-29C-25-35-10-36 0-30C10-36 25-35 38-29" stroke="{motif}" stroke-width="1.7"/>'
    )


def sapuq(cloth: str, fold: str, trim: str) -> str:
    """A Sasak headcloth: a broad band of songket with one pointed leaf standing in front."""
    steps = "".join(
        f'<path d="M{x} {y}l4-4l4 4l-4 4z" fill="{trim}"/>' for x, y in ((-33, -32), (-20, -39), (13, -39), (26, -32))
    )
    return (
        f'<path d="M-38-20C-42-48-24-62 0-62S42-48 38-20C24-30-24-30-38-20z" fill="{fold}"/>'
        f'<path d="M-39-19Q0-37 39-19L39-36Q0-56-39-36z" fill="{cloth}"/>{steps}'
        f'<path d="M-39-21Q0-39 39-21M-39-35Q0-55 39-35" stroke="{trim}" stroke-width="1.7"/>'
        f'<path d="M-9-40C-10-56-3-68 8-78C10-64 12-52 9-40Q0-44-9-40z" fill="{cloth}" stroke="{trim}" '
        'stroke-width="1.7"/>'
        f'<path d="M0-47C0-56 3-63 7-69" stroke="{trim}" stroke-width="1.5"/>'
    )


def hijab(cloth: str, fold: str, cap: str) -> tuple[str, str]:
    """A headscarf: what lies behind the face, and the opening's frame with its folds in front."""
    back = (
        f'<path d="M0-66C34-66 48-40 46-4C45 22 52 46 56 76H-56C-52 46-45 22-46-4C-48-40-34-66 0-66z" fill="{fold}"/>'
    )
    front = (
        f'<path d="M-35-12C-34-36-20-48 0-48S34-36 35-12C30-30 18-37 0-37S-30-30-35-12z" fill="{cap}"/>'
        '<path fill-rule="evenodd" d="M0-68C36-68 50-42 47-4C46 20 50 42 61 64C70 82 68 98 58 106'
        "C30 124-30 124-58 106C-68 98-70 82-61 64C-50 42-46 20-47-4C-50-42-36-68 0-68z"
        f'M0-44C-22-44-34-30-34-6C-34 22-20 46 0 47C20 46 34 22 34-6C34-30 22-44 0-44z" fill="{cloth}"/>'
        f'<path d="M31 20C26 40 14 52 0 53C-16 52-26 40-31 20C-33 46-22 62-2 66C20 64 34 44 31 20z" fill="{fold}"/>'
        f'<path d="M-46 22C-38 58 8 80 65 75C67 86 65 96 60 102C14 104-36 74-46 22z" fill="{fold}" opacity=".55"/>'
        '<path d="M-36-40C-44-24-43-4-41 12M36 40C42 50 48 58 56 64M-58 84'
        f'C-52 98-42 106-30 111" stroke="{fold}" stroke-width="2.4"/>'
    )
    return back, front


def frangipani(x: float, y: float, size: float = 1) -> str:
    """A frangipani flower with its middle at x, y."""
    petal = '<path d="M0 0C-6-4-6-13 1-14C7-12 5-4 0 0z" fill="#FFFDF6"/>'
    petals = "".join(f'<g transform="rotate({a})">{petal}</g>' for a in range(0, 360, 72))
    return f'<g transform="translate({x} {y}) scale({size})">{petals}<circle r="3.6" fill="#F4B942"/></g>'
