"""`status`: whether the service is running, and since when sending is paused and by whom."""
