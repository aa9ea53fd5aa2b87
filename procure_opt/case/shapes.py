"""What a model expects at a place: the type annotations of pydantic models, read along a document.

Pydantic says which type failed; a person wants to know what could stand there. The functions here
follow models, mappings, lists, optionals and unions, and know when to give up (``Form.ANYTHING``).
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, BeforeValidator, PlainValidator, RootModel, WrapValidator
from pydantic.fields import FieldInfo

from .forms import Form, form_of_class, forms, has_form

_REWRITERS = (BeforeValidator, PlainValidator, WrapValidator)
_REWRITING_MODES = frozenset({"before", "plain", "wrap"})


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


def admitted(annotation: Any) -> frozenset[Form]:
    """Return the forms in which one of the types can be written.

    Nothing is known of a type whose validators rewrite what they are given: it admits ANYTHING.

    >>> admitted(int | None) == {Form.WHOLE, Form.NOTHING}
    True
    """
    if _rewrites(annotation):
        return frozenset({Form.ANYTHING})
    kinds = list(leaves(annotation))
    if any(_rewrites(leaf) for leaf in kinds):
        return frozenset({Form.ANYTHING})
    return frozenset(form for leaf in kinds for form in forms(leaf))


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


def child(leaf: Any, part: str | int) -> Any:
    """Return the type of what stands at ``part`` of a value of the type ``leaf``, None if not known.

    >>> child(dict[str, int], "GBR"), child(tuple[str, int], 1), child(int, 0)
    (<class 'int'>, <class 'int'>, None)
    """
    if is_model(leaf):
        field = field_of(leaf, part)
        return None if field is None else _type_of_field(leaf, field[0])
    arguments = get_args(leaf)
    if get_origin(leaf) is tuple and arguments[-1] is not Ellipsis:
        return arguments[part] if isinstance(part, int) and part < len(arguments) else None
    return every_child(leaf)


def every_child(leaf: Any) -> Any:
    """Return the type of all that stands in a mapping or list, or None where it depends on the place.

    >>> every_child(dict[str, int]), every_child(tuple[int, ...]), every_child(tuple[int, str])
    (<class 'int'>, <class 'int'>, None)
    """
    arguments = get_args(leaf)
    form = form_of_class(get_origin(leaf) or leaf)
    if form is Form.MAPPING and len(arguments) == 2:
        return arguments[1]
    if form is not Form.LIST or not arguments:
        return None
    return None if get_origin(leaf) is tuple and arguments[-1] is not Ellipsis else arguments[0]


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
    return pool[0] if len(pool) == 1 else max(pool, key=lambda leaf: _likeness(leaf, value))


def _likeness(leaf: Any, value: object) -> tuple[int, int]:
    if not is_model(leaf) or not isinstance(value, dict):
        return 0, 0
    known = fields(leaf).keys() & value.keys()
    choices = ((value[key], choices_of(fields(leaf)[key][1].annotation)) for key in known)
    return sum(1 if chosen in among else -1 for chosen, among in choices if among), len(known)


def choices_of(annotation: Any) -> list[object]:
    """Return all values among which the types of ``annotation`` choose.

    >>> choices_of(Literal["pareto"] | Literal["off"] | int)
    ['pareto', 'off']
    """
    return [choice for leaf in leaves(annotation) for choice in literals(leaf)]


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


@functools.cache  # also so that one field has one annotation, by which a walk remembers it
def _type_of_field(model: type[BaseModel], name: str) -> Any:
    """Return the annotation of a field with all its metadata, which pydantic keeps apart."""
    info = model.model_fields[name]
    decorators = model.__pydantic_decorators__.field_validators.values()
    before = [one for one in decorators if one.info.mode in _REWRITING_MODES and name in one.info.fields]
    metadata = [*info.metadata, *(BeforeValidator(_unchanged) for _ in before)]
    return Annotated[info.annotation, *metadata] if metadata else info.annotation


def _unchanged(value: object) -> object:
    return value


def some(words: Iterable[str], most: int = 20) -> str:
    """Return ``words`` as a list for a message, cut where it would become unreadable.

    >>> some(["low", "value", "high"], most=2)
    'low, value, ...'
    """
    listed = list(words)
    return ", ".join([*listed[:most], "..."] if len(listed) > most else listed)
