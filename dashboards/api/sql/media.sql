-- One row per recording or attached file, of one conversation or with one state of its transcription. No address.
select
  media.id,
  media.source,
  media.native_id,
  media.kind,
  media.utterance_id,
  media.started_at,
  media.duration_seconds,
  coalesce(file.mime_type, media.mime_type) as mime_type,
  coalesce(file.byte_size, media.byte_size) as byte_size,
  file.sha256,
  file.fetched_at,
  transcription.status as transcription,
  transcription.attempts,
  transcription.next_attempt_at,
  transcription.reason,
  transcription.model
from raw.media
left join ops.media_file as file on file.media_id = media.id
left join ops.transcription on transcription.media_id = media.id
where ($id is null or media.thread_id in (
    select thread_root.thread_id
    from core.interaction
    join core.thread_root on thread_root.root_id = interaction.root_id
    where interaction.id::varchar = $id
  ))
  and ($media_id is null or media.id::varchar = $media_id)
  and ($id is not null or $media_id is not null or transcription.media_id is not null)
  and ($status is null or transcription.status = $status)
order by media.started_at desc nulls last, media.id
limit $limit
