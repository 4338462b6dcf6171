"""Pictures of strangers: what is taken, what is left of them, and who sees them."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, NotFoundError, TooLargeError
from leuit_ecatalog.service.picture_making import (
    LARGE,
    MAX_BYTES,
    SMALL,
    WrongPictureError,
    make_picture,
)
from leuit_ecatalog.service.pictures import (
    MOST_PICTURES,
    add_picture,
    drop_picture,
    put_first,
    store_picture,
)
from leuit_ecatalog.service.product_access import pictures_of
from tests.ecatalog.shop import Shop, photo
from tests.support.client import Client

pytestmark = pytest.mark.ci

SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">
<script>alert(1)</script></svg>"""


def png(width: int, height: int, *, pixels: bytes = b"", chunks: bytes = b"") -> bytes:
    """A PNG by hand: its head may promise anything."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunks + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_ec_52() -> None:
    """EC-52: 300 × 300 PNG is taken, 299 × 300 is not, GIF is not."""
    made = make_picture(photo(300, 300, "PNG"))
    assert (made.width, made.height) == (300, 300)
    with pytest.raises(WrongPictureError, match="299"):
        make_picture(photo(299, 300, "PNG"))
    with pytest.raises(WrongPictureError, match="GIF"):
        make_picture(photo(300, 300, "GIF"))


def test_what_is_kept_is_made_anew() -> None:
    """A large photo becomes two WebP of bounded size, whose colours are those of the photo."""
    made = make_picture(photo(3_000, 1_500))
    large, small = opened(made.large), opened(made.small)
    assert (large.format, large.size) == ("WEBP", (LARGE, LARGE // 2))
    assert (small.format, small.size) == ("WEBP", (SMALL, SMALL // 2))
    red, green, blue = large.convert("RGB").getpixel((5, 5))  # type: ignore[misc]  # three numbers in RGB
    assert abs(red - 120) < 6
    assert abs(green - 90) < 6
    assert abs(blue - 30) < 6


def test_nothing_else_of_the_file_is_left() -> None:
    """Place, camera, comments and what stands behind the end do not come through."""
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    exif.get_ifd(0x8825)[1] = "S"
    sent = photo(400, 400, exif=exif, comment=b"KomentarRahasia") + b"<script>EkorRahasia</script>"
    made = make_picture(sent)
    for data in (made.large, made.small):
        assert b"Rahasia" not in data
        assert not opened(data).getexif()
        assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(opened(data).info)


def test_a_photo_taken_upright_stands_upright() -> None:
    """What the camera only noted is done to the pixels."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = make_picture(photo(600, 400, exif=exif))
    assert (made.width, made.height) == (400, 600)


def test_what_was_transparent_is_white() -> None:
    """A cut-out product stands on white."""
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(make_picture(out.getvalue()).large).convert("RGB").getpixel((9, 9)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        b"  \n<svg onload=alert(1)>",
        b"<!DOCTYPE html><script>",
        b"%PDF-1.7",
        b"",
        b"PK\x03\x04",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic",
        b"BM" + b"\x00" * 60,
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        photo()[:900],
        photo(kind="PNG")[:90],
        b"\xff\xd8\xff\xe0" + b"\xff" * 2_000,
        png(400, 400, pixels=zlib.compress(b"\x00" * 100)),
        png(0, 400),
    ],
)
def test_what_is_no_whole_photo_is_refused_in_words(data: bytes) -> None:
    """Programs, documents, other kinds and broken files: refused, told what to send instead."""
    with pytest.raises(WrongPictureError) as caught:
        make_picture(data)
    assert "JPEG" in str(caught.value)


