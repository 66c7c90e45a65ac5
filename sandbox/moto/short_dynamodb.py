"""Shorter ways to what moto answers for DynamoDB: half of its time went into them. What it answers stays its own."""

import copy
from types import SimpleNamespace

from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DDBType, DynamoType
from moto.dynamodb.models.table import Table

transact_write_items = DynamoDBBackend.transact_write_items
query = Table.query
all_items = Table.all_items
cast_value = DynamoType.cast_value.fget


def transact_write_items_of(self, transact_items):
    """Writes several items or none. moto copies whole tables to go back to; here only what is written is kept.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    """
    before = {}
    for place in filter(None, (place_of(self, op) for item in transact_items for op in item.values())):
        table, hash_key, range_key = place
        before.setdefault(
            (table.name, hash_key, range_key),
            (place, copy.deepcopy(item_at(table, hash_key, range_key))),
        )
    try:
        return transact_write_items(self, transact_items)
    except Exception:
        for place, item in before.values():
            put_back(*place, item)
        raise


def place_of(backend, op):
    """Table and key that an operation is about; None where it names none, which moto refuses before it writes."""
    table = backend.tables.get(op.get("TableName"))
    key = op.get("Key") or op.get("Item") or {}
    names = [] if table is None else list(filter(None, (table.hash_key_attr, table.range_key_attr)))
    if not names or any(name not in key for name in names):
        return None
    hash_key, range_key = ([DynamoType(key[name]) for name in names] + [None])[:2]
    return table, hash_key, range_key


def item_at(table, hash_key, range_key):
    """The item with a key; None where there is none."""
    held = table.items.get(hash_key)
    return held if held is None or range_key is None else held.get(range_key)


def put_back(table, hash_key, range_key, item):
    """Has the table hold this item, or none, under a key."""
    held = table.items if range_key is None else table.items[hash_key]
    key = hash_key if range_key is None else range_key
    if item is None:
        held.pop(key, None)
    else:
        held[key] = item


def copied(value):
    """A copy for moto's transactions, which go back to copies of whole tables: see `transact_write_items_of`."""
    return value if isinstance(value, Table) else copy.deepcopy(value)


def query_among_few(self, hash_key, *args, **kwargs):
    """Finds items. moto sorts the whole table first, to look at the items of one key then, or to sort them once more."""
    index_name = kwargs.get("index_name", args[6] if len(args) > 6 else None)
    self.looked_at = (
        [item for held in self.items.values() for item in items_in(self, held)]
        if index_name
        else items_in(self, self.items.get(hash_key))
    )
    try:
        return query(self, hash_key, *args, **kwargs)
    finally:
        del self.looked_at


def items_in(table, held):
    """The items that a table holds under one hash key."""
    if held is None:
        return []
    return list(held.values()) if table.range_key_attr else [held]


def all_items_looked_at(self):
    """All items of a table; those that a query looks at."""
    looked_at = vars(self).get("looked_at")
    return all_items(self) if looked_at is None else list(looked_at)


def cast_value_of(self):
    """What a value is compared by. Nearly all are texts, of which moto asks first whether they are anything else."""
    return self.value if self.type == DDBType.STRING else cast_value(self)


def shorten():
    """Has moto go these ways."""
    models.copy = SimpleNamespace(deepcopy=copied)
    DynamoDBBackend.transact_write_items = transact_write_items_of
    Table.query = query_among_few
    Table.all_items = all_items_looked_at
    DynamoType.cast_value = property(cast_value_of)
