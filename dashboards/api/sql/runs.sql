-- One row per pass of the pipeline that did something, newest first.
select
  id,
  name,
  started_at,
  finished_at,
  status,
  row_counts,
  error
from ops.run
order by started_at desc
limit 20
