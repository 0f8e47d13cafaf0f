import type { Connector } from './connector.ts';
import { whatsapp } from './connectors/whatsapp.ts';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [whatsapp];
