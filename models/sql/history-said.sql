-- One row per utterance of the interactions asked for that people could hear and the models have read, in order of speaking.
select
  utterance.interaction_id,
  utterance.id as utterance_id,
  utterance.role,
  utterance.text,
  utterance.occurred_at,
  done.sentence_salience
from core.utterance
join signal.utterance as done
  on done.utterance_id = utterance.id
where utterance.interaction_id in (select unnest($ids)::uuid)
  and (utterance.occurred_at between $from and $to or utterance.occurred_at is null)
  and utterance.text is not null
  and not coalesce(utterance.is_automatic, false)
  and done.is_supported
order by utterance.occurred_at, utterance.sequence, utterance.id
