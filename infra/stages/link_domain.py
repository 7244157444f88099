"""An address of the link's own, instead of a rule in the portal's web server."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LinkDomain:
    """The college makes the certificate, and the DNS record that leads here."""

    name: str
    """Below the portal's own domain, so that the portal's session cookie comes along."""
    certificate_arn: str
    """Of ACM, in the stack's region, and issued."""
