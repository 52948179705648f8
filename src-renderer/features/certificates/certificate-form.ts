import {
  certificateOrderSchema,
  MAX_NAMES,
  serverNameSchema,
  type CertificateKind,
  type CertificateOrder,
  type KeyKind,
} from '@shared/certificates/made-certificate'

/** An order while it is edited. */
export interface CertificateForm {
  kind: CertificateKind
  commonName: string
  /** An authority's, or empty. */
  issuerId: string
  /** As typed: names separated by commas or blanks. */
  names: string
  keyKind: KeyKind
  /** null when empty, NaN when no number. */
  days: number | null
}

/** What is wrong with a field: a key of the catalogue below `certificates.form.errors`, and the name it is about. */
export interface FieldError {
  readonly key: 'commonName' | 'names' | 'tooManyNames' | 'badName' | 'days' | 'issuerId'
  readonly name?: string
}
export type FormErrors = Readonly<Partial<Record<keyof CertificateForm, FieldError>>>

/** An authority outlives what it signs; 825 days is the most that Apple's systems accept of a server. */
const USUAL_DAYS: Readonly<Record<CertificateKind, number>> = { authority: 3_650, server: 825, client: 825 }

/** A new form, to be signed by `issuerId` where one has to be. */
export function newForm(kind: CertificateKind, issuerId: string): CertificateForm {
  return { kind, commonName: '', issuerId, names: '', keyKind: 'ecdsa-p256', days: USUAL_DAYS[kind] }
}

/** Another kind of certificate with what was typed; the days stay where the user chose them. */
export function withKind(form: CertificateForm, kind: CertificateKind): CertificateForm {
  return { ...form, kind, days: form.days === USUAL_DAYS[form.kind] ? USUAL_DAYS[kind] : form.days }
}

/** Checks the form: what to make, or what is wrong by field. */
export function orderOf(form: CertificateForm): { order: CertificateOrder } | { errors: FormErrors } {
  const names = form.names.split(/[\s,;]+/).filter((name) => name !== '')
  const { kind, commonName, issuerId, keyKind, days } = form
  const parsed = certificateOrderSchema.safeParse({
    kind,
    commonName,
    keyKind,
    days,
    ...(kind !== 'authority' && { issuerId }),
    ...(kind === 'server' && { names: [...new Set(names)] }),
  })
  if (parsed.success) return { order: parsed.data }
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
  return {
    errors: {
      ...(wrong.has('commonName') && { commonName: { key: 'commonName' } }),
      ...(wrong.has('issuerId') && { issuerId: { key: 'issuerId' } }),
      ...(wrong.has('names') && { names: namesError(names) }),
      ...(wrong.has('days') && { days: { key: 'days' } }),
    },
  }
}

function namesError(names: readonly string[]): FieldError {
  const bad = names.find((name) => !serverNameSchema.safeParse(name).success)
  if (bad !== undefined) return { key: 'badName', name: bad.length > 80 ? `${bad.slice(0, 80)}…` : bad }
  return { key: names.length > MAX_NAMES ? 'tooManyNames' : 'names' }
}
