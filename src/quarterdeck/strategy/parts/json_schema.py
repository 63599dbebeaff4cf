"""The published JSON Schema of the document, so that editors complete and underline it."""

from __future__ import annotations

from typing import Any

from quarterdeck.strategy.document import Strategy

SCHEMA_ID = "urn:quarterdeck:schema:strategy"


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the strategy document, with the words of the document (`for`, `from`) and their meaning."""
    schema = Strategy.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema, "title": "Quarterdeck strategy"}
