-- One row per address of the customer who is erased. Shared addresses belong to nobody and stay.
select
  handle.id as handle_id,
  handle.type,
  handle.value,
  handle.display
from core.handle
where handle.id in (select handle_customer.handle_id from identity.handle_customer where handle_customer.customer_id = $customer_id::uuid)
  or (
    -- A name is no address, so it belongs to no customer: one that only this customer's conversations carry is theirs.
    handle.type = 'name'
    and handle.id in (
      select participant.handle_id
      from core.participant
      join core.thread_root on thread_root.thread_id = participant.thread_id
      join core.interaction on interaction.root_id = thread_root.root_id
      group by participant.handle_id
      having bool_and(interaction.customer_id = $customer_id::uuid)
    )
    and handle.id not in (select participant.handle_id from core.participant where participant.role <> 'customer')
  )
