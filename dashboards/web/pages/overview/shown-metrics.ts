/** The figures of the first row, in reading order: load, speed, quality. */
export const shownMetrics = [
  'volume',
  'speed_of_answer',
  'service_level',
  'abandon_rate',
  'first_response_time',
  'full_resolution_time',
  'csat',
  'mean_sentiment',
  'frustration_rate',
  'repeat_contact_rate',
  'channel_switch_rate',
  'handle_time',
];
