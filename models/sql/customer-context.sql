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
  customer.churn_reasons
from mart.customer
where customer.customer_id = $customer_id
