-- One row per signal whose utterance was deleted, emptied, made internal, or left its interaction.
select
  done.utterance_id,
  done.interaction_id,
  done.text_hash,
  utterance.interaction_id is distinct from done.interaction_id as is_moved
from signal.utterance as done
join core.utterance
  on utterance.id = done.utterance_id
where utterance.revision > $since
  and (
    utterance.text is null
    or utterance.deleted_at is not null
    or utterance.role not in ('customer', 'agent', 'bot')
    or coalesce(utterance.visibility, 'public') = 'internal'
    or utterance.interaction_id is distinct from done.interaction_id
  )
