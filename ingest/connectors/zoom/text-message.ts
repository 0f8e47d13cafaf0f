import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { mapSms, type Sms } from '../../formats/sms.ts';
import { fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

export const isTextMessage = (event: string): boolean => /^phone\.sms_(received|sent|sent_failed)$/.test(event);

/** Of those who write to each other only our own have an id. */
const isOwn = ({ id }: Loose): boolean => textOf(id) !== undefined;

/** A text message of a line of Zoom Phone; one that could not be sent is told with its words too. */
export function mapTextMessage(event: string, message: Loose, context: SplitContext): Outcome {
  const [sender, members] = [objectOf(message.sender), objectsOf(message.to_members)];
  const isInbound = event === 'phone.sms_received';
  const line = isInbound ? (members.find(({ is_message_owner }) => is_message_owner === true) ?? members[0]) : sender;
  const others = (isInbound ? [sender, ...members] : members).filter((each) => each !== line && !isOwn(each));
  if (members.length > 0 && others.length === 0) return drop('the message is between our own');
  if (others.length > 1) return reject('the message is of a group: whose conversation it is is not known');
  const [own, other] = [textOf(line?.phone_number), textOf(others[0]?.phone_number)];
  const media = objectsOf(message.attachments).map((file) => ({
    mediaId: textOf(file.id),
    name: textOf(file.name),
    byteSize: numberOf(file.size),
  }));
  const sms: Sms = {
    id: textOf(message.message_id),
    from: isInbound ? other : own,
    to: isInbound ? own : other,
    isInbound,
    at: fromIso(message.date_time),
    nativeTime: textOf(message.date_time),
    text: textOf(message.message),
    media,
  };
  const told = mapSms(sms, context);
  if (event !== 'phone.sms_sent_failed' || told.status !== 'ok') return told;
  const failed = mapSms({ ...sms, receipt: { kind: 'failed', value: 'failed' } }, context);
  return failed.status === 'ok' ? ok([...told.facts, ...failed.facts]) : failed;
}
