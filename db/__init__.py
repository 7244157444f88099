"""Our tables in the college's database: their migrations, and who may use them."""
