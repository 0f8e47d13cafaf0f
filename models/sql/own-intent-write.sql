-- One row per customer utterance, read after `since`, whose vector shows an intent.
insert into signal.own_intent by name
select
  signal.utterance_id,
  signal.interaction_id,
  list_extract(cast($intents as varchar[]), own_intent_hit.intent_index + 1) as intent,
  own_intent_hit.score,
  cast($version as integer) as version,
  cast($revision as bigint) as revision
from own_intent_hit
join signal.embedding
  on embedding.rowid = own_intent_hit.row_id
join signal.utterance as signal
  on signal.text_hash = embedding.text_hash
  and signal.model = $model
join core.utterance
  on utterance.id = signal.utterance_id
where signal.revision > $since
  and signal.is_supported
  and utterance.role = 'customer'
