// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { NO_RULES, type DecoderRule, type PayloadRules } from '@shared/schemas/payload-rules'
import type { ListedSchema } from '@shared/schemas/schema-file'
import DecodersDialog from '../../../../../src-renderer/features/schemas/DecodersDialog.vue'
import { useSchemasStore, type Section } from '../../../../../src-renderer/features/schemas/schemas-store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const main = vi.hoisted(() => ({ request: vi.fn() }))
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request: main.request }))

const PROTO: ListedSchema = {
  id: '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a07',
  name: 'reading.proto',
  kind: 'protobuf',
  bytes: 120,
  report: { types: ['acme.Reading', 'acme.Batch'], problems: [{ kind: 'missing', name: 'units.proto' }] },
}
const JSON_SCHEMA: ListedSchema = { ...PROTO, id: '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a08', name: 'reading.json', kind: 'json-schema', report: { types: [], problems: [] } }
const rule = (filter: string, kind: 'cbor' | 'hex' = 'cbor'): DecoderRule => ({ filter, reading: { compression: 'auto', format: { kind } } })

/** What main has; requests change it. */
let rules: PayloadRules
let schemas: ListedSchema[]
let failing: AppError | null
beforeEach(() => {
  document.body.innerHTML = ''
  setActivePinia(createPinia())
  rules = NO_RULES
  schemas = []
  failing = null
  main.request.mockReset()
  main.request.mockImplementation((channel: string, args: { rules?: PayloadRules; schemaId?: string }) => {
    if (failing !== null && channel !== 'payload-rules.read') return Promise.reject(failing)
    switch (channel) {
      case 'payload-rules.read':
        return Promise.resolve(rules)
      case 'payload-rules.update':
        rules = args.rules ?? rules
        return Promise.resolve()
      case 'schemas.list':
        return Promise.resolve(schemas)
      case 'schemas.delete':
        schemas = schemas.filter(({ id }) => id !== args.schemaId)
        return Promise.resolve()
      default:
        return Promise.resolve(null)
    }
  })
})

