-- Writes to the episodes of stale customers under which account they count now.
update mart.episode
set customer_account_id = customer.account_id
from mart.customer
where customer.customer_id = episode.customer_id
  and customer.customer_id in (select stale_customer.customer_id from stale_customer)
  and episode.customer_account_id is distinct from customer.account_id
