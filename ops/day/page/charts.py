"""Draws a figure as SVG for the page, whose style gives the colours and the letters.

pygal adds a style, a script and tooltips to each chart. This module removes them, because the
page's Content-Security-Policy allows the page's own style and script only.
"""

from collections.abc import Iterator
from enum import IntEnum
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pygal import Bar, HorizontalBar
from pygal.graph.graph import Graph
from pygal.style import Style

from ops.day.page.figure import Figure

_FONT_SIZE = 13
_STYLE = Style(
    label_font_size=_FONT_SIZE,
    major_label_font_size=_FONT_SIZE,
    title_font_size=_FONT_SIZE,
    value_font_size=_FONT_SIZE,
)
"""The sizes for which pygal leaves room; style.css sets the same."""
_LETTER = 8
"""The width of a letter, as pygal estimates it."""
_HEIGHT = 240
_BAR_HEIGHT = 30
_ROOM_FOR_THE_NUMBER = 1.2
_LONGEST_LABEL = 48
"""Letters: the table shows the whole words."""
_MOST_LINES = 5


class Width(IntEnum):
    """A chart is drawn for each kind of screen, because its letters must not shrink."""

    WIDE = 680
    NARROW = 280


def drawings(figure: Figure) -> list[Markup]:
    """Return the figure as SVG elements, of which the style shows the one that fits the screen."""
    return [_draw(figure, width) for width in Width if _fits(figure, width)]


def _fits(figure: Figure, width: Width) -> bool:
    longest = max(len(label) for label, _ in figure.rows)
    return figure.is_of_time or min(longest, _LONGEST_LABEL) * _LETTER < width * 2 / 3


def _draw(figure: Figure, width: Width) -> Markup:
    chart = _of_time(figure, width) if figure.is_of_time else _bars(figure, width)
    chart.add_xml_filter(lambda root: _in_the_page(root, figure, width))
    svg: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return Markup(svg)  # noqa: S704 (ElementTree escaped every text and attribute)


def _of_time(figure: Figure, width: Width) -> Graph:
    """Return upright bars, one beside the other for the numbers of a row."""
    labels = [label for label, _ in figure.rows]
    chart = Bar(
        height=_HEIGHT, show_minor_x_labels=False, x_title=figure.headings[0], **_options(width)
    )
    chart.x_labels = labels
    chart.x_labels_major = _labels_with_room(labels, width)
    lines_at = _whole_numbers(max(max(numbers) for _, numbers in figure.rows))
    chart.y_labels = [{"label": f"{number:,}", "value": number} for number in lines_at]
    for number, heading in enumerate(figure.headings[1:]):
        chart.add(heading, [numbers[number] for _, numbers in figure.rows])
    return chart


def _bars(figure: Figure, width: Width) -> Graph:
    """Return a lying bar for each row, with its number."""
    upwards = figure.rows[::-1]
    chart = HorizontalBar(
        height=_BAR_HEIGHT * (len(upwards) + 1),
        print_values=True,
        print_values_position="top",
        **_options(width),
    )
    numbers = [number for _, (number,) in upwards]
    chart.x_labels = [label for label, _ in upwards]
    chart.range = (0, max(numbers) * _ROOM_FOR_THE_NUMBER)
    chart.add(figure.headings[1], numbers)
    return chart


def _options(width: Width) -> dict[str, object]:
    return {
        "width": width.value,
        "style": _STYLE,
        "js": (),
        "show_legend": False,
        "truncate_label": _LONGEST_LABEL,
        "margin": 6,
        "spacing": 6,
        "formatter": lambda number: f"{number:,.0f}",
    }


def _labels_with_room(labels: list[str], width: Width) -> list[str]:
    """Return every label, or every fourth one, which is a whole hour, or fewer."""
    room = width // (max(map(len, labels)) * (_LETTER + 1))
    step = next(step for step in (1, 4, 8, 16, 96) if len(labels) <= step * room)
    return labels[::step]


def _whole_numbers(highest: int) -> list[int]:
    powers = (10**power for power in range(len(str(highest)) + 1))
    round_steps = (factor * power for power in powers for factor in (1, 2, 5))
    step = next(step for step in round_steps if step * _MOST_LINES >= highest)
    return list(range(0, highest + step, step))


def _in_the_page(root: Element, figure: Figure, width: Width) -> Element:
    """Leave only what is drawn, and name it for a screen reader."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not _is_drawn(child):
                parent.remove(child)
    root.attrib.pop("id")
    name = f"{figure.name}-{width.name.lower()}"
    root.set("class", f"chart {width.name.lower()}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    root[:0] = _words(name, title=figure.title, desc=figure.sentence)
    return root


def _is_drawn(element: Element) -> bool:
    """Say whether a browser draws the element. A comment's tag is no string."""
    is_shown = element.tag in {"svg", "g", "rect", "path", "text"}
    return is_shown and "tooltip-overlay" not in element.get("class", "")


def _words(name: str, **words: str) -> Iterator[Element]:
    for tag, text in words.items():
        element = Element(tag, id=f"{name}-{tag}")
        element.text = text
        yield element
