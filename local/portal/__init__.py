"""A stand-in for the college's Communications Portal, for the local stack and the tests only.

It is no part of the product: anyone can log in as any guardian.
"""
