from absence_texts.settings import CollegeSettings, DatabaseSettings


class RecordDeliverySettings(DatabaseSettings, CollegeSettings):
    """The settings of recording what became of texts."""
