"""The switch that pauses all sending."""

from absence_texts.parameter_store import Sending
from ops.service import Service


def turn(service: Service, to: Sending) -> bool:
    """Set the switch; return whether it stood otherwise, even on neither of its values."""
    name = service.sending_parameter
    before = service.ssm.get_parameter(Name=name)["Parameter"]["Value"]
    if before == to:
        return False
    service.ssm.put_parameter(Name=name, Value=to.value, Overwrite=True)
    return True
