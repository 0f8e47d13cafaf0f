-- One row per interaction that stands for one of the conversations to stitch, or for one that was joined to another.
select
  interaction.id,
  interaction.customer_id
from core.interaction
where interaction.root_id in (
  select root_id
  from member_thread
  union all
  select old_root_id
  from root_change
)
