"""trainplan: training schedules that break no rule, with how close to the best they are."""

__version__ = "0.1.0"
