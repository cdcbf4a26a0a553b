"""The two places, in the picture's own 240 by 240 units."""

from portrait.headwear import frangipani


def spa() -> str:
    """A small spa at dusk: a roof in two tiers, a lit doorway, and a split gate of stone in front."""
    return (
        '<path d="M0 0H240V240H0z" fill="#2C4A5A"/><circle cx="190" cy="48" r="22" fill="#F6E7C1"/>'
        '<path d="M0 148Q50 112 104 136T240 118V240H0z" fill="#1F3B47"/>'
        '<path d="M58 116H182V204H58z" fill="#E9D3B0"/><path d="M58 116H182V127H58z" fill="#C9A97D"/>'
        '<path d="M98 74H142V90H98z" fill="#FFD98A"/><path d="M98 74V90M113 74V90M127 74V90'
        'M142 74V90" stroke="#6B3B27" stroke-width="3"/>'
        '<path d="M32 111H208L204 121H36z" fill="#8A4F35"/>'
        '<path d="M92 86H148C164 98 186 108 208 112H32C54 108 76 98 92 86z" fill="#A8633F"/>'
        '<path d="M120 34C128 54 144 66 164 72L161 79H79L76 72C96 66 112 54 120 34z" fill="#8A4F35"/>'
        '<path d="M120 34C128 54 144 66 164 72H76C96 66 112 54 120 34z" fill="#B46C45"/>'
        '<path d="M120 38V72M117 46Q110 60 96 71M123 46Q130 60 144 71M120 88V111M106 88Q94 102 74 110M134 88'
        'Q146 102 166 110" stroke="#7C452D" stroke-width="2" fill="none"/>'
        '<path d="M120 22l5 14h-10z" fill="#E9B44C"/>'
        '<path d="M101 204V158a19 19 0 0 1 38 0V204z" fill="#FFD98A"/>'
        '<path d="M108 204V159a12 12 0 0 1 24 0V204z" fill="#FFF1CC"/>'
        '<path d="M101 204V158a19 19 0 0 1 38 0V204" fill="none" stroke="#7C452D" stroke-width="5"/>'
        '<path d="M70 148h20v30H70zM150 148h20v30h-20z" fill="#FFE2A1" stroke="#7C452D" stroke-width="3.5"/>'
        '<path d="M80 148v30M160 148v30" stroke="#7C452D" stroke-width="2.5"/>'
        '<path d="M58 118V204M182 118V204" stroke="#7C452D" stroke-width="6"/>'
        '<path d="M0 204H240V240H0z" fill="#3F5F4E"/><path d="M100 204H140L172 240H68z" fill="#D8C6A4"/>'
        '<path d="M92 214H148M84 224H157" stroke="#B9A37C" stroke-width="2"/>'
        + _gate()
        + f'<g transform="matrix(-1 0 0 1 240 0)">{_gate()}</g>'
        + "".join(_shrub(x, y, s) for x, y, s in ((72, 212, 0.6), (168, 212, 0.6), (8, 236, 1.1), (232, 236, 1.1)))
    )


def garden_bath() -> str:
    """A stone bath with petals in a villa garden above the rice fields."""
    petals = "".join(
        frangipani(x, y, s)
        for x, y, s in ((84, 172, 0.75), (112, 184, 0.6), (138, 170, 0.8), (162, 183, 0.65), (104, 166, 0.5))
    )
    return (
        '<path d="M0 0H240V240H0z" fill="#CDE7E0"/><circle cx="62" cy="58" r="28" fill="#FFF3C9"/>'
        '<path d="M0 112Q60 70 120 100T240 82V240H0z" fill="#9CC9A0"/>'
        '<path d="M0 132Q70 104 132 124T240 112V240H0z" fill="#7FB387"/>'
        '<path d="M0 146Q70 120 140 138T240 128" stroke="#B9DBB0" stroke-width="3" fill="none"/>'
        '<path d="M0 156Q80 136 240 146V240H0z" fill="#5E9670"/>'
        '<path d="M170 140H240V154H170z" fill="#94693A"/><path d="M170 140H240V145H170z" fill="#C79A5E"/>'
        '<path d="M176 142V70M216 142V70" stroke="#7C5236" stroke-width="6"/>'
        '<path d="M195 30C202 48 226 62 240 66V78H154V68C172 62 190 48 195 30z" fill="#B98A4E"/>'
        '<path d="M195 30v46M195 44Q182 62 166 74M195 44Q210 62 226 74" stroke="#94693A" stroke-width="2.5" '
        'fill="none"/>'
        '<ellipse cx="122" cy="206" rx="96" ry="26" fill="#44745A"/>'
        '<path d="M34 176C36 214 66 228 122 228S208 214 210 176z" fill="#8E9690"/>'
        '<path d="M34 176C36 214 66 228 122 228C84 222 62 206 58 178z" fill="#A7AEA8"/>'
        '<ellipse cx="122" cy="176" rx="88" ry="22" fill="#B9C0BA"/>'
        '<ellipse cx="122" cy="177" rx="77" ry="16.5" fill="#4FA3A5"/>'
        '<path d="M52 172Q86 162 122 166T192 174" stroke="#8CCBC8" stroke-width="3" fill="none" '
        'stroke-linecap="round"/>'
        + petals
        + "".join(_shrub(x, y, s) for x, y, s in ((14, 226, 1.5), (228, 226, 1.4)))
        + _banana_leaf(20, 150, -12)
        + _banana_leaf(36, 158, 18)
    )


def _gate() -> str:
    """Return the left half of a split gate, with a lantern on it."""
    return (
        '<circle cx="39" cy="128" r="15" fill="#FFD98A" opacity=".3"/><path d="M33 122h12l-2 18h-8z" fill="#FFE2A1"/>'
        '<path d="M30 122L39 112L48 122z" fill="#6B3B27"/>'
        '<path d="M54 140V226H6V214H12V196H18V178H24V160H30V140z" fill="#B5654A"/>'
        '<path d="M54 140V226H44V140z" fill="#954E38"/>'
        '<path d="M30 160H54M24 178H54M18 196H54M12 214H54" stroke="#E0A17F" stroke-width="2.5"/>'
    )


def _shrub(x: float, y: float, size: float) -> str:
    blades = "".join(
        f'<path d="M0 0Q-9-18 0-36Q9-18 0 0z" transform="rotate({a})"/>' for a in (-70, -42, -14, 14, 42, 70)
    )
    return f'<g transform="translate({x} {y}) scale({size})" fill="#2F6B50">{blades}</g>'


def _banana_leaf(x: float, y: float, turn: float) -> str:
    return (
        f'<g transform="translate({x} {y}) rotate({turn})">'
        '<path d="M0 40C-26 0-22-56 4-92C26-56 24 0 0 40z" fill="#3B8062"/>'
        '<path d="M0 40Q4-30 4-86" stroke="#2C664C" stroke-width="3" fill="none"/></g>'
    )
