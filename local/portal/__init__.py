"""A stand-in for the college's Communications Portal, for the local stack and the tests alone.

It is not the product: it logs anyone in as anyone.
"""
