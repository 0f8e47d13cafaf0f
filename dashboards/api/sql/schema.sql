-- One row per column of the tables that analysts may read.
select
  tables.schema_name as schema,
  tables.table_name as name,
  tables.comment as comment,
  columns.column_name,
  columns.data_type,
  columns.comment as column_comment
from duckdb_tables() as tables
join duckdb_columns() as columns
  on columns.database_name = tables.database_name
  and columns.schema_name = tables.schema_name
  and columns.table_name = tables.table_name
where tables.database_name = current_database()
  and tables.schema_name in ('mart', 'core', 'signal', 'identity')
order by
  case tables.schema_name when 'mart' then 1 when 'core' then 2 when 'signal' then 3 else 4 end,
  tables.table_name,
  columns.column_index
