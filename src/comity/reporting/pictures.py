"""Small pictures of photographs that came as evidence."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

#: Longest side of a preview, and the most pixels of a photograph that is looked into.
SIDE, MOST_PIXELS = 480, 60_000_000


def preview(content: bytes) -> bytes | None:
    """A JPEG of at most 480 by 480 pixels, upright, without what a camera wrote into it.

    None if the picture cannot be read or is too large to look into.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as photograph:
            if photograph.width * photograph.height > MOST_PIXELS:
                return None
            photograph.draft("RGB", (SIDE * 2, SIDE * 2))
            small = ImageOps.exif_transpose(photograph)
            small.thumbnail((SIDE, SIDE))
            written = BytesIO()
            _on_white(small).save(written, "JPEG", quality=80, optimize=True)
            return written.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")
