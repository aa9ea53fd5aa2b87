"""What a model expects at a place: the type annotations of pydantic models, read along a document.

Pydantic says which type failed; a person wants to know what could stand there. The functions here
follow models, mappings, lists, optionals and unions, and know when to give up (``Form.ANYTHING``).
"""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, BeforeValidator, PlainValidator, RootModel, WrapValidator
from pydantic.fields import FieldInfo

_LISTS = (list, tuple, set, frozenset)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REWRITERS = (BeforeValidator, PlainValidator, WrapValidator)
_REWRITING_MODES = frozenset({"before", "plain", "wrap"})


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


def alternatives(annotation: Any) -> list[Any]:
    """Return the types of which a value may be one, None apart; a single type is its own alternative.

    Unions inside ``Annotated`` are left whole: pydantic tells their errors one level deeper.

    >>> alternatives(int | list[str] | None)
    [<class 'int'>, list[str]]
    """
    bare = _bare(annotation)
    if get_origin(bare) not in (Union, types.UnionType):
        return [bare]
    rest = [member for member in get_args(bare) if member is not types.NoneType]
    return alternatives(rest[0]) if len(rest) == 1 else rest


def leaves(annotation: Any) -> Iterator[Any]:
    """Yield all types of which a value may be one, out of unions however they are nested, None included.

    >>> list(leaves(Annotated[int | None, "units"] | str))
    [<class 'int'>, <class 'NoneType'>, <class 'str'>]
    """
    bare = _bare(annotation)
    if get_origin(bare) in (Union, types.UnionType):
        for member in get_args(bare):
            yield from leaves(member)
    else:
        yield bare


def _bare(annotation: Any) -> Any:
    """Strip what does not change the form: Annotated, type aliases, NewType, root models."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif isinstance(annotation, NewType):
            annotation = annotation.__supertype__
        elif hasattr(annotation, "__value__"):  # ``type X = ...``
            annotation = annotation.__value__
        elif is_model(annotation) and issubclass(annotation, RootModel):
            annotation = annotation.model_fields["root"].annotation
        else:
            return annotation


def is_model(annotation: Any) -> bool:
    """Tell whether ``annotation`` is a pydantic model class.

    >>> is_model(BaseModel), is_model(int), is_model(list[int])
    (True, False, False)
    """
    return (
        isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, BaseModel)
    )


def forms(leaf: Any) -> frozenset[Form]:
    """Return the forms in which a value of one type may be written.

    >>> forms(Literal["off", 1]) == {Form.TEXT, Form.WHOLE}
    True
    """
    if get_origin(leaf) is Literal:
        return frozenset(_form_of_class(type(value)) for value in get_args(leaf))
    kind = get_origin(leaf) or leaf
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset(_form_of_class(type(member.value)) for member in kind)
    return frozenset({_form_of_class(kind)})


def _form_of_class(kind: Any) -> Form:
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


def admits(annotation: Any, value: object) -> bool:
    """Tell whether ``value`` has a form in which one of the types can be written.

    Nothing is known of a type whose validators rewrite what they are given: it admits everything.

    >>> admits(int | None, None), admits(int | None, True), admits(list[int], {})
    (True, False, False)
    """
    if _rewrites(annotation):
        return True
    return any(
        _rewrites(leaf) or any(has_form(value, form) for form in forms(leaf)) for leaf in leaves(annotation)
    )


def _rewrites(annotation: Any) -> bool:
    """Tell whether a validator sees the value before pydantic does, and may accept any form."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return any(isinstance(item, _REWRITERS) for item in metadata) or _rewrites(inner)
    if get_origin(annotation) in (Union, types.UnionType):
        return any(_rewrites(member) for member in get_args(annotation))
    return is_model(annotation) and any(
        decorator.info.mode in _REWRITING_MODES
        for decorator in annotation.__pydantic_decorators__.model_validators.values()
    )


def child(annotation: Any, part: str | int, value: object) -> Any:
    """Return the type of what stands at ``part`` of ``value``, or None if that is not known.

    >>> child(dict[str, int] | None, "GBR", {"GBR": 1})
    <class 'int'>
    """
    leaf = fitting(annotation, value)
    if is_model(leaf):
        field = field_of(leaf, part)
        return None if field is None else _type_of_field(leaf, *field)
    arguments = get_args(leaf)
    form = _form_of_class(get_origin(leaf) or leaf)
    if form is Form.MAPPING and len(arguments) == 2:
        return arguments[1]
    if form is not Form.LIST or not arguments or not isinstance(part, int):
        return None
    if get_origin(leaf) is tuple and arguments[-1] is not Ellipsis:
        return arguments[part] if part < len(arguments) else None
    return arguments[0]


