/** A field of the user's own in a sensor message. */
export interface OwnField {
  readonly key: number
  readonly name: string
  readonly type: 'text' | 'number' | 'boolean'
  readonly value: string
}

/** A sensor message as its form has it. */
export interface SensorForm {
  readonly deviceId: string
  readonly sensorType: string
  readonly value: string
  readonly unit: string
  /** `template`: of the moment each message is sent. */
  readonly timestamp: 'template' | 'now'
  readonly version: string
  readonly own: readonly OwnField[]
}

export const EMPTY_SENSOR_FORM: SensorForm = { deviceId: '', sensorType: '', value: '', unit: '', timestamp: 'template', version: '1', own: [] }

/** What can be wrong: `own-` and the key of a field. */
export type SensorFault = 'deviceId' | 'value' | `own-${number}`

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const KNOWN_NAMES = new Set(['device_id', 'sensor_type', 'value', 'unit', 'timestamp', 'version'])

/** The message as JSON, laid out, or what is wrong with the form. What is left empty is left out. */
export function sensorMessage(
  form: SensorForm,
  now: Date,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly wrong: ReadonlySet<SensorFault> } {
  const wrong = new Set<SensorFault>()
  if (form.deviceId.trim() === '') wrong.add('deviceId')
  if (!JSON_NUMBER.test(form.value.trim())) wrong.add('value')
  const names = form.own.map(({ name }) => name)
  for (const { key, name, type, value } of form.own) {
    const isTaken = KNOWN_NAMES.has(name) || names.filter((other) => other === name).length > 1
    const isValue = type === 'number' ? JSON_NUMBER.test(value.trim()) : type === 'boolean' ? /^(?:true|false)$/.test(value.trim()) : true
    if (name === '' || isTaken || !isValue) wrong.add(`own-${key}`)
  }
  if (wrong.size > 0) return { ok: false, wrong }
  const text = (value: string): string | null => (value === '' ? null : JSON.stringify(value))
  const members: readonly (readonly [string, string | null])[] = [
    ['device_id', text(form.deviceId.trim())],
    ['sensor_type', text(form.sensorType.trim())],
    // As typed: a number keeps all its digits.
    ['value', form.value.trim()],
    ['unit', text(form.unit.trim())],
    ['timestamp', JSON.stringify(form.timestamp === 'now' ? now.toISOString() : '{{now \'iso\'}}')],
    ['version', JSON_NUMBER.test(form.version.trim()) ? form.version.trim() : text(form.version.trim())],
    ...form.own.map(({ name, type, value }) => [name, type === 'text' ? JSON.stringify(value) : value.trim()] as const),
  ]
  const lines = members.flatMap(([name, value]) => (value === null ? [] : [`  ${JSON.stringify(name)}: ${value}`]))
  return { ok: true, text: `{\n${lines.join(',\n')}\n}` }
}
