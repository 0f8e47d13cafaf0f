-- One row per name that connectors give a vendor's measure and that stands for a part of our own times. Where an
-- interaction has several names of one meaning, the one with the smallest rank is taken.
select
  name,
  meaning,
  rank
from (
  values
    ('queue_duration', 'wait', 1),
    ('wait_duration', 'wait', 2),
    ('agent_interaction_duration', 'talk', 1),
    ('talk_duration', 'talk', 2),
    ('talk_time', 'talk', 3),
    ('conversation_duration', 'talk', 4),
    ('call_duration', 'talk', 5),
    ('zendesk.call_duration', 'talk', 6),
    ('recording_duration', 'talk', 7),
    ('hold_duration', 'hold', 1),
    ('after_contact_work_duration', 'wrap_up', 1),
    ('wrap_up_duration', 'wrap_up', 2),
    ('zendesk.reply_time.calendar', 'first_response', 1),
    ('zendesk.reply_time.1.calendar', 'first_response', 2),
    ('zendesk.reply_time.business', 'first_response_business', 1),
    ('zendesk.reply_time.1.business', 'first_response_business', 2),
    ('zendesk.full_resolution_time.calendar', 'full_resolution', 1),
    ('zendesk.full_resolution_time.business', 'full_resolution_business', 1)
) as meaning (name, meaning, rank)
