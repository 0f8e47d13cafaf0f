-- One row per step of the pipeline: how far it has come.
select
  step,
  revision,
  done_at
from ops.progress
order by step
