-- Takes out the vectors of texts that nobody has said any more.
delete from signal.embedding
where text_hash in (select unnest($hashes)::uuid)
  and text_hash not in (select utterance.text_hash from signal.utterance)
