"""A plan's money against its goods: what ``planner money`` does."""

from planner.answers.money.answer import MoneyAnswer, money

__all__ = ["MoneyAnswer", "money"]
