"""INSERT and UPDATE statements composed ahead of their moment, at which only the database has work left.

`bulk_create` composes and executes in one go, and nine tenths of its time go into composing.
"""

import itertools
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

Statement = tuple[str, Sequence[Any] | None]

BATCH = 500

_numbers = itertools.count(1)


def composed(
    rows: Sequence[models.Model],
    *,
    on_conflict: OnConflict | None = None,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> list[Statement]:
    """The statements that write rows of one model, all with a primary key or all without.

    With OnConflict.UPDATE the `update` fields of a row that has the same `unique` fields are overwritten.
    """
    if not rows:
        return []
    meta = rows[0]._meta
    columns = [column for column in meta.concrete_fields if not (column.primary_key and rows[0].pk is None)]
    size = min(BATCH, connection.ops.bulk_batch_size(columns, rows))
    statements: list[Statement] = []
    for start in range(0, len(rows), size):
        query = InsertQuery(
            meta.model,
            on_conflict=on_conflict,
            unique_fields=[meta.get_field(name) for name in unique],
            update_fields=[meta.get_field(name) for name in update],
        )
        query.insert_values(columns, rows[start : start + size])
        statements += map(_finished, query.get_compiler(connection=connection).as_sql())
    return statements


def updates(rows: Sequence[models.Model], names: Sequence[str]) -> list[Statement]:
    """The statements that write these columns of rows that stand: one UPDATE for many rows, each with its own values.

    What is not named is not sent: an unchanged text of some thousand letters costs nothing.
    """
    columns = [rows[0]._meta.get_field(name) for name in names] if rows else []
    return [
        _finished(_update(rows[start : start + BATCH], columns))
        for start in range(0, len(rows), BATCH)
        if columns
    ]


def _update(rows: Sequence[models.Model], columns: Sequence[Any]) -> Statement:
    """Both databases name the columns of VALUES column1, column2 …; PostgreSQL must be told their types."""
    table, quoted = rows[0]._meta.db_table, connection.ops.quote_name
    put = ", ".join(
        f"{quoted(column.column)} = {_typed(f'said.column{number}', column)}"
        for number, column in enumerate(columns, start=2)
    )
    places = f"({', '.join(['%s'] * (len(columns) + 1))})"
    values = [
        value
        for row in rows
        for value in (
            row.pk,
            *(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns),
        )
    ]
    said = ", ".join([places] * len(rows))
    # No word of this comes from outside: names of our own columns, and places for values.
    sql = f"UPDATE {quoted(table)} SET {put} FROM (VALUES {said}) AS said WHERE {quoted(table)}.id = said.column1"  # noqa: S608
    return sql, values


def _typed(said: str, column: Any) -> str:
    return f"CAST({said} AS {column.db_type(connection)})" if connection.vendor == "postgresql" else said


def _finished(statement: Statement) -> Statement:
    """With its values in place where the driver puts them there itself: turning long texts into SQL takes its time."""
    if connection.vendor != "postgresql":
        return statement
    return connection.ops.compose_sql(*statement), None


def handed_over(statements: Sequence[Statement]) -> list[Statement]:
    """The same, already parsed by a database that can: of long texts that is half the work.

    PostgreSQL keeps them for this connection, until `forget`; with the connection they are lost, and cannot be executed.
    """
    if connection.vendor != "postgresql":
        return list(statements)
    named = [(f"ahead_{next(_numbers)}", sql) for sql, _ in statements]
    execute([(f"PREPARE {name} AS {sql}", None) for name, sql in named])
    return [(f"EXECUTE {name}", None) for name, _ in named]


def forget() -> None:
    """Let go of whatever was handed over, executed or not; what others have prepared on this connection stays."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE starts_with(name, 'ahead_')")
        names = [name for (name,) in cursor.fetchall()]
    execute([(f"DEALLOCATE {name}", None) for name in names])


def execute(statements: Sequence[Statement]) -> None:
    """Write them; call inside a transaction."""
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
