-- One row per utterance of the interactions asked for that the models have read, in order of speaking.
select
  done.utterance_id,
  done.interaction_id,
  utterance.role,
  utterance.text,
  coalesce(utterance.is_automatic, false) as is_automatic,
  done.language,
  done.is_supported,
  done.sentiment,
  done.negative,
  done.neutral,
  done.positive,
  coalesce(done.is_frustrated, false) as is_frustrated,
  done.emotions,
  done.intents,
  done.act,
  done.sentence_salience,
  done.sentence_outcomes,
  done.sentence_promises
from signal.utterance as done
join core.utterance
  on utterance.id = done.utterance_id
where done.interaction_id in (select unnest($ids)::uuid)
  and utterance.text is not null
order by done.interaction_id, utterance.occurred_at, utterance.sequence, utterance.id
