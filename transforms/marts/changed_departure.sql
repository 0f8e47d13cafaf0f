-- One row per customer of whom a departure is new, or is told no longer.
select departure_now.customer_id
from departure_now
left join mart.departure
  on departure.customer_id = departure_now.customer_id
  and departure.left_at = departure_now.left_at
  and departure.evidence = departure_now.evidence
where departure.customer_id is null
union
select departure.customer_id
from mart.departure
left join departure_now
  on departure_now.customer_id = departure.customer_id
  and departure_now.left_at = departure.left_at
  and departure_now.evidence = departure.evidence
where departure_now.customer_id is null
