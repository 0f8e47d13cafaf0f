-- Words go as if their source had deleted them, so that they do not come back; who, when and in which conversation stays.
update core.utterance
set
  text = null, text_version = null,
  text_parts = null,
  source_text = null, source_text_version = null,
  text_spans = null, text_spans_version = null,
  media = null, media_version = null,
  native_id = id::varchar,
  handle_id = case when handle_id in (select erased_handle.handle_id from erased_handle) then $anonymous_handle_id::uuid else handle_id end,
  deleted_at = coalesce(deleted_at, $now),
  revision = $revision
where id in (select erased_utterance.id from erased_utterance)
