insert into core.customer (id, display_name, first_seen_at, last_seen_at, handle_count, is_anonymous, revision)
select
  customer_now.id,
  customer_now.display_name,
  customer_now.first_seen_at,
  customer_now.last_seen_at,
  customer_now.handle_count,
  customer_now.is_anonymous,
  $revision
from customer_now
where customer_now.id not in (select customer.id from core.customer)
