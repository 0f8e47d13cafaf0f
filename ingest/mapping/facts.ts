import type { Outcome } from '../connector.ts';
import { mapConversation, mapDeletedConversation, mapEvent } from './conversation.ts';
import type { FieldReader } from './field-reader.ts';
import type { MeaningName } from './fields.ts';
import { mapDelete, mapMessage } from './message.ts';
import { mapCompany, mapCustomer } from './record.ts';
import { mapSurvey } from './survey.ts';

/** The facts of one unit, by what it is. Each throws SourceError where a field it needs is missing or wrong. */
export const mapUnit: Record<Exclude<MeaningName, 'ignored'>, (read: FieldReader) => Outcome> = {
  message: mapMessage,
  edit: mapMessage,
  delete: mapDelete,
  deleteConversation: mapDeletedConversation,
  conversation: mapConversation,
  event: mapEvent,
  survey: mapSurvey,
  customer: mapCustomer,
  company: mapCompany,
};
