"""OpenAPI 3.1 from the same attrs classes by which bodies are read and answers written."""

import datetime as dt
import re
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import attrs
import msgspec

from leuit.plugins import Host, Route

from .app import all_routes
from .uploads import Upload, takes_files

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "path": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}

TEXT = {"type": "string"}
FILE = {"type": "string", "format": "binary"}
FORM = "multipart/form-data"
CONVERTED = {":uuid": {"type": "string", "format": "uuid"}, ":int": {"type": "integer"}}
"""What the converters of a path let in."""


def describe(host: Host, title: str, version: str) -> dict[str, Any]:
    """The OpenAPI document of every API route; each names the permission it needs."""
    routes = [(path, route) for _owner, path, route in all_routes(host) if route.kind == "api"]
    kinds = [
        kind
        for _path, route in routes
        for kind in (route.body, route.answer)
        if kind not in (None, NoneType, bytes) and not takes_files(kind)
    ]
    schemas, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    schema_of = dict(zip(kinds, schemas, strict=True))
    paths: dict[str, Any] = {}
    for path, route in sorted(routes, key=lambda pair: pair[0]):
        for method in route.methods:
            paths.setdefault(_template(path), {})[method.lower()] = _operation(
                path, method, route, schema_of
            )
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(path: str, method: str, route: Route, schema_of: dict[type, Any]) -> dict[str, Any]:
    words = re.sub(r"\W+", "_", path).strip("_")
    operation: dict[str, Any] = {
        "operationId": route.name or f"{method.lower()}_{words}",
        "summary": route.summary,
        "description": f"Izin: {route.permission}",
        "parameters": [*_path_parameters(path), *_query_parameters(route)],
        "responses": {
            "2XX": _good(route, schema_of),
            "default": _content(
                {"$ref": "#/components/schemas/Problem"}, "application/problem+json"
            ),
        },
    }
    if route.body is not None:
        content = (
            {FORM: {"schema": _form(route.body)}}
            if takes_files(route.body)
            else {"application/json": {"schema": schema_of[route.body]}}
        )
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _good(route: Route, schema_of: dict[type, Any]) -> dict[str, Any]:
    if route.answer is NoneType:
        return {"description": ""}
    return _content(_answer(route, schema_of), route.media_type)


def _answer(route: Route, schema_of: dict[type, Any]) -> dict[str, Any]:
    if route.answer is bytes:
        return dict(FILE)
    return schema_of[route.answer] if route.answer else {}


def _form(kind: type) -> dict[str, Any]:
    """A form with its files; nothing beyond its fields is taken."""
    fields = attrs.fields(attrs.resolve_types(kind))
    return {
        "type": "object",
        "properties": {field.name: _simple(field.type) for field in fields},
        "required": [field.name for field in fields if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _content(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"description": "", "content": {media_type: {"schema": schema}}}


def _template(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", r"{\1}", path)


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": dict(CONVERTED.get(kind, TEXT))}
        for name, kind in re.findall(r"\{(\w+)(:\w+)?\}", path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    return [
        {
            "name": field.name,
            "in": "query",
            "required": field.default is attrs.NOTHING,
            "schema": _simple(field.type),
        }
        for field in attrs.fields(attrs.resolve_types(route.query))
    ]


def _simple(kind: Any) -> dict[str, Any]:
    if kind is int:
        return {"type": "integer"}
    if kind is bool:
        return {"type": "boolean"}
    if kind is dt.date:
        return {"type": "string", "format": "date"}
    if kind is UUID:
        return {"type": "string", "format": "uuid"}
    if kind is Upload:
        return dict(FILE)
    if get_origin(kind) is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    return {"type": "string"}
