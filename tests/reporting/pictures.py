from functools import lru_cache
from io import BytesIO

from PIL import Image


@lru_cache
def a_photograph(width: int, height: int, *, turned: bool = False, kind: str = "JPEG") -> bytes:
    """A picture with a red left half; `turned` says that the camera lay on its side."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    if turned:
        exif[0x0112] = 6
    written = BytesIO()
    picture.save(written, kind, exif=exif)
    return written.getvalue()
