-- One row per utterance asked for that still has words, with what was read in its sentences. The times let DuckDB skip the
-- blocks that hold other days.
select
  utterance.id as utterance_id,
  utterance.role,
  utterance.text,
  utterance.occurred_at,
  done.act,
  done.sentence_salience
from core.utterance
join signal.utterance as done
  on done.utterance_id = utterance.id
where utterance.id in (select unnest($ids)::uuid)
  and (utterance.occurred_at between $from and $to or utterance.occurred_at is null)
  and utterance.text is not null
  and done.is_supported
