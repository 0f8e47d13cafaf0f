/** A text, the language it shows, and the one its interaction was found to be in before. */
export interface ReadLanguage {
  readonly interaction_id: string;
  readonly interaction_language: string | null;
  readonly text: string;
  readonly detected: string | undefined;
}

/** For each interaction, the language most of its words so far are in, or else the one it had. */
export class InteractionLanguages {
  readonly #letters = new Map<string, Map<string, number>>();
  readonly #before = new Map<string, string>();

  add(texts: readonly ReadLanguage[]): void {
    for (const { interaction_id: id, interaction_language: before, detected, text } of texts) {
      if (before) this.#before.set(id, before);
      if (!detected) continue;
      const counts = this.#letters.get(id) ?? new Map<string, number>();
      this.#letters.set(id, counts.set(detected, (counts.get(detected) ?? 0) + text.length));
    }
  }

  /** A text's own language where it shows one, else that of its interaction, else the usual one. */
  of({ detected, interaction_id: id }: ReadLanguage, usual: string): string {
    const most = [...(this.#letters.get(id) ?? [])].sort(([, left], [, right]) => right - left)[0]?.[0];
    return detected ?? most ?? this.#before.get(id) ?? usual;
  }
}
