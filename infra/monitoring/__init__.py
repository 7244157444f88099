"""The metrics that the functions count, and the alarms and the dashboard made from them."""
