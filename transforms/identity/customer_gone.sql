-- One row per affected customer whose row has to go: it changed, or there is no such customer any more.
select customer.id
from core.customer
join affected_customer
  on affected_customer.customer_id = customer.id
left join customer_now
  on customer_now.id = customer.id
where customer_now.id is null
  or row(customer.display_name, customer.first_seen_at, customer.last_seen_at, customer.handle_count, customer.is_anonymous)
    is distinct from row(customer_now.display_name, customer_now.first_seen_at, customer_now.last_seen_at, customer_now.handle_count, customer_now.is_anonymous)
