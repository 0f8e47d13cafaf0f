-- One row per thread of the customer's conversations in which no other customer took part.
with own as (
  select thread_root.thread_id
  from core.thread_root
  where thread_root.root_id in (select interaction.root_id from core.interaction where interaction.customer_id = $customer_id::uuid)
  union
  select participant.thread_id
  from core.participant
  where participant.role = 'customer'
    and participant.handle_id in (select erased_handle.handle_id from erased_handle)
)

select own.thread_id
from own
where own.thread_id not in (
  select participant.thread_id
  from core.participant
  join identity.handle_customer on handle_customer.handle_id = participant.handle_id
  where participant.role = 'customer'
    and handle_customer.customer_id <> $customer_id::uuid
)
