"""A QR code as an image of the page's own: nothing is asked of others."""

from __future__ import annotations

from io import BytesIO

import segno
from markupsafe import Markup


def qr(text: str) -> Markup:
    """The code of this text, as SVG."""
    drawn = BytesIO()
    segno.make(text, error="m").save(
        drawn, kind="svg", scale=4, border=2, xmldecl=False, svgclass="qr", lineclass=None
    )
    return Markup(drawn.getvalue().decode())
