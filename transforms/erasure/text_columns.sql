-- One row per column of texts in the store.
select
  table_schema as schema,
  table_name as "table",
  column_name as "column"
from information_schema.columns
where table_catalog = current_database()
  and table_schema in ('core', 'identity', 'signal', 'mart', 'ops', 'raw')
  and data_type = 'VARCHAR'
order by all
