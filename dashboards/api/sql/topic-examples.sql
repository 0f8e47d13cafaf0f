-- One row per utterance that stands as an example of a topic and is still there.
select
  utterance.id,
  utterance.interaction_id,
  utterance.text
from core.utterance
where utterance.id in (select unnest($ids)::uuid)
  and utterance.text is not null
