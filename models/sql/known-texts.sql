-- One row per text and side of the conversation that this model has read before: what it read then.
select
  done.text_hash,
  utterance.role = 'customer' as is_customer,
  any_value(done.utterance_id) as utterance_id
from signal.utterance as done
join core.utterance
  on utterance.id = done.utterance_id
where done.model = $model
  and done.is_supported
  and done.text_hash in (select unnest($hashes)::uuid)
group by done.text_hash, utterance.role = 'customer'