@pytest.mark.parametrize(
    "width, height",
    [(50_000, 50_000), (300, 200_000), (2**31 - 1, 2**31 - 1), (10_000, 9_900), (5_001, 5_000)],
)
def test_a_bomb_is_refused_before_it_is_decoded(
    width: int, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A head that promises too many pixels is enough; nothing of it is unpacked."""

    def never(*_args: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", never)
    pixels = zlib.compress(b"\x00" * 1_000_000)
    with pytest.raises(WrongPictureError, match="piksel"):
        make_picture(png(width, height, pixels=pixels))


def test_a_bomb_of_text_is_refused() -> None:
    """A megabyte of words that unpacks to a gigabyte beside the pixels."""
    text = b"k\x00\x00" + zlib.compress(b"\x00" * 200_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + text))
    with pytest.raises(WrongPictureError):
        make_picture(png(400, 400, chunks=chunk, pixels=zlib.compress(b"\x00" * 1_201 * 400)))


def test_too_many_bytes_are_refused_unseen() -> None:
    """The limit comes before anything else."""
    with pytest.raises(TooLargeError):
        make_picture(b"\xff\xd8\xff" + b"\x00" * MAX_BYTES)


@given(st.binary(max_size=600), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_raise_anything_else(tail: bytes, head: bytes) -> None:
    """Whatever comes is refused with a sentence, never with an error of a library."""
    with pytest.raises(WrongPictureError):
        make_picture(head + tail)


@given(st.integers(0, 5_000), st.integers(1, 255))
def test_a_damaged_photo_is_refused_or_made(place: int, change: int) -> None:
    """One byte that is another gives a picture or a refusal."""
    data = bytearray(photo(320, 320))
    data[place % len(data)] ^= change
    try:
        made = make_picture(bytes(data))
    except WrongPictureError:
        return
    assert min(made.width, made.height) >= 1


def test_pictures_of_a_product(shop: Shop) -> None:
    """Added in order, one put first, one taken off; the same one is not added twice."""
    product_id = shop.draft()
    first, second = (store_picture(shop.app, photo(400, 400 + n)) for n in range(2))
    for version, picture in ((1, first), (2, second)):
        with shop.app.change(shop.vendor) as work:
            add_picture(work, product_id, version, picture)
    with pytest.raises(InvalidInputError), shop.app.change(shop.vendor) as work:
        add_picture(work, product_id, 3, first)
    with shop.app.read(shop.vendor) as view:
        ids = [one.id for one in pictures_of(view, product_id)]
    with shop.app.change(shop.vendor) as work:
        put_first(work, product_id, 3, ids[1])
    with shop.app.change(shop.vendor) as work:
        drop_picture(work, product_id, 4, ids[0])
    with shop.app.read(shop.vendor) as view:
        assert [one.id for one in pictures_of(view, product_id)] == [ids[1]]


def test_a_product_has_not_more_than_it_may(shop: Shop) -> None:
    """The ninth picture is refused."""
    product_id = shop.draft()
    for number in range(MOST_PICTURES + 1):
        picture = store_picture(shop.app, photo(300, 300 + number))
        if number < MOST_PICTURES:
            with shop.app.change(shop.vendor) as work:
                add_picture(work, product_id, 1 + number, picture)
            continue
        with pytest.raises(InvalidInputError), shop.app.change(shop.vendor) as work:
            add_picture(work, product_id, 1 + number, picture)


def test_a_picture_is_not_taken_from_another(shop: Shop) -> None:
    """Neither put first nor dropped through a product that it does not belong to."""
    mine, other = shop.complete(), shop.complete("Lain", shop.rival)
    with shop.app.read(SYSTEM) as view:
        foreign = pictures_of(view, other)[0].id
    for act in (put_first, drop_picture):
        with pytest.raises(NotFoundError), shop.app.change(shop.vendor) as work:
            act(work, mine, 5, foreign)


def test_who_sees_a_picture(shop: Shop, client: Client) -> None:
    """Of a draft its vendor and the moderator; of what is shown everybody, and for ever."""
    product_id = shop.complete()
    with shop.app.read(SYSTEM) as view:
        picture = pictures_of(view, product_id)[0].id
    path = f"/ecatalog/pictures/{picture}/small"

    def status() -> list[int]:
        found = [client.get(path).status_code]
        for who in (shop.vendor, shop.rival, shop.manager, shop.office.staff(5)):
            with client.as_(who):
                found.append(client.get(path).status_code)
        return found

    assert status() == [404, 200, 404, 200, 404]
    with client.as_(shop.vendor):
        assert client.get(path).headers["cache-control"] == "private, no-store"
        version = shop.product(product_id).version
        answer = client.post_form(
            f"/ecatalog/shop/products/{product_id}/submit", {"version": version}
        )
    assert answer.status_code == 303
    shop.decide(product_id, "approved")
    assert status() == [200] * 5
    answer = client.get(path)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/ecatalog/pictures/{picture}/other").status_code == 404


def test_a_hostile_picture_is_refused_on_the_page(shop: Shop, client: Client) -> None:
    """The form comes back with the reason, and nothing is stored."""
    product_id = shop.draft()
    client.sign_in(shop.vendor)
    answer = client.post_form(
        f"/ecatalog/shop/products/{product_id}/pictures",
        {"version": "1", "alt": ""},
        files={"file": ("foto.png", SVG, "image/png")},
    )
    assert answer.status_code == 422
    assert "SVG" in answer.text
    assert "alert(1)" not in answer.text
    with shop.app.read(SYSTEM) as view:
        assert pictures_of(view, product_id) == []
