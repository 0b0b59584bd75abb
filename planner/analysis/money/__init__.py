"""Households' money against goods, case by case, over many draws of the accounts.

It is an accounting of a solved plan, which binds none.
"""
