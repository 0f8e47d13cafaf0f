-- One row: what is known about one customer when they get in touch; none where the customer is not known.
select
  customer.customer_id,
  customer.display_name,
  customer.interaction_count,
  customer.open_episode_count,
  customer.last_seen_at,
  customer.sentiment_recent,
  customer.churn_risk,
  customer.churn_method,
  customer.churn_reasons,
  latest.channel as last_channel,
  latest.intent as last_intent
from mart.customer
left join (
  select
    fact.customer_id,
    max_by(fact.channel, fact.started_at) as channel,
    max_by(fact.intent, fact.started_at) as intent
  from mart.interaction_fact as fact
  where fact.customer_id = $customer_id
  group by fact.customer_id
) as latest
  on latest.customer_id = customer.customer_id
where customer.customer_id = $customer_id
