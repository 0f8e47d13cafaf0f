-- One row per thread of which anything is newer than what stitching has done.
select id as thread_id
from core.thread
where revision > $done
union
select thread_id
from core.utterance
where revision > $done
union
select thread_id
from core.event
where revision > $done
union
select utterance.thread_id
from core.event
join core.utterance
  on utterance.id = event.utterance_id
where event.revision > $done
  and event.thread_id not in (select thread.id from core.thread)
union
select thread_id
from core.measure
where revision > $done
union
select thread_id
from core.survey
where revision > $done
  and thread_id is not null
union
select thread_id
from core.participant
where revision > $done
union
select utterance.thread_id
from (
  select handle_id from core.profile where revision > $done
  union
  select other_handle_id from core.profile where revision > $done
) as told
join core.utterance
  on utterance.handle_id = told.handle_id
where (utterance.role is null or utterance.role_version = -1)
union
select utterance.thread_id
from core.handle
join core.utterance
  on utterance.handle_id = handle.id
where handle.revision > $done
  and handle.role is not null
  and (utterance.role is null or utterance.role_version = -1)
union
select thread_id
from core.thread_link
where revision > $done
union
select other_thread_id
from core.thread_link
where revision > $done
