"""A picture as a job: matplotlib is loaded by the process that draws."""

from dataclasses import dataclass

from bot.charts.model import Chart, Look
from bot.jobs.job import JobFiles


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws one chart."""

    chart: Chart
    look: Look

    def perform(self, files: JobFiles) -> bytes:  # noqa: ARG002 - as every job
        """The picture as PNG."""
        from bot.charts.drawing import draw

        return draw(self.chart, self.look)
