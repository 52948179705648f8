/** What a colour means; only states have colours. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'danger' | 'info'
