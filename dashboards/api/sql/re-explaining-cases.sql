-- One row per place, in the episodes that pass the filters, where the customer said again what was said before: both texts
-- with where and to whom they were said. Newest first.
with found as (
  select
    re_explaining.episode_id,
    re_explaining.earlier_utterance_id,
    re_explaining.earlier_interaction_id,
    re_explaining.earlier_start,
    re_explaining.earlier_end,
    re_explaining.later_utterance_id,
    re_explaining.later_interaction_id,
    re_explaining.later_start,
    re_explaining.later_end,
    re_explaining.score,
    re_explaining.cue,
    cast(re_explaining.later_utterance_id as varchar) as id,
    cast(-epoch_us(later.occurred_at) as double) as position,
    earlier.text as earlier_text,
    earlier.occurred_at as earlier_at,
    later.text as later_text,
    later.occurred_at as later_at
  from signal.re_explaining
  join core.utterance as earlier
    on earlier.id = re_explaining.earlier_utterance_id
  join core.utterance as later
    on later.id = re_explaining.later_utterance_id
  where earlier.text is not null
    and later.text is not null
    and later.occurred_at is not null
    and cast(re_explaining.episode_id as varchar) in (
      select episode_id
      from mart.episode
      where {where}
    )
)
select
  found.id,
  found.position,
  cast(found.episode_id as varchar) as episode_id,
  episode.customer_id,
  customer.display_name as customer_name,
  episode.intent,
  found.earlier_utterance_id,
  found.earlier_interaction_id,
  found.earlier_start,
  found.earlier_end,
  found.earlier_text,
  found.earlier_at,
  earlier_fact.channel as earlier_channel,
  earlier_fact.agent as earlier_agent,
  found.later_utterance_id,
  found.later_interaction_id,
  found.later_start,
  found.later_end,
  found.later_text,
  found.later_at,
  later_fact.channel as later_channel,
  later_fact.agent as later_agent,
  found.score,
  found.cue
from found
join mart.episode as episode
  on episode.episode_id = cast(found.episode_id as varchar)
join mart.interaction_fact as earlier_fact
  on earlier_fact.interaction_id = cast(found.earlier_interaction_id as varchar)
join mart.interaction_fact as later_fact
  on later_fact.interaction_id = cast(found.later_interaction_id as varchar)
left join mart.customer as customer
  on customer.customer_id = episode.customer_id
where {path}
  and {after}
order by
  found.position,
  found.id
limit $limit
