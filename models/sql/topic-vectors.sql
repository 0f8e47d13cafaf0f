-- One row per stored vector of something a customer said that names a matter, the newest ones: a problem, a reason
-- other than how the service was, or what was asked among the first words of a contact. Later answers ("on Saturday",
-- "and what happens now?") say little when read alone.
with
  said as (
    select
      signal.text_hash,
      signal.act,
      signal.intent,
      row_number() over (
        partition by utterance.interaction_id
        order by utterance.occurred_at, utterance.id
      ) as place
    from signal.utterance as signal
    join core.utterance
      on utterance.id = signal.utterance_id
    where signal.is_supported
      and utterance.role = 'customer'
      and not coalesce(utterance.is_automatic, false)
      and signal.act not in ('greeting', 'thanks', 'closing', 'confirm', 'chitchat', 'hold')
      and length(utterance.text) - length(replace(utterance.text, ' ', '')) >= 3
  )
select
  embedding.rowid as row_id,
  embedding.vector
from signal.embedding
where embedding.model = $model
  and embedding.text_hash in (
    select text_hash
    from said
    where act = 'problem'
      or (act in ('question', 'request', 'complaint') and place = 1)
      or (intent is not null and split_part(intent, '.', 1) not in ('complaint', 'praise', 'contact'))
  )
order by embedding.rowid desc
limit $limit
