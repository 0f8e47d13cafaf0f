/** One conversation with all that its vCon tells. */
export interface Conversation {
  readonly id: string;
  readonly channel: string;
  readonly direction: string | null;
  readonly subject: string | null;
  readonly started_at: Date;
  readonly ended_at: Date;
  readonly model: string | null;
  readonly sentiment: number | null;
  readonly sentiment_start: number | null;
  readonly sentiment_end: number | null;
  readonly sentiment_lowest: number | null;
  readonly is_frustrated: boolean | null;
  readonly intent: string | null;
  readonly emotion: string | null;
  readonly outcome: string | null;
  readonly language: string | null;
  readonly summary: string | null;
  readonly recorded_at: Date | null;
  readonly duration_seconds: number | null;
  readonly mime_type: string | null;
  readonly media_id: string | null;
}

export interface Said {
  readonly id: string;
  readonly native_id: string;
  readonly role: 'customer' | 'agent' | 'bot' | 'system' | null;
  readonly agent_id: string | null;
  readonly handle_id: string | null;
  readonly occurred_at: Date;
  readonly end_at: Date | null;
  readonly text: string;
  readonly sentiment: number | null;
  readonly model: string | null;
}

export interface Address {
  readonly handle_id: string;
  readonly customer_id: string;
  readonly type: string;
  readonly value: string;
  readonly display: string | null;
}

export interface AgentRow {
  readonly id: string;
  readonly native_id: string;
  readonly name: string | null;
}

export interface Recording {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** What a vCon is made of; `recording` only where its bytes are wanted. */
export interface VconInput {
  readonly conversation: Conversation;
  readonly said: readonly Said[];
  readonly people: readonly Address[];
  readonly agents: readonly AgentRow[];
  readonly recording?: Recording | undefined;
}
