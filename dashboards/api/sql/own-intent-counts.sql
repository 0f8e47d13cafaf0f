-- One row per own intent that is seen somewhere: in how many utterances and conversations, most first.
select
  own_intent.intent,
  count(*) as utterances,
  count(distinct own_intent.interaction_id) as conversations
from signal.own_intent
group by own_intent.intent
order by
  utterances desc,
  own_intent.intent
