"""A person put together from the parts."""

from dataclasses import dataclass

from portrait import hair, headwear
from portrait.face import Features, Skin, head, neck
from portrait.hair import ESPRESSO, Hair


@dataclass(frozen=True)
class Figure:
    """One person: `over` is drawn last (a headcloth, a flower), `tilt` turns the head in degrees."""

    scene: str
    skin: Skin
    features: Features
    hair: Hair
    garment: str
    over: str = ""
    behind: str = ""
    tilt: float = 0
    broad: bool = False
    ears: bool = True

    def svg(self) -> str:
        """Return what the picture holds, in its own 240 by 240 units."""
        turn = f'<g transform="rotate({self.tilt:g} 0 50)">'
        shoulders = f'<g transform="translate(0 -10) scale({1.1 if self.broad else 1} 1)">{self.garment}</g>'
        skull = head(self.skin, self.features, self.hair.brows, self.ears)
        return (
            f'{self.scene}<g transform="translate(120 110) scale(1.16)" fill="none" stroke-linecap="round" '
            'stroke-linejoin="round">'
            f"{turn}{self.behind}{self.hair.back}</g>{neck(self.skin, self.broad)}{shoulders}"
            f"{turn}{skull}{self.hair.front}{self.over}</g></g>"
        )


def scarfed(
    scene: str, skin: Skin, features: Features, cloth: str, fold: str, cap: str, garment: str, tilt: float
) -> Figure:
    """Return a figure in a hijab: her scarf frames the face and lies over the garment."""
    behind, front = headwear.hijab(cloth, fold, cap)
    return Figure(
        scene, skin, features, hair.covered(ESPRESSO), garment, over=front, behind=behind, tilt=tilt, ears=False
    )
