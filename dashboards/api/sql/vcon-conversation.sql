-- One row: one conversation, what the models made of it, and its recording.
select
  interaction.id,
  interaction.channel,
  interaction.direction,
  interaction.subject,
  interaction.started_at,
  interaction.ended_at,
  signal.model,
  signal.sentiment,
  signal.sentiment_start,
  signal.sentiment_end,
  signal.sentiment_lowest,
  signal.is_frustrated,
  signal.intent,
  signal.emotion,
  signal.outcome,
  signal.language,
  signal.summary,
  recording.started_at as recorded_at,
  recording.duration_seconds,
  recording.mime_type,
  recording.media_id
from core.interaction as interaction
left join signal.interaction as signal on signal.interaction_id = interaction.id
left join (
  select
    thread_root.root_id,
    min(media.started_at) as started_at,
    arg_min(media.duration_seconds, media.started_at) as duration_seconds,
    arg_min(media.mime_type, media.started_at) as mime_type,
    arg_min(media.id, media.started_at) as media_id
  from raw.media
  join core.thread_root on thread_root.thread_id = media.thread_id
  where media.kind = 'recording'
  group by thread_root.root_id
) as recording on recording.root_id = interaction.root_id
where interaction.id = $id
