-- What is shown of one matter.
intent,
started_at,
ended_at,
channels,
switch_count,
is_resolved,
is_frustrated,
sentiment_start,
sentiment_end,
repeated_reason,
was_passed_on
