"""The forms that a value of a case file can have, and the forms in which a type can be written."""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

_LISTS = (list, tuple, set, frozenset)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Form(Enum):
    """The forms that a value can have; the value of each is how a message calls it."""

    MAPPING = "a mapping"
    LIST = "a list"
    TEXT = "a text"
    DATE = "a date such as 2026-05-31"
    WHOLE = "a whole number"
    NUMBER = "a number"
    TRUTH = "true or false"
    NOTHING = "null"
    ANYTHING = "anything"


# In this order: bool is an int and datetime is a date, the finer class is asked first.
_FORMS_OF_CLASSES = (
    (BaseModel, Form.MAPPING),
    (datetime.datetime, Form.TEXT),
    (datetime.date, Form.DATE),
    (bool, Form.TRUTH),
    (int, Form.WHOLE),
    ((float, Decimal, Fraction), Form.NUMBER),
    (str, Form.TEXT),
    ((dict, Mapping), Form.MAPPING),
    (_LISTS, Form.LIST),
    (types.NoneType, Form.NOTHING),
)


def forms(leaf: Any) -> frozenset[Form]:
    """Return the forms in which a value of one type may be written.

    >>> forms(Literal["off", 1]) == {Form.TEXT, Form.WHOLE}
    True
    """
    if get_origin(leaf) is Literal:
        return frozenset(form_of_class(type(value)) for value in get_args(leaf))
    kind = get_origin(leaf) or leaf
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset(form_of_class(type(member.value)) for member in kind)
    return frozenset({form_of_class(kind)})


def form_of_class(kind: Any) -> Form:
    """Return the form in which instances of a class are written, ANYTHING if that is not known.

    >>> form_of_class(bool), form_of_class(object)
    (<Form.TRUTH: 'true or false'>, <Form.ANYTHING: 'anything'>)
    """
    if not isinstance(kind, type):
        return Form.ANYTHING
    found = (form for classes, form in _FORMS_OF_CLASSES if issubclass(kind, classes))
    return next(found, Form.ANYTHING)


def has_form(value: object, form: Form) -> bool:
    """Tell whether ``value``, as it stands in a document, has the ``form``.

    >>> has_form(True, Form.WHOLE), has_form(Decimal("3.0"), Form.WHOLE), has_form("3", Form.WHOLE)
    (False, True, False)
    """
    match form:
        case Form.MAPPING | Form.LIST:
            return isinstance(value, dict if form is Form.MAPPING else list)
        case Form.TEXT | Form.DATE:
            return isinstance(value, str) and (form is Form.TEXT or _is_date(value))
        case Form.WHOLE | Form.NUMBER:
            return _is_whole(value) or (form is Form.NUMBER and isinstance(value, Decimal))
        case Form.TRUTH:
            return isinstance(value, bool)
        case Form.NOTHING:
            return value is None
    return True


def _is_whole(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
