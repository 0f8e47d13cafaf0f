/** When a recording began, as its name or a comment in it says. */
export interface RecordingStart {
  readonly at: Date;
  readonly isZoneKnown: boolean;
}

/**
 * Reads a start out of a file name: `GMT20240301-090000_Recording.transcript.vtt` (Zoom, UTC),
 * `Weekly-20240301_090000-Meeting Recording.vtt` (Teams, no zone), `Call (2024-03-01 09:00 GMT+1).vtt` (Meet) or
 * `2024-03-01T09-00-00Z.vtt`. A time without a zone is read as UTC and marked.
 */
export function recordingStart(text: string): RecordingStart | undefined {
  const match =
    /(GMT)?(20\d{2})[-/]?(\d{2})[-/]?(\d{2})[-_T ]+(\d{2})[-:_]?(\d{2})(?:[-:_]?(\d{2}))?(?:\.\d+)?\s*(Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?/.exec(
      text,
    );
  if (!match) return undefined;
  const [, prefix, year, month, day, hour, minute, second = '00', zone = prefix] = match;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offsetOf(zone)}`);
  return Number.isNaN(at.getTime()) ? undefined : { at, isZoneKnown: zone !== undefined };
}

function offsetOf(zone: string | undefined): string {
  const [, sign, hours, minutes = '00'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  return sign && hours ? `${sign}${hours.padStart(2, '0')}:${minutes}` : 'Z';
}
