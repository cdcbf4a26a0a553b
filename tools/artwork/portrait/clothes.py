"""Clothing, drawn over the neck and shoulders. Every garment runs to y 140; the figure raises it by 10 units."""

# From the right end of a neckline down to the edge and back up to its left end.
_SHOULDERS = "C72 91 82 104 82 140H-82C-82 104-72 91-46 84"


def kebaya(cloth: str, lace: str, sash: str, sash_edge: str) -> str:
    """A Balinese kebaya with a lace edge and a sash over the left shoulder."""
    holes = "".join(
        f'<circle cx="{x}" cy="{y}" r="1.7" fill="{lace}"/><circle cx="{-x}" cy="{y}" r="1.7" fill="{lace}"/>'
        for x, y in ((25, 87), (19, 94), (13, 101), (6, 108))
    )
    return (
        f'<path d="M-46 84L-27 79L0 112L27 79L46 84{_SHOULDERS}z" fill="{cloth}"/>{holes}'
        f'<path d="M-27 79L0 112L27 79" stroke="{lace}" stroke-width="2.6"/>'
        f'<path d="M34 80L54 88C46 108 24 126-6 140H-38C-2 122 26 102 34 80z" fill="{sash}"/>'
        f'<path d="M54 88C46 108 24 126-6 140" stroke="{sash_edge}" stroke-width="2.4"/>'
    )


def wrap_tunic(cloth: str, edge: str) -> str:
    """A spa tunic that crosses over the chest."""
    return (
        f'<path d="M-46 84L-24 78L6 116L27 79L46 84{_SHOULDERS}z" fill="{cloth}"/>'
        f'<path d="M26 77C22 96 0 120-22 140H-6C18 122 36 98 38 80z" fill="{edge}"/>'
        f'<path d="M-26 78L2 112" stroke="{edge}" stroke-width="8" stroke-linecap="butt"/>'
    )


def collar_tunic(cloth: str, edge: str, buttons: str) -> str:
    """A tunic with a standing collar and a row of buttons."""
    return (
        f'<path d="M-46 84L-19 74Q0 88 19 74L46 84{_SHOULDERS}z" fill="{cloth}"/>'
        '<path d="M-21 67Q-22 76-20 80L-2 92L0 84Q-14 80-16 65zM21 67Q22 76 20 80L2 92L0 84'
        f'Q14 80 16 65z" fill="{edge}"/>'
        f'<path d="M0 92V140" stroke="{edge}" stroke-width="2.2"/><circle cy="102" r="2.4" cx="6" fill="{buttons}"/>'
        f'<circle cy="114" r="2.4" cx="6" fill="{buttons}"/>'
    )


def batik_shirt(cloth: str, motif: str, collar: str) -> str:
    """A shirt of kawung batik with an open collar."""
    return (
        f'<pattern id="k" width="16" height="16" patternUnits="userSpaceOnUse"><path d="M0 0H16V16H0z" fill="{cloth}"/>'
        '<path d="M8 1Q12 4 8 7.500Q4 4 8 1zM8 8.500Q12 12 8 15Q4 12 8 8.500zM.5 8Q4 4 7.5 8Q4 12 .5 8zM8.5 8'
        f'Q12 4 15.5 8Q12 12 8.5 8z" fill="{motif}"/></pattern>'
        f'<path d="M-46 84L-22 77L0 106L22 77L46 84{_SHOULDERS}z" fill="url(#k)"/>'
        f'<path d="M-20 70L-30 82L-12 102L0 106zM20 70L30 82L12 102L0 106z" fill="{collar}"/>'
        f'<path d="M0 106V140" stroke="{collar}" stroke-width="2.6"/>'
    )


def round_neck(cloth: str, edge: str) -> str:
    """A plain top with a round neck and a narrow edge."""
    return (
        f'<path d="M-46 84L-26 79C-24 104 24 104 26 79L46 84{_SHOULDERS}z" fill="{cloth}"/>'
        f'<path d="M-26 79C-24 104 24 104 26 79" stroke="{edge}" stroke-width="4"/>'
        f'<path d="M-58 140C-58 118-56 108-53 101M58 140C58 118 56 108 53 101" stroke="{edge}" stroke-width="1.8" '
        'opacity=".6"/>'
    )


def white_jacket(cloth: str, shade: str, shirt: str) -> str:
    """The closed jacket of a Balinese ceremony, with a standing collar."""
    return (
        f'<path d="M-26 78L0 120L26 78L20 72L0 96L-20 72z" fill="{shirt}"/>'
        f'<path d="M-46 84L-23 76L0 110L23 76L46 84{_SHOULDERS}z" fill="{cloth}"/>'
        f'<path d="M-20 69L-28 80L-6 108L0 100L-16 82zM20 69L28 80L6 108L0 100L16 82z" fill="{shade}"/>'
        f'<path d="M0 108V140" stroke="{shade}" stroke-width="2.6"/>'
    )
