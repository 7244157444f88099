from absence_texts.settings import DatabaseSettings, MessageSettings, MobileSettings


class RecordDeliverySettings(DatabaseSettings, MessageSettings, MobileSettings):
    """The settings of recording what became of texts."""
