-- One row per conversation whose own intents changed or whose wide row is new: the own intent with the most weight in it.
with weighed as (
  select
    cast(own_intent.interaction_id as varchar) as interaction_id,
    own_intent.intent,
    sum(own_intent.score) as weight
  from signal.own_intent
  where own_intent.revision > $done
    or cast(own_intent.interaction_id as varchar) in (select new_fact.interaction_id from new_fact)
  group by own_intent.interaction_id, own_intent.intent
),
ranked as (
  select
    weighed.interaction_id,
    weighed.intent,
    row_number() over (partition by interaction_id order by weight desc, intent) as place
  from weighed
)
select
  ranked.interaction_id,
  ranked.intent
from ranked
where place = 1
