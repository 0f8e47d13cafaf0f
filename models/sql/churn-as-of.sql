-- One row per customer with a contact before `$cutoff_at`: what was known then. Counts are of the 90 days before it unless
-- the name says otherwise; `weight_` counts fade by e every 30 days, so that what is fresh says more. `known_contact` is churn-contacts.sql.
with placed as (
  select
    known_contact.*,
    contact_at > cast($cutoff_at as timestamp) - interval '90' day as is_recent,
    exp(date_diff('second', cast($cutoff_at as timestamp), contact_at) / 86400.0 / 30.0) as freshness,
    count(sentiment) over (
      partition by customer_id
      order by contact_at desc, interaction_id desc
      rows between unbounded preceding and current row
    ) as scored_rank,
    row_number() over (
      partition by customer_id, matter, chain_number
      order by contact_at desc, interaction_id desc
    ) as place_from_end
  from known_contact
),

history as (
  select
    customer_id,
    min(contact_at) as first_at,
    max(contact_at) as last_at,
    count_if(is_recent) as count_contacts,
    count_if(not is_recent) as count_contacts_earlier,
    count(distinct case when is_recent then channel_group end) as count_channels,
    count_if(is_recent and place_from_end = 1 and not is_settled) as count_open,
    count_if(is_recent and is_repeat) as count_repeat,
    count_if(is_recent and is_switch) as count_switch,
    coalesce(sum(case when is_recent then count_transferred end), 0) as count_transferred,
    count_if(is_recent and is_frustrated) as count_frustrated,
    count_if(is_recent and is_cancel) as count_cancel,
    count_if(is_recent and is_threat) as count_threat,
    sum(case when place_from_end = 1 and not is_settled then freshness else 0 end) as weight_open,
    sum(case when is_repeat then freshness else 0 end) as weight_repeat,
    sum(case when is_switch then freshness else 0 end) as weight_switch,
    sum(case when is_frustrated then freshness else 0 end) as weight_frustrated,
    sum(case when is_cancel then freshness else 0 end) as weight_cancel,
    sum(case when is_threat then freshness else 0 end) as weight_threat,
    sum(count_transferred * freshness) as weight_transferred,
    sum(freshness) as weight_contacts,
    sum(case when sentiment_lowest < -0.3 then freshness else 0 end) as weight_negative,
    min(case when is_recent then sentiment_lowest end) as sentiment_lowest,
    avg(sentiment) filter (where scored_rank <= 3) as sentiment_recent,
    avg(sentiment) filter (where scored_rank > 3) as sentiment_before
  from placed
  group by customer_id
),

said_again as (
  select
    cast(re_explaining.customer_id as varchar) as customer_id,
    count(*) as count_re_explained
  from signal.re_explaining
  join core.utterance as later
    on later.id = re_explaining.later_utterance_id
  where later.occurred_at < $cutoff_at
    and later.occurred_at > cast($cutoff_at as timestamp) - interval '90' day
  group by re_explaining.customer_id
),

answer as (
  select
    cast(coalesce(interaction.customer_id, handle_customer.customer_id) as varchar) as customer_id,
    max_by(
      case
        when survey.is_higher_better = false
          then (survey.scale_max - survey.score) / nullif(survey.scale_max - survey.scale_min, 0)
        when survey.kind = 'nps' then survey.score / 10
        else (survey.score - survey.scale_min) / nullif(survey.scale_max - survey.scale_min, 0)
      end,
      row(survey.occurred_at, survey.id)
    ) as last_satisfaction
  from core.survey
  left join core.interaction
    on interaction.id = survey.interaction_id
  left join identity.handle_customer
    on handle_customer.handle_id = survey.handle_id
  where survey.occurred_at < $cutoff_at
    and survey.occurred_at > cast($cutoff_at as timestamp) - interval '90' day
    and survey.score is not null
    and survey.deleted_at is null
    and survey.kind in ('csat', 'nps')
  group by 1
),

gone as (
  select
    customer_id,
    max(left_at) as left_at
  from mart.departure
  where left_at < $cutoff_at
  group by customer_id
)

select
  history.customer_id,
  coalesce(gone.left_at >= history.last_at, false) as has_left,
  history.count_contacts,
  history.count_contacts_earlier,
  history.count_channels,
  history.count_open,
  history.count_repeat,
  history.count_switch,
  coalesce(said_again.count_re_explained, 0) as count_re_explained,
  history.count_transferred,
  history.count_frustrated,
  history.count_cancel,
  history.count_threat,
  history.weight_open,
  history.weight_repeat,
  history.weight_switch,
  history.weight_frustrated,
  history.weight_cancel,
  history.weight_threat,
  history.weight_transferred,
  history.weight_contacts,
  history.weight_negative,
  history.sentiment_lowest,
  history.sentiment_recent,
  history.sentiment_before,
  answer.last_satisfaction,
  date_diff('second', history.first_at, cast($cutoff_at as timestamp)) / 86400.0 as tenure_days,
  date_diff('second', history.last_at, cast($cutoff_at as timestamp)) / 86400.0 as silence_days
from history
left join said_again
  on said_again.customer_id = history.customer_id
left join answer
  on answer.customer_id = history.customer_id
left join gone
  on gone.customer_id = history.customer_id
order by history.customer_id
