-- One row per place where the customer said again what was said before, with both texts, oldest first.
select
  cast(found.episode_id as varchar) as episode_id,
  found.earlier_utterance_id,
  found.earlier_interaction_id,
  found.earlier_start,
  found.earlier_end,
  earlier.text as earlier_text,
  earlier.occurred_at as earlier_at,
  found.later_utterance_id,
  found.later_interaction_id,
  found.later_start,
  found.later_end,
  later.text as later_text,
  later.occurred_at as later_at,
  found.score,
  found.cue
from signal.re_explaining as found
join core.utterance as earlier on earlier.id = found.earlier_utterance_id
join core.utterance as later on later.id = found.later_utterance_id
where {where}
  and earlier.text is not null
  and later.text is not null
order by later.occurred_at, found.later_utterance_id
limit 500