async function open(proposed: DecoderRule | null = null, section: Section = 'decoders', topic: string | null = null): Promise<void> {
  mount(DecodersDialog, {
    props: { opened: { connectionId: 'c', section, proposed }, topic },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  await flushPromises()
}
const text = (): string => document.body.textContent ?? ''
const find = <E extends HTMLElement>(selector: string): E => document.querySelector<E>(selector) ?? expect.fail(`no ${selector}`)
const button = (name: string): HTMLButtonElement =>
  [...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === name || one.textContent?.trim() === name) ?? expect.fail(`no button ${name}`)
const field = <E extends HTMLInputElement | HTMLSelectElement>(label: string): E => {
  const id = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label)?.htmlFor
  return find<E>(`[id="${id ?? ''}"]`)
}
async function fill(label: string, value: string): Promise<void> {
  const input = field(label)
  input.value = value
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input'))
  await flushPromises()
}
async function press(name: string): Promise<void> {
  button(name).click()
  await flushPromises()
}
async function submit(): Promise<void> {
  find<HTMLFormElement>('form').dispatchEvent(new Event('submit'))
  await flushPromises()
}

describe('decoder rules', () => {
  it('begin with nothing, and say what they are for', async () => {
    await open()
    expect(text()).toContain('No decoder rules')
  })

  it('take a proposal as a new rule, which comes first', async () => {
    rules = { ...NO_RULES, decoders: [rule('#', 'hex')] }
    await open(rule('plant/press'))
    expect(field('Topic filter').value).toBe('plant/press')
    await submit()
    expect(rules.decoders.map(({ filter }) => filter)).toEqual(['plant/press', '#'])
    expect(useSchemasStore().revisions.get('c')).toBe(1)
  })

  it('change the rule that the proposal’s filter has already', async () => {
    rules = { ...NO_RULES, decoders: [rule('#'), rule('plant/press', 'hex')] }
    await open(rule('plant/press'))
    await submit()
    expect(rules.decoders).toEqual([rule('#'), rule('plant/press')])
  })

  it('refuse a filter that is none, or there already, and a rule that changes nothing', async () => {
    rules = { ...NO_RULES, decoders: [rule('a')] }
    await open()
    await press('Add rule')
    await submit()
    expect(text()).toContain('Type a topic filter.')
    expect(text()).toContain('this rule would change nothing')
    await fill('Topic filter', 'a')
    await submit()
    expect(text()).toContain('There is a rule for this filter already.')
    expect(rules.decoders).toHaveLength(1)
  })

  it('suggest the only schema there is, with its first message type', async () => {
    schemas = [PROTO]
    await open()
    await press('Add rule')
    await fill('Topic filter', 'plant/#')
    await fill('Format', 'protobuf')
    await submit()
    expect(rules.decoders[0]?.reading.format).toEqual({ kind: 'protobuf', schemaId: PROTO.id, messageType: 'acme.Reading' })
    expect(text()).toContain('Protobuf · acme.Reading')
  })

  it('move and go', async () => {
    rules = { ...NO_RULES, decoders: ['a', 'b', 'c'].map((filter) => rule(filter)) }
    await open()
    await press('Move down: a')
    expect(rules.decoders.map(({ filter }) => filter)).toEqual(['b', 'a', 'c'])
    expect(button('Move up: b').disabled).toBe(true)
    await press('Remove rule: a')
    expect(rules.decoders.map(({ filter }) => filter)).toEqual(['b', 'c'])
  })

  it('tell which of them a topic is read by', async () => {
    rules = { ...NO_RULES, decoders: [rule('plant/+'), rule('#', 'hex')] }
    await open(null, 'decoders', 'plant/press')
    expect(text()).toMatch(/Rule 1, .*plant\/\+.*: .*CBOR/)
    await fill('Test a topic', 'other')
    expect(text()).toMatch(/Rule 2, .*#.*: .*Hex/)
    await fill('Test a topic', '$SYS/uptime')
    expect(text()).toContain('No rule matches')
    await fill('Test a topic', 'a/+')
    expect(text()).toContain('This is no topic name.')
  })

  it('stay as they were when they cannot be kept', async () => {
    rules = { ...NO_RULES, decoders: [rule('a')] }
    await open()
    failing = new AppError('storage-failed', 'disk full', { file: 'payload-rules.json', reason: 'ENOSPC' })
    await press('Remove rule: a')
    expect(text()).toContain('CBOR')
  })
})

describe('schemas', () => {
  it('are listed with what they offer and what they miss', async () => {
    schemas = [PROTO, JSON_SCHEMA]
    await open(null, 'schemas')
    expect(text()).toContain('acme.Reading and 1 more')
    expect(text()).toMatch(/Missing: .*units\.proto.*Add the file that has it\./)
  })

  it('that were not added are told of with the reason', async () => {
    await open(null, 'schemas')
    expect(text()).toContain('No schemas')
    main.request.mockResolvedValueOnce({ added: 0, refusals: [{ name: 'a.txt', reason: 'unknown-kind', problems: [] }] })
    await press('Add files…')
    expect(text()).toContain('1 file was not added')
    expect(text()).toMatch(/a\.txt.*only \.proto, \.avsc and \.json files hold schemas/)
  })

  it('cannot be listed: says so', async () => {
    failing = new AppError('connection-not-found', 'no such tab')
    await open()
    expect(find('[role=alert]').textContent).not.toBe('')
  })
})

describe('JSON Schema rules', () => {
  it('lead to the schemas while there is none', async () => {
    await open(null, 'validations')
    await press('Show schemas')
    expect(text()).toContain('No schemas')
  })

  it('are added and removed', async () => {
    schemas = [PROTO, JSON_SCHEMA]
    await open(null, 'validations', 'plant/press')
    await fill('Topic filter', 'plant/#')
    await submit()
    expect(rules.validations).toEqual([{ filter: 'plant/#', schemaId: JSON_SCHEMA.id }])
    expect(text()).toMatch(/Checked by .*reading\.json/)
    await press('Remove rule: plant/#')
    expect(rules.validations).toEqual([])
  })
})
