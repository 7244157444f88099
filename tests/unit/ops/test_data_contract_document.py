"""docs/data-contract.md has the tables of the contract that doctor checks."""

from db.source.contract import columns_read
from db.source.page import PAGE, with_tables
from db.source.tables import CONTRACT


def test_the_page_has_the_contracts_tables() -> None:
    page = PAGE.read_text()
    assert page == with_tables(page)
    for table in CONTRACT:
        assert f"\n## `{table.table}`\n" in page


def test_every_column_of_the_contract_is_on_the_page_once_for_each_table() -> None:
    page = PAGE.read_text()
    for table in CONTRACT:
        section = page.partition(f"\n## `{table.table}`\n")[2].partition("\n## ")[0]
        for name in columns_read(table):
            assert section.count(f"\n| `{name}` |") == 1, name
