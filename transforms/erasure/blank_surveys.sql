-- Scores stay. An empty comment of the highest version is not replaced by one that comes again.
update core.survey
set
  comment = '', comment_version = 9007199254740991,
  native_id = id::varchar,
  handle_id = case when handle_id in (select erased_handle.handle_id from erased_handle) then $anonymous_handle_id::uuid else handle_id end,
  revision = $revision
where id in (select erased_survey.id from erased_survey)
