-- One row per customer, set of channels and matter of the 90 days before `$cutoff_at`, with how often the customer made
-- contact then about anything. `known_contact` is churn-contacts.sql.
with recent as (
  select
    known_contact.*,
    count(*) over (partition by customer_id) as count_contacts
  from known_contact
  where contact_at > cast($cutoff_at as timestamp) - interval '90' day
),

journey as (
  select
    customer_id,
    matter,
    chain_number,
    string_agg(distinct channel, ',' order by channel) as channels,
    max(count_contacts) as count_contacts
  from recent
  group by
    customer_id,
    matter,
    chain_number
)

select distinct
  customer_id,
  channels,
  matter,
  count_contacts
from journey
where matter <> 'unknown'
order by
  customer_id,
  channels,
  matter
