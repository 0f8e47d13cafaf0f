-- Subjects and addresses go; keys of threads often are made of phone numbers.
update core.thread
set
  native_id = id::varchar,
  subject = null, subject_version = null,
  url = null, url_version = null,
  revision = $revision
where id in (select erased_thread.thread_id from erased_thread)
