-- Leads older aliases on, where the customer they lead to has retired too.
update identity.customer_alias
set
  customer_id = retired_customer.customer_id,
  changed_at = $now
from retired_customer
where customer_alias.customer_id = retired_customer.old_customer_id
