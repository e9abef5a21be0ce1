"""Draws a chart as PNG. It loads matplotlib, so the bot itself never imports it: see `bot.charts.job`."""

from bot.charts import bar_chart, day_chart, heat_map, pair_chart
from bot.charts.canvas import Canvas
from bot.charts.model import BarChart, Chart, DayChart, HeatMap, Look, PairChart


def draw(chart: Chart, look: Look) -> bytes:
    """The picture of a chart: 1,080 pixels wide, as high as it needs."""
    return sheet(chart, look).png()


def sheet(chart: Chart, look: Look) -> Canvas:
    """The chart on its sheet."""
    match chart:
        case HeatMap():
            return heat_map.draw(chart, look)
        case DayChart():
            return day_chart.draw(chart, look)
        case BarChart():
            return bar_chart.draw(chart, look)
        case PairChart():
            return pair_chart.draw(chart, look)
