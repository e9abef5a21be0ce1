"""The environment as frozen, typed settings. `.env.example` explains each one; a test compares the two."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that differs between two bots that run the same code.

    Raises pydantic.ValidationError when a variable cannot be read; `bot.cli` words it for people.
    """

    model_config = SettingsConfigDict(env_prefix="HAMROH_", env_file=".env", extra="ignore", frozen=True)

    token: SecretStr = SecretStr("")
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    seminar: Path = Path("seminars/sejong-2025")
    starts_on: date | None = None
    database: Path = Path("data/hamroh.db")
    api_url: str = "https://api.telegram.org"
    rate: float = Field(default=28.0, gt=0, le=1000)
    allow_paid_broadcast: bool = False
    invite_days: int = Field(default=30, ge=1, le=365)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("owners", mode="before")
    @classmethod
    def _split_owners(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
        return value

    @field_validator("starts_on", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("api_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// or http://")
        return value.rstrip("/")
