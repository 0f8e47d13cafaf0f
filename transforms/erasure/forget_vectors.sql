-- Takes out the vectors of texts that only the customer's conversations hold.
delete from signal.embedding
where text_hash in (
    select utterance.text_hash
    from signal.utterance
    where utterance.utterance_id in (select erased_utterance.id from erased_utterance)
  )
  and text_hash not in (
    select utterance.text_hash
    from signal.utterance
    where utterance.utterance_id not in (select erased_utterance.id from erased_utterance)
  )
