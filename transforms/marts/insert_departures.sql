-- One row per departure of a customer of whom one changed.
insert into mart.departure by name
select
  departure_now.customer_id,
  departure_now.left_at,
  departure_now.evidence,
  $revision as revision
from departure_now
where departure_now.customer_id in (select changed_departure.customer_id from changed_departure)
