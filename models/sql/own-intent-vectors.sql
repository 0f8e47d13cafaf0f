-- One row per stored vector of something a customer said that was read after `since`.
select
  embedding.rowid as row_id,
  embedding.vector
from signal.embedding
where embedding.model = $model
  and embedding.text_hash in (
    select signal.text_hash
    from signal.utterance as signal
    join core.utterance
      on utterance.id = signal.utterance_id
    where signal.revision > $since
      and signal.is_supported
      and utterance.role = 'customer'
  )
