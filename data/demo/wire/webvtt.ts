import type { Conversation, Scene } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { recordingName } from '../ids.ts';

/** Video consultations as Zoom writes their transcripts: numbered cues, `Name: text`, start of recording in the name. */
export function webvttFiles(calls: readonly Conversation[], _scene: Scene): DemoFile[] {
  return calls.map(({ contact, turns, random }) => {
    let clock = random.integer(1500, 6000);
    const cues = turns.map(({ role, text }, index) => {
      clock += random.integer(300, 2600);
      const begin = clock;
      clock += Math.round((text.split(/\s+/).length / 2.5) * 1000) + 500;
      const speaker = role === 'agent' ? contact.agent.name : contact.customer.name;
      return `${index + 1}\n${offset(begin)} --> ${offset(clock)}\n${speaker}: ${text}\n`;
    });
    const note = `NOTE invited: ${contact.customer.email}\n`;
    const body = ['WEBVTT\n', note, ...cues].join('\n');
    return { source: 'webvtt', name: recordingName(contact), format: 'vtt', body };
  });
}

function offset(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 23);
}
