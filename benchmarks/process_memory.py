"""The peak of this process's memory."""


def peak_mebibytes() -> float:
    """Return the peak, which isn't getrusage's: that may be the peak of the process's parent."""
    with open("/proc/self/status") as status:  # noqa: PTH123 (pathlib's memory would be counted)
        (peak,) = (line.split()[1] for line in status if line.startswith("VmHWM:"))
    return int(peak) / 1024
