-- Adds the handles that share a customer with affected ones, and those that only a decision parts from them. Run until
-- it adds none.
insert into affected_handle (handle_id)
(
  select handle_customer.handle_id
  from identity.handle_customer
  where handle_customer.customer_id in (
    select own.customer_id
    from identity.handle_customer as own
    join affected_handle
      on affected_handle.handle_id = own.handle_id
  )
  union
  select edge.other_handle_id
  from identity.edge
  join affected_handle
    on affected_handle.handle_id = edge.handle_id
  where edge.unused_reason = 'parted by a decision'
  union
  select edge.handle_id
  from identity.edge
  join affected_handle
    on affected_handle.handle_id = edge.other_handle_id
  where edge.unused_reason = 'parted by a decision'
)
except
select affected_handle.handle_id
from affected_handle
