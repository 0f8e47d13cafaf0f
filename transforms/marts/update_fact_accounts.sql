-- Writes to the facts of stale customers under which account they count now.
update mart.interaction_fact
set
  customer_account_id = customer.account_id,
  revision = $revision
from mart.customer
where customer.customer_id = interaction_fact.customer_id
  and customer.customer_id in (select stale_customer.customer_id from stale_customer)
  and interaction_fact.customer_account_id is distinct from customer.account_id
