-- One row per thing said in one conversation, in order. The times let DuckDB skip the blocks that hold other days.
-- Where a source does not say which agent spoke (a call's transcript), it was the agent of that leg, else of the whole.
select
  utterance.id,
  utterance.role,
  agent.name as agent,
  coalesce(handle.display, handle.value) as handle,
  utterance.occurred_at,
  utterance.end_at,
  utterance.time_precision,
  utterance.text,
  utterance.visibility,
  utterance.is_automatic,
  utterance.reply_to_id,
  utterance.media,
  utterance.edited_at,
  utterance.deleted_at,
  signal.language,
  signal.is_supported,
  signal.sentiment,
  signal.frustration,
  signal.is_frustrated,
  signal.emotion,
  signal.emotions,
  signal.intent,
  signal.intent_score,
  signal.intents,
  signal.act,
  signal.salience
from core.utterance as utterance
left join signal.utterance as signal
  on signal.utterance_id = utterance.id
  and signal.interaction_id = $id
left join core.thread as thread
  on thread.id = utterance.thread_id
  and utterance.role = 'agent'
  and not coalesce(utterance.is_automatic, false)
left join core.interaction as interaction
  on interaction.id = $id
  and utterance.role = 'agent'
  and not coalesce(utterance.is_automatic, false)
left join core.agent as agent
  on agent.id = coalesce(utterance.agent_id, thread.agent_id, interaction.agent_id)
left join core.handle as handle on handle.id = utterance.handle_id
where utterance.interaction_id = $id
  and (utterance.occurred_at between $from and $to or utterance.occurred_at is null)
order by utterance.occurred_at nulls last, utterance.sequence nulls last, utterance.id
