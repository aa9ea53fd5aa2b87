"""Numbers with a past: a value, its range, where it comes from and how far to trust it.

In a case file a number is written plainly (``40``) or in the long form
(``{value: 40, low: 35, high: 45, basis: assumed, note: ...}``); both become a :class:`Number`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Basis = Literal["retrieved", "recalled", "derived", "assumed"]


class Stated(BaseModel):
    """Base of everything a case file states: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Number(Stated):
    """A number, plain or with unit, range, source and basis.

    >>> Number.model_validate(3).exact, Number.model_validate({"value": "0.1"}).exact
    (Fraction(3, 1), Fraction(1, 10))
    """

    value: Decimal = Field(description="The number itself, in the unit that the field's name or text gives.")
    unit: str | None = Field(None, description="Unit as the source gives it; for the reader only.")
    low: Decimal | None = Field(None, description="Lower end of the range one would defend, same unit.")
    high: Decimal | None = Field(None, description="Upper end of the range one would defend, same unit.")
    source: str | None = Field(None, description="Id from `sources`, with an optional fact id after a slash.")
    basis: Basis | None = Field(None, description="retrieved, recalled, derived or assumed.")
    note: str | None = Field(None, description="How it was read, derived or why it was assumed.")

    @model_validator(mode="before")
    @classmethod
    def _accept_plain(cls, raw: Any) -> Any:
        if isinstance(raw, bool):
            raise ValueError(f'found "{str(raw).lower()}", expected a number')
        return {"value": raw} if isinstance(raw, int | Decimal | float | str) else raw

    @model_validator(mode="after")
    def _range_holds_value(self) -> Number:
        if self.low is not None and self.low > self.value:
            raise ValueError(f"low {self.low} is above the value {self.value}")
        if self.high is not None and self.high < self.value:
            raise ValueError(f"high {self.high} is below the value {self.value}")
        if self.basis == "assumed" and (self.low is None or self.high is None):
            raise ValueError("an assumed number needs its range: add low and high")
        return self

    @property
    def exact(self) -> Fraction:
        """The value as an exact fraction."""
        return _fraction(self.value)

    @property
    def whole(self) -> int:
        """The value of a number that was declared whole."""
        return int(self.value)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Editors must accept the plain form as well as the long one."""
        long_form = handler(core)
        return {"anyOf": [{"type": "number"}, long_form]}


@functools.lru_cache(maxsize=1 << 14)
def _fraction(value: Decimal) -> Fraction:
    """Return an exact fraction; those of a case are asked for again and again."""
    return Fraction(value)


def _bounded(least: int | None, most: int | None, whole: bool) -> Callable[[Number], Number]:
    def check(number: Number) -> Number:
        for value in (number.value, number.low, number.high):
            if value is None:
                continue
            if least is not None and value < least:
                raise ValueError(f"found {value}, must be at least {least}")
            if most is not None and value > most:
                raise ValueError(f"found {value}, must be at most {most}")
        if whole and number.value != number.value.to_integral_value():
            raise ValueError(f"found {number.value}, expected a whole number")
        return number

    return check


LARGEST_MONEY = 10_000_000
"""Million; more than the world spends on arms in a year, and small enough to stay exact."""

MillionMoney = Annotated[Number, AfterValidator(_bounded(0, LARGEST_MONEY, whole=False))]
WholeMoney = Annotated[Number, AfterValidator(_bounded(0, LARGEST_MONEY, whole=True))]
Percent = Annotated[Number, AfterValidator(_bounded(0, 1000, whole=False))]
Count = Annotated[Number, AfterValidator(_bounded(0, 1_000_000, whole=True))]
Weight = Annotated[Number, AfterValidator(_bounded(0, 1000, whole=False))]
Factor = Annotated[Number, AfterValidator(_bounded(0, 100, whole=False))]
Months = Annotated[Number, AfterValidator(_bounded(0, 1200, whole=True))]
Year = Annotated[Number, AfterValidator(_bounded(1900, 2200, whole=True))]


def plain(value: int | str) -> Number:
    """Return a default number that nobody stated.

    >>> plain(100).whole
    100
    """
    return Number(value=Decimal(value))
