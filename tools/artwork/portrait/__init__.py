"""Parts of the drawn portraits: every function returns SVG markup.

A figure is drawn around its own origin, the middle of the face between the eyes and the mouth: the eyes lie at y -5,
the chin at y 48, the shoulders at y 75. Backgrounds and places use the picture's own 240 by 240 units.
"""
