"""Plain pictures for the demonstration, drawn here: a thing of a few shapes on a quiet ground.

Each category has one: its group gives the thing, its code the colours. No picture of anybody else
is in the product.
"""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

SIDE: Final = 600
_GROUNDS: Final = ("#ece9e1", "#e6ecea", "#efe6da", "#e7e9f1", "#eee7ea", "#e9eee2")
_COLOURS: Final = ("#8a5a2b", "#2b3a8c", "#1d6a3d", "#a1552d", "#5b4a7a", "#3b6f86", "#7a4c00")
_DARK, _LIGHT, _GOLD = "#2a2a33", "#ffffff", "#f2b93b"
Draw = ImageDraw.ImageDraw


def drawn(code: str) -> bytes:
    """The picture of a category as PNG."""
    parts = [int(part) for part in code.split(".")]
    seed = sum(part * weight for part, weight in zip(parts, (5, 3, 4), strict=False))
    picture = Image.new("RGB", (SIDE, SIDE), _GROUNDS[seed % len(_GROUNDS)])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((120, 470, 480, 530), fill="#d8d3c6")
    things = _LOCAL if parts[0] == 1 else _THINGS
    thing = things[(parts[1 if parts[0] == 1 else 0] - 1) % len(things)]
    thing(draw, _COLOURS[seed % len(_COLOURS)], parts[-1])
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _sugar(draw: Draw, _colour: str, number: int) -> None:
    colour = ("#8a5a2b", "#a1552d", "#6f4320")[number % 3]
    for place in range(2 + number % 3):
        top = 430 - place * 90
        draw.rounded_rectangle((170, top, 430, top + 80), 34, fill=colour)
        draw.ellipse((185, top - 8, 415, top + 40), fill=_mixed(colour))


def _cloth(draw: Draw, colour: str, number: int) -> None:
    draw.polygon([(170, 150), (430, 150), (490, 490), (110, 490)], fill=colour)
    for place in range(5):
        left = 190 + place * 50
        draw.line((left, 152, left - 60 + place * 30, 488), fill=_GOLD, width=4 + number)
    for place in range(13):
        draw.line((122 + place * 30, 490, 122 + place * 30, 516), fill=colour, width=5)


def _basket(draw: Draw, _colour: str, number: int) -> None:
    draw.arc((200, 110, 400, 360), 180, 360, fill="#7a4c00", width=16)
    draw.polygon([(140, 250), (460, 250), (410, 490), (190, 490)], fill="#d2a863")
    for row in range(4):
        for place in range(4):
            left, top = 186 + place * 54 + (row + number) % 2 * 26, 265 + row * 56
            draw.rectangle((left, top, left + 26, top + 34), fill="#a9783a")


def _jar(draw: Draw, colour: str, number: int) -> None:
    draw.rounded_rectangle((200, 210, 400, 500), 40, fill="#d9902f")
    draw.rectangle((215, 150, 385, 215), fill=_DARK)
    draw.rectangle((200, 300, 400, 400), fill=_LIGHT)
    for place in range(2 + number % 3):
        draw.ellipse((225 + place * 50, 325, 263 + place * 50, 370), fill=colour)


def _paper(draw: Draw, colour: str, number: int) -> None:
    for place in range(4):
        left = 190 + place * 14
        draw.rectangle(
            (left, 170 - place * 10, left + 200, 450), fill=_LIGHT, outline=colour, width=5
        )
    for line in range(4 + number):
        draw.line((250, 220 + line * 34, 400, 220 + line * 34), fill=_mixed(colour), width=9)


def _screen(draw: Draw, colour: str, number: int) -> None:
    draw.rounded_rectangle((130, 150, 470, 390), 18, fill=_DARK)
    draw.rectangle((150, 170, 450, 370), fill=colour)
    for place in range(number + 2):
        draw.rectangle((180 + place * 48, 300 - place * 22, 210 + place * 48, 350), fill=_GOLD)
    draw.polygon([(90, 460), (150, 395), (450, 395), (510, 460)], fill="#6b6d7a")


