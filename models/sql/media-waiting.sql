-- One row per recording or voice note without words, the vendor's own transcripts first: nobody else has transcribed the call, the message has no text of its
-- own, and we have not done it, nor do we have to wait before the next attempt.
select
  media.id,
  media.source,
  media.kind,
  media.native_id,
  media.address,
  case when media.mime_type = 'text/vtt' then 'text/vtt' else coalesce(file.mime_type, media.mime_type) end as mime_type,
  file.sha256 as file_sha256,
  media.channel_roles,
  coalesce(media.started_at, thread.started_at) as started_at,
  thread.source as thread_source,
  thread.native_id as thread_native_id,
  utterance.source as utterance_source,
  utterance.native_id as utterance_native_id,
  coalesce(transcription.attempts, 0) as attempts
from raw.media
join core.thread on thread.id = media.thread_id
join core.thread_root on thread_root.thread_id = thread.id
left join core.utterance on utterance.id = media.utterance_id
left join ops.media_file as file on file.media_id = media.id
left join ops.transcription on transcription.media_id = media.id
where media.kind in ('recording', 'voice_note')
  and media.kind in (select unnest($kinds))
  and ($can_hear or media.mime_type = 'text/vtt')
  -- Where the vendor has a transcript, the sound of the same call is not put into words again.
  and (coalesce(media.mime_type, '') = 'text/vtt' or not exists (
    select 1
    from raw.media as captions
    join core.thread_root as captions_root on captions_root.thread_id = captions.thread_id
    left join ops.transcription as tried on tried.media_id = captions.id
    where captions_root.root_id = thread_root.root_id
      and captions.mime_type = 'text/vtt'
      and coalesce(tried.status, '') <> 'quarantined'
  ))
  and ($can_fetch or file.sha256 is not null or media.address like 'data:%')
  and (
    transcription.media_id is null
    or (transcription.status = 'failed' and transcription.next_attempt_at <= $now)
  )
  and ($interactions is null or thread_root.root_id in (
    select interaction.root_id from core.interaction where interaction.id::varchar in (select unnest($interactions))
  ))
  and case
    when media.utterance_id is not null then
      utterance.id is not null and utterance.deleted_at is null and coalesce(utterance.text, '') = ''
    else not exists (
      select 1
      from core.utterance as spoken
      join core.thread_root as spoken_root on spoken_root.thread_id = spoken.thread_id
      where spoken_root.root_id = thread_root.root_id
        and spoken.source <> 'transcription'
        and coalesce(spoken.visibility, 'public') = 'public'
        and coalesce(spoken.text, '') <> ''
    )
  end
order by coalesce(media.mime_type, '') = 'text/vtt' desc, media.started_at desc nulls last, media.id
limit $limit
