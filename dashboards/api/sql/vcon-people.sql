-- One row per address of a customer who took part in one conversation.
select distinct
  handle.id as handle_id,
  coalesce(handle_customer.customer_id, handle.id) as customer_id,
  handle.type,
  handle.value,
  handle.display
from core.interaction as interaction
join core.thread_root on thread_root.root_id = interaction.root_id
join core.participant on participant.thread_id = thread_root.thread_id
join core.handle on handle.id = participant.handle_id
left join identity.handle_customer on handle_customer.handle_id = handle.id
where interaction.id = $id
  and participant.role = 'customer'
order by handle.type, handle.value
