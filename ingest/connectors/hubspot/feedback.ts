import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { numberOf, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { versionOf } from './activity.ts';

/** The surveys of HubSpot and their scales; how many faces one of satisfaction shows is not said. */
const SURVEYS = tableOf({
  NPS: { kind: 'nps', scaleMin: 0, scaleMax: 10, isHigherBetter: true },
  CES: { kind: 'ces', scaleMin: 1, scaleMax: 7, isHigherBetter: true },
  CSAT: { kind: 'csat', isHigherBetter: true },
} as const);

/** An answer to a survey (a feedback submission). */
export function mapFeedback(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const given = properties.hs_submission_timestamp ?? properties.hs_createdate ?? record.createdAt;
  const [id, occurredAt] = [textOf(record.id), fromIsoOrEpoch(given)];
  if (!id || !occurredAt) return reject('the answer to a survey has no id or no time');
  const facts = new FactList(context, versionOf(record, properties));
  const email = textOf(properties.hs_contact_email_rollup);
  const contact = textOf(properties.hs_contact_id);
  facts.survey({
    nativeId: `feedback/${id}`,
    ...(SURVEYS[textOf(properties.hs_survey_type)?.toUpperCase() ?? ''] ?? { kind: 'other' as const }),
    occurredAt,
    score: numberOf(properties.hs_value),
    comment: textOf(properties.hs_content),
    handleId: contact
      ? facts.handle({ type: 'crm_id', value: contact })
      : facts.handle({ type: 'email', value: email?.includes(';') ? undefined : email }),
  });
  return ok(facts.facts);
}
