-- Places the words of a call to the second where the source of its transcript knows only roughly when the recording began
-- (Contact Lens: to the minute, or not at all) and the record of the same call tells when it was answered: the recording
-- begins then. Offsets stay. Where the minute that is known is another one, the two do not belong together. What is placed
-- counts as finer than what it was placed from, so that the rough time does not come back.
update core.utterance
set
  occurred_at = rebased.occurred_at,
  end_at = utterance.end_at + (rebased.occurred_at - utterance.occurred_at),
  time_precision = 'offset',
  revision = $revision
from (
  select
    rough.id,
    answered.occurred_at + to_milliseconds(rough.offset_milliseconds) as occurred_at
  from (
    select
      utterance.id,
      utterance.thread_id,
      utterance.occurred_at,
      utterance.time_precision,
      cast(regexp_extract(utterance.native_time, '^(\d+) ms$', 1) as bigint) as offset_milliseconds
    from core.utterance
    join member_thread on member_thread.thread_id = utterance.thread_id
    where utterance.time_precision in ('minute', 'receipt')
      and regexp_matches(utterance.native_time, '^\d+ ms$')
  ) as rough
  join (
    select
      event.thread_id,
      min(event.occurred_at) as occurred_at
    from core.event
    join member_thread on member_thread.thread_id = event.thread_id
    where event.kind = 'answered'
      and event.time_precision in ('second', 'millisecond')
    group by event.thread_id
  ) as answered
    on answered.thread_id = rough.thread_id
  where rough.time_precision = 'receipt'
    or date_trunc('minute', rough.occurred_at - to_milliseconds(rough.offset_milliseconds))
      = date_trunc('minute', answered.occurred_at)
) as rebased
where utterance.id = rebased.id
