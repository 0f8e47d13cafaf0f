-- One row per source that has been pulled: its last reading.
select
  source,
  started_at,
  ended_at,
  pages,
  stored,
  error
from ops.pull
order by source
