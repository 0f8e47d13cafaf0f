-- One row per affected handle that can point to a customer: the customer, whose id comes from the smallest handle id.
select
  affected_handle.handle_id,
  core.derived_id('customer:' || coalesce(component.root_id, affected_handle.handle_id)::varchar) as customer_id
from affected_handle
join usable_handle
  on usable_handle.handle_id = affected_handle.handle_id
left join component
  on component.handle_id = affected_handle.handle_id
