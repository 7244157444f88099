"""The functions' settings, made from a stage: what a cold start would refuse, synth refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from detect_absences.settings import DetectAbsencesSettings
from infra.stages import Stage, StageRefusedError
from send_sms.settings import SendSmsSettings

type Environment = dict[str, str]


class _FromStageOnly(BaseSettings):
    """What happens to be in the deployer's own environment must not reach a function."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings' signature)
        init_settings: PydanticBaseSettingsSource,
        **_others: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class _DetectAbsences(_FromStageOnly, DetectAbsencesSettings):
    pass


class _SendSms(_FromStageOnly, SendSmsSettings):
    pass


@dataclass(frozen=True)
class FunctionSettings:
    """The environment of each function."""

    stage: Stage

    def detect_absences(self, *, queue_url: str, sending_parameter: str) -> Environment:
        stage = self.stage
        with self._refusing():
            settings = _DetectAbsences(
                stage=stage.name,
                database_secret_id=stage.database_secret_name,
                source_schema=stage.source_schema,
                college_time_zone=stage.college_time_zone,
                clock_offset_seconds=stage.clock_offset_seconds,
                sending_parameter=sending_parameter,
                queue_url=queue_url,
            )
        return settings.environment()

    def send_sms(self, *, sending_parameter: str) -> Environment:
        stage = self.stage
        with self._refusing():
            settings = _SendSms(
                stage=stage.name,
                database_secret_id=stage.database_secret_name,
                source_schema=stage.source_schema,
                college_time_zone=stage.college_time_zone,
                clock_offset_seconds=stage.clock_offset_seconds,
                sending_parameter=sending_parameter,
                message_link=stage.message_link,
                sender_id=stage.sender_id,
                accept_fictional_mobiles=stage.accept_fictional_mobiles,
            )
        return settings.environment()

    def absence_redirect(self) -> Environment:
        stage = self.stage
        return {
            "STAGE": stage.name,
            "DATABASE_SECRET_ID": stage.database_secret_name,
            "COLLEGE_TIME_ZONE": stage.college_time_zone,
            "CLOCK_OFFSET_SECONDS": str(stage.clock_offset_seconds),
            "LOGIN_ADDRESS": stage.login_address,
            "LINK_ADDRESS": stage.link_address,
            "RECORD_ABSENCE_ADDRESS": stage.record_absence_address,
            "COLLEGE_NAME": stage.college_name,
            "ATTENDANCE_LINE": stage.attendance_line,
        }

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            reasons = "; ".join(
                found["msg"].removeprefix("Value error, ") for found in error.errors()
            )
            raise StageRefusedError(f"Stage {self.stage.name} is refused: {reasons}.") from error
