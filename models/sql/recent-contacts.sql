-- One row per contact of one customer, the newest five.
select
  fact.interaction_id,
  fact.channel,
  fact.intent,
  fact.started_at,
  fact.is_resolved,
  fact.outcome,
  fact.sentiment,
  fact.summary
from mart.interaction_fact as fact
where fact.customer_id = $customer_id
order by fact.started_at desc
limit 5
