-- One row per customer utterance whose vector belongs to a topic.
insert into signal.topic_utterance by name
select
  signal.utterance_id,
  signal.interaction_id,
  topic_hit.topic_id,
  topic_hit.similarity
from topic_hit
join signal.embedding
  on embedding.rowid = topic_hit.row_id
join signal.utterance as signal
  on signal.text_hash = embedding.text_hash
  and signal.model = $model
join core.utterance
  on utterance.id = signal.utterance_id
where utterance.role = 'customer'
