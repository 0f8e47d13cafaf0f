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
select thread_id
from core.thread_link
where revision > $done
union
select other_thread_id
from core.thread_link
where revision > $done
