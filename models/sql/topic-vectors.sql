-- One row per stored vector of something a customer said that names a matter, the newest ones.
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
    where signal.is_supported
      and utterance.role = 'customer'
      and not coalesce(utterance.is_automatic, false)
      and signal.act not in ('greeting', 'thanks', 'closing', 'confirm', 'chitchat', 'hold')
      and length(utterance.text) - length(replace(utterance.text, ' ', '')) >= 3
  )
order by embedding.rowid desc
limit $limit
