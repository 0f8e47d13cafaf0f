-- One row: when the first and the last conversation started.
select
  min(started_at) as first_at,
  max(started_at) as last_at
from mart.interaction_fact
