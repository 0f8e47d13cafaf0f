-- One row per utterance asked for in a language that is read. Found by row first, as in history-signals.sql.
select
  utterance_id,
  act,
  sentence_salience
from signal.utterance
where rowid in (
    select utterance.rowid
    from signal.utterance
    where utterance.utterance_id in (select unnest($ids)::uuid)
  )
  and is_supported
