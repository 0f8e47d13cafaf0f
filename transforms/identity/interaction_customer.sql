-- One row per interaction to look at again (changed, without a customer, or with a part taken by a handle that is affected
-- or new, or newly): its customer. That is the one whose address took part first; an interaction without a usable address has an anonymous customer of its own.
with looked_at as (
  select
    interaction.id,
    interaction.root_id,
    interaction.customer_id
  from core.interaction
  where interaction.revision > $done
    or interaction.customer_id is null
    or interaction.root_id in (
      select coalesce(thread_root.root_id, participant.thread_id)
      from core.participant
      left join core.handle
        on handle.id = participant.handle_id
      left join core.thread_root
        on thread_root.thread_id = participant.thread_id
      where participant.revision > $done
        or handle.revision > $done
        or participant.handle_id in (select affected_handle.handle_id from affected_handle)
    )
),

taken_part as (
  select
    thread_root.root_id,
    arg_min(handle_customer.customer_id, row(participant.occurred_at, participant.handle_id)) as customer_id
  from core.thread_root
  join core.participant
    on participant.thread_id = thread_root.thread_id
    and participant.role = 'customer'
  join identity.handle_customer
    on handle_customer.handle_id = participant.handle_id
  where thread_root.root_id in (select looked_at.root_id from looked_at)
  group by thread_root.root_id
)

select
  looked_at.id,
  looked_at.customer_id as former_customer_id,
  coalesce(taken_part.customer_id, core.derived_id('anonymous:' || looked_at.id::varchar)) as customer_id
from looked_at
left join taken_part
  on taken_part.root_id = looked_at.root_id
