-- One row per interaction asked for that a model has read. Found by row first: the words of all others are left unread.
select
  interaction_id,
  model,
  revision,
  summary_parts
from signal.interaction
where rowid in (
    select interaction.rowid
    from signal.interaction
    where interaction.interaction_id in (select unnest($ids)::uuid)
  )
