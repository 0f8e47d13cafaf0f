-- One row per conversation and address of a customer in it. `is_alone` says that no other usable address of its type took
-- part: two phone numbers in one conversation are two people, and nothing tells which of them a third address belongs to.
with taken_part as (
  select
    coalesce(thread_root.root_id, participant.thread_id) as root_id,
    participant.handle_id,
    handle_status.type,
    handle_status.reason,
    min(participant.source) as source,
    min(participant.occurred_at) as occurred_at
  from core.participant
  join handle_status
    on handle_status.handle_id = participant.handle_id
  left join core.thread_root
    on thread_root.thread_id = participant.thread_id
  where participant.role = 'customer'
    and handle_status.type <> 'name'
  group by
    coalesce(thread_root.root_id, participant.thread_id),
    participant.handle_id,
    handle_status.type,
    handle_status.reason
)

select
  root_id,
  handle_id,
  type,
  source,
  occurred_at,
  count(case when reason is null then 1 end) over (partition by root_id, type) <= 1 as is_alone
from taken_part
