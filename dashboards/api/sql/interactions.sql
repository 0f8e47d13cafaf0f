-- One row per conversation that passes the filters, in the order asked for; `position` is what the next page starts after.
with page as (
  select
    interaction_id,
    {position} as position
  from mart.interaction_fact
  where {where}
    and {after}
  order by position, interaction_id
  limit $limit
)
select
  page.position,
  fact.interaction_id as id,
  fact.channel,
  fact.channel_group,
  fact.source,
  fact.customer_id,
  customer.display_name as customer_name,
  fact.episode_id,
  fact.started_at,
  fact.ended_at,
  fact.direction,
  fact.subject,
  fact.status,
  fact.queue,
  fact.agent,
  fact.language,
  fact.intent,
  fact.sentiment,
  fact.sentiment_start,
  fact.sentiment_end,
  fact.is_frustrated,
  fact.is_resolved,
  fact.outcome,
  fact.summary,
  fact.utterance_count
from page
join mart.interaction_fact as fact on fact.interaction_id = page.interaction_id
left join mart.customer as customer on customer.customer_id = fact.customer_id
order by page.position, page.interaction_id
