insert into identity.handle_customer (handle_id, customer_id)
select
  assigned_customer.handle_id,
  assigned_customer.customer_id
from assigned_customer
