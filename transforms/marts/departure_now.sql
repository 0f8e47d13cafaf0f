-- One row per customer and departure: reported of an address or a customer (found where merged since), or seen as an event
-- of a source.
with told as (
  select
    coalesce(
      by_handle.customer_id,
      by_other_handle.customer_id,
      customer_alias.customer_id,
      departure.customer_id
    ) as customer_id,
    departure.left_at,
    'reported' as evidence
  from core.departure
  left join identity.handle_customer as by_handle
    on by_handle.handle_id = departure.handle_id
  left join identity.handle_customer as by_other_handle
    on by_other_handle.handle_id = departure.other_handle_id
  left join identity.customer_alias
    on customer_alias.old_customer_id = departure.customer_id
  union all
  select
    interaction.customer_id,
    event.occurred_at as left_at,
    'event' as evidence
  from core.event
  join core.interaction
    on interaction.id = event.interaction_id
  where event.kind = 'churned'
)

select
  cast(told.customer_id as varchar) as customer_id,
  told.left_at,
  min(told.evidence) as evidence
from told
join core.customer
  on customer.id = told.customer_id
group by
  told.customer_id,
  told.left_at
