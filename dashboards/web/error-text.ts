/** What to tell the reader about an error, without a stack. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
