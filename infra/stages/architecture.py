"""What the functions run on, by Lambda's names."""

from enum import StrEnum


class Architecture(StrEnum):
    ARM64 = "arm64"
    X86_64 = "x86_64"
