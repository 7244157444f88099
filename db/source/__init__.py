"""The data contract: what the service reads of a college's tables."""
