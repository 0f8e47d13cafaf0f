/** Who this is: the name, or the start of the id where none is known. */
export const customerName = (id: string, name: string | null): string => name ?? `Customer ${id.slice(0, 8)}`;
