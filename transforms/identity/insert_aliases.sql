insert into identity.customer_alias (old_customer_id, customer_id, changed_at)
select
  retired_customer.old_customer_id,
  retired_customer.customer_id,
  $now
from retired_customer
