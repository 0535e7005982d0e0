"""Small pictures of photographs that came as evidence."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from PIL.Image import Transpose

#: Longest side of a preview, and the most pixels of a photograph that is looked into.
SIDE, MOST_PIXELS = 480, 60_000_000

#: How to turn a photograph upright, by what the camera noted (Exif 2.32, tag 0x0112).
ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class TooLarge(Exception):
    """A picture of so many pixels that it is not looked into, however small its file is."""


class Damaged(Exception):
    """A picture that cannot be read to its end."""


def must_open(content: bytes, name: str) -> None:
    """Refuses a picture that nobody could look at: ValidationError with a sentence."""
    try:
        _small(content)
    except Damaged as damaged:
        refused = _(
            "“%(name)s” cannot be opened as a picture: it is damaged, or was not copied to its "
            "end. See whether it opens on your computer, copy or save it anew and choose it again."
        )
        raise ValidationError({"file": refused % {"name": name}}) from damaged
    except TooLarge as large:
        refused = _(
            "“%(name)s” has more than %(most)d million pixels. Save it smaller and choose it again."
        )
        most = MOST_PIXELS // 1_000_000
        raise ValidationError({"file": refused % {"name": name, "most": most}}) from large


def preview(content: bytes) -> bytes | None:
    """A JPEG of at most 480 by 480 pixels, upright, without what a camera wrote into it.

    None if the picture cannot be read or is too large to look into.
    """
    try:
        small = _small(content)
    except (Damaged, TooLarge):
        return None
    written = BytesIO()
    small.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()


def _small(content: bytes) -> Image.Image:
    """The picture read to its end; raises Damaged, or TooLarge before anything is unpacked."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as photograph:
            if photograph.width * photograph.height > MOST_PIXELS:
                raise TooLarge
            photograph.draft("RGB", (SIDE * 2, SIDE * 2))
            small = _upright(photograph)
            small.thumbnail((SIDE, SIDE))
            return _on_white(small)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooLarge from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as damaged:
        raise Damaged from damaged


def _upright(photograph: Image.Image) -> Image.Image:
    turn = TURNS.get(photograph.getexif().get(ORIENTATION, 1))
    return photograph if turn is None else photograph.transpose(turn)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")