def _bowl(draw: Draw, colour: str, number: int) -> None:
    draw.ellipse((180, 200, 420, 340), fill=_LIGHT)
    for place in range(3 + number):
        draw.ellipse((200 + place * 32, 215 + place % 2 * 24, 262 + place * 32, 270), fill=_GOLD)
    draw.pieslice((140, 120, 460, 470), 0, 180, fill=colour)


def _bricks(draw: Draw, colour: str, number: int) -> None:
    for row in range(4):
        for place in range(3):
            left = 130 + place * 120 - row % 2 * 40
            top = 400 - row * 78
            tone = colour if (place + row + number) % 3 else _mixed(colour)
            draw.rounded_rectangle((left, top, left + 108, top + 66), 6, fill=tone)


def _health(draw: Draw, colour: str, _number: int) -> None:
    draw.rounded_rectangle((150, 200, 450, 460), 26, fill=_LIGHT, outline=colour, width=10)
    draw.rectangle((275, 250, 325, 410), fill=colour)
    draw.rectangle((220, 305, 380, 355), fill=colour)
    draw.arc((240, 140, 360, 250), 180, 360, fill=colour, width=14)


def _bucket(draw: Draw, colour: str, _number: int) -> None:
    draw.arc((180, 120, 420, 360), 180, 360, fill=_DARK, width=10)
    draw.polygon([(170, 240), (430, 240), (390, 490), (210, 490)], fill=colour)
    draw.ellipse((168, 214, 432, 268), fill=_mixed(colour))


def _shirt(draw: Draw, colour: str, number: int) -> None:
    outline = [(230, 160), (370, 160), (500, 250), (450, 330), (400, 300), (400, 490)]
    draw.polygon([*outline, (200, 490), (200, 300), (150, 330), (100, 250)], fill=colour)
    draw.polygon([(260, 160), (340, 160), (300, 220)], fill=_LIGHT)
    for place in range(2 + number):
        draw.line((200, 350 + place * 34, 400, 350 + place * 34), fill=_GOLD, width=8)


def _leaf(draw: Draw, colour: str, number: int) -> None:
    draw.line((300, 500, 300, 200), fill="#5a6b34", width=14)
    for place in range(2 + number):
        top = 200 + place * 74
        draw.ellipse((150, top, 300, top + 66), fill=colour)
        draw.ellipse((300, top - 30, 450, top + 36), fill=_mixed(colour))


def _van(draw: Draw, colour: str, _number: int) -> None:
    draw.rounded_rectangle((100, 230, 500, 440), 40, fill=colour)
    for left in (140, 250, 360):
        draw.rounded_rectangle((left, 260, left + 90, 330), 10, fill="#dbe5ee")
    for left in (160, 350):
        draw.ellipse((left, 390, left + 96, 486), fill=_DARK)
        draw.ellipse((left + 28, 418, left + 68, 458), fill=_LIGHT)


def _book(draw: Draw, colour: str, number: int) -> None:
    for place in range(2 + number):
        top = 420 - place * 72
        draw.rounded_rectangle((150 + place * 12, top, 450 - place * 8, top + 62), 8, fill=colour)
        draw.rectangle((170 + place * 12, top + 40, 440 - place * 8, top + 54), fill=_LIGHT)


def _tank(draw: Draw, colour: str, _number: int) -> None:
    draw.rounded_rectangle((190, 220, 410, 500), 60, fill=colour)
    draw.rectangle((260, 170, 340, 230), fill=_mixed(colour))
    draw.arc((220, 120, 380, 230), 180, 360, fill=_DARK, width=16)


_THINGS: Final[tuple[Callable[[Draw, str, int], None], ...]] = (
    *(_jar, _paper, _screen, _bowl, _bricks, _health),
    *(_bucket, _shirt, _leaf, _van, _book, _tank),
)


_LOCAL: Final[tuple[Callable[[Draw, str, int], None], ...]] = (_sugar, _cloth, _basket, _jar)


def _mixed(colour: str) -> str:
    """A lighter tone of a colour."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)
