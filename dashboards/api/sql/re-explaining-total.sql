-- One row: how many places there are, in the episodes that pass the filters, where it was said again.
select count(*) as total
from signal.re_explaining
join core.utterance as earlier
  on earlier.id = re_explaining.earlier_utterance_id
join core.utterance as later
  on later.id = re_explaining.later_utterance_id
join mart.interaction_fact as earlier_fact
  on earlier_fact.interaction_id = cast(re_explaining.earlier_interaction_id as varchar)
join mart.interaction_fact as later_fact
  on later_fact.interaction_id = cast(re_explaining.later_interaction_id as varchar)
where {path}
  and earlier.text is not null
  and later.text is not null
  and later.occurred_at is not null
  and cast(re_explaining.episode_id as varchar) in (
    select episode_id
    from mart.episode
    where {where}
  )
