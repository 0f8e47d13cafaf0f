/** Which company this is: its name, else its domain, else the start of the id. */
export const accountName = (id: string, name: string | null, domains: readonly string[] = []): string =>
  name ?? domains[0] ?? `Account ${id.slice(0, 8)}`;
