import type { Connector } from './connector.ts';

/** Every source Crosstalk understands, one line each. */
export const connectors: readonly Connector[] = [];
