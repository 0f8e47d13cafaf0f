-- One row per stored vector asked for: a text that it stands for, and an utterance that says it.
select
  embedding.rowid as row_id,
  arg_min(utterance.text, utterance.id) as text,
  min(utterance.id) as utterance_id
from signal.embedding
join signal.utterance as signal
  on signal.text_hash = embedding.text_hash
join core.utterance
  on utterance.id = signal.utterance_id
where embedding.rowid in (select unnest($rows))
  and utterance.role = 'customer'
  and utterance.text is not null
group by embedding.rowid
