-- One row per utterance whose words have no current signal of this model, those of the newest interactions first.
select
  utterance.id as utterance_id,
  utterance.interaction_id,
  utterance.role,
  utterance.text,
  utterance.revision,
  known.language as interaction_language
from core.utterance
join core.interaction
  on interaction.id = utterance.interaction_id
left join signal.utterance as done
  on done.utterance_id = utterance.id
  and done.model = $model
left join signal.interaction as known
  on known.interaction_id = utterance.interaction_id
where utterance.revision > $since
  and utterance.text is not null
  and utterance.deleted_at is null
  and utterance.role in ('customer', 'agent', 'bot')
  and coalesce(utterance.visibility, 'public') <> 'internal'
  and (done.utterance_id is null or done.utterance_revision <> utterance.revision)
order by interaction.started_at desc, interaction.id, utterance.id
limit $limit
