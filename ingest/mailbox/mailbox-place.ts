import type { Delivery } from '../connector.ts';
import { createDelivery } from '../deliveries.ts';

/** Where a message stands, as the name of its delivery. */
export const placeOf = (folder: string, validity: string, uid: number): string => `imap/${folder}/${validity}/${uid}`;

export const deliveryOf = (given: Pick<Delivery, 'source' | 'name' | 'body' | 'receivedAt'>): Delivery =>
  createDelivery({ via: 'pull', format: 'eml', headers: {}, ...given });
