-- Recordings and files of the customer's conversations go; their bytes are swept away after the commit.
delete from raw.media
where thread_id in (select erased_thread.thread_id from erased_thread)
  or utterance_id in (select erased_utterance.id from erased_utterance)
