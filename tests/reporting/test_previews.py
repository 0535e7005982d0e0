from io import BytesIO

import pytest
from PIL import Image

from comity.reporting import pictures
from comity.reporting.pictures import preview
from tests.reporting.pictures import a_photograph


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_preview_is_small_and_says_nothing_of_the_camera(kind: str) -> None:
    small = opened(preview(a_photograph(1200, 600, kind=kind)))
    assert (small.format, small.size) == ("JPEG", (480, 240))
    assert dict(small.getexif()) == {}


def test_a_photograph_taken_sideways_stands_upright() -> None:
    small = opened(preview(a_photograph(1200, 600, turned=True)))
    assert small.size == (240, 480)


def test_clear_parts_are_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(preview(written.getvalue())).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", a_photograph(300, 300)[:200]])
def test_what_is_no_picture_has_no_preview(content: bytes) -> None:
    assert preview(content) is None


def test_a_picture_too_large_to_look_into_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    assert preview(a_photograph(300, 300)) is None
