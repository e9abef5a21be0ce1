"""The environment as frozen, typed settings. `.env.example` explains each one; a test compares the two."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import setting_values

PREFIX: Final = "HAMROH_"


class Settings(BaseSettings):
    """Everything that differs between two bots that run the same code.

    Each field says by `description` what belongs there, for the sentence about a mistake, and by `examples` how that is
    written where its default does not show it. Raises pydantic.ValidationError when a variable cannot be read;
    `bot.environment` words it for people.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8-sig",  # some editors begin a file with a mark
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr = Field(
        default=SecretStr(""),
        description="the token that @BotFather gave you (a number, a colon, about 35 letters and digits)",
        examples=["123456789:AAHk..."],
    )
    owners: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Telegram ids, with commas between them",
        examples=["123456789,987654321"],
    )
    seminar: Path = Field(
        default=Path("seminars/sejong-2025"),
        description="the folder of the seminar",
    )
    starts_on: date | None = Field(
        default=None,
        description="the first day as YYYY-MM-DD, or nothing",
        examples=["2026-02-02"],
    )
    database: Path = Field(
        default=Path("data/hamroh.db"),
        description="the path of a file",
    )
    api_url: str = Field(
        default="https://api.telegram.org",
        description="the address of a Bot API server",
    )
    rate: float = Field(
        default=28.0,
        gt=0,
        le=1000,
        description="messages a second, a number above 0 and up to 1000",
        examples=["28"],
    )
    allow_paid_broadcast: bool = Field(
        default=False,
        description="true or false",
        examples=["false"],
    )
    invite_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="a number of days from 1 to 365",
    )
    log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="DEBUG, INFO, WARNING or ERROR",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _read(cls, value: object, info: ValidationInfo) -> object:
        return setting_values.read(str(info.field_name), value)