def fitting(annotation: Any, value: object) -> Any:
    """Return the one of the types that ``value`` seems to be meant as.

    Of several models it is the one whose literal fields (its tag, say) agree with ``value``, then the
    one that knows most of its keys.

    >>> fitting(int | list[str], ["GBR"])
    list[str]
    """
    candidates = [leaf for leaf in leaves(annotation) if leaf is not types.NoneType]
    fits = [leaf for leaf in candidates if any(has_form(value, form) for form in forms(leaf))]
    pool = fits or candidates or [None]
    return max(pool, key=lambda leaf: _likeness(leaf, value))


def _likeness(leaf: Any, value: object) -> tuple[int, int]:
    if not is_model(leaf) or not isinstance(value, dict):
        return 0, 0
    agreeing = 0
    for key, field in fields(leaf).items():
        choices = [choice for kind in leaves(field[1].annotation) for choice in literals(kind)]
        if choices and key in value:
            agreeing += 1 if value[key] in choices else -1
    return agreeing, len(fields(leaf).keys() & value.keys())


def literals(leaf: Any) -> tuple[object, ...]:
    """Return the values among which a type chooses, none if it is no choice.

    >>> literals(Literal["pareto", "off"])
    ('pareto', 'off')
    """
    if get_origin(leaf) is Literal:
        return get_args(leaf)
    if isinstance(leaf, type) and issubclass(leaf, Enum):
        return tuple(member.value for member in leaf)
    return ()


def fields(model: type[BaseModel]) -> dict[str, tuple[str, FieldInfo]]:
    """Return the keys of ``model`` as a case file writes them, with the field's own name and info.

    >>> class Toy(BaseModel):
    ...     share: int
    >>> list(fields(Toy))
    ['share']
    """
    return {key: (name, info) for name, info in model.model_fields.items() for key in _keys(name, info)[:1]}


def field_of(model: type[BaseModel], key: str | int) -> tuple[str, FieldInfo] | None:
    """Return the name and info of the field that ``key`` means under any of its names, or None.

    >>> field_of(BaseModel, "share") is None
    True
    """
    matches = ((name, info) for name, info in model.model_fields.items() if key in (name, *_keys(name, info)))
    return next(matches, None)


def _keys(name: str, info: FieldInfo) -> list[str]:
    alias = info.validation_alias or info.alias
    if isinstance(alias, AliasChoices):
        return [choice for choice in alias.choices if isinstance(choice, str)] or [name]
    return [alias] if isinstance(alias, str) else [name]


def _type_of_field(model: type[BaseModel], name: str, info: FieldInfo) -> Any:
    """Return the annotation of a field with all its metadata, which pydantic keeps apart."""
    decorators = model.__pydantic_decorators__.field_validators.values()
    before = [one for one in decorators if one.info.mode in _REWRITING_MODES and name in one.info.fields]
    metadata = [*info.metadata, *(BeforeValidator(_unchanged) for _ in before)]
    return Annotated[info.annotation, *metadata] if metadata else info.annotation


def _unchanged(value: object) -> object:
    return value


def expected(annotation: Any) -> str:
    """Return what could stand at a place, in words.

    >>> expected(int | Literal["all", "none"] | None)
    'one of all, none; or a whole number'
    """
    kinds = list(leaves(annotation))
    choices = [str(choice) for leaf in kinds for choice in literals(leaf)]
    named = (_phrase(leaf, form) for leaf in kinds if not literals(leaf) for form in forms(leaf))
    phrases = list(dict.fromkeys(phrase for phrase in named if phrase not in ("null", "anything")))
    if choices:
        phrases.insert(0, _one_of(choices) + (";" if len(choices) > 1 and phrases else ""))
    return " or ".join(phrases) or "another value"


def _one_of(choices: list[str]) -> str:
    return f"one of {', '.join(choices)}" if len(choices) > 1 else choices[0]


def _phrase(leaf: Any, form: Form) -> str:
    if not is_model(leaf):
        return form.value
    return f"a mapping ({some(fields(leaf))})"


def some(words: Iterable[str], most: int = 20) -> str:
    """Return ``words`` as a list for a message, cut where it would become unreadable.

    >>> some(["low", "value", "high"], most=2)
    'low, value, ...'
    """
    listed = list(words)
    return ", ".join([*listed[:most], "..."] if len(listed) > most else listed)
