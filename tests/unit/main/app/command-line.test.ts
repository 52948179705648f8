import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noticeSchema } from '@shared/ipc/app-info'
import { DEFAULT_SUBSCRIPTIONS } from '@shared/profile/profile-defaults'
import { profileDraftSchema, type ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { parseCommandLine, withAbsolutePaths, type CommandLineConnection } from '../../../../src-main/app/command-line'

const CANARY = 'canary-5ecret'

/** The only connection that these arguments ask for. */
function only(...args: string[]): CommandLineConnection {
  const { connections, problems } = parseCommandLine(args)
  expect(problems).toEqual([])
  expect(connections).toHaveLength(1)
  const [connection] = connections
  if (connection === undefined) throw new Error('no connection')
  return connection
}

const codes = (...args: string[]): string[] => parseCommandLine(args).problems.map(({ code }) => code)

describe('an address', () => {
  it.each<[string, Partial<ProfileDraft>]>([
    ['mqtt://broker.example', { protocol: 'mqtt', host: 'broker.example', port: 1883, name: 'broker.example:1883' }],
    ['mqtt://broker.example:8883/', { host: 'broker.example', port: 8883 }],
    ['MQTT://broker.example', { protocol: 'mqtt', host: 'broker.example' }],
    ['mqtt://192.168.1.7:1884', { host: '192.168.1.7', port: 1884 }],
    ['mqtt://[::1]', { host: '[::1]', port: 1883, name: '[::1]:1883' }],
    ['mqtt://[2001:db8::7]:1999', { host: '[2001:db8::7]', port: 1999 }],
    ['ws://broker.example', { protocol: 'ws', host: 'broker.example', port: 9001, path: '/mqtt' }],
    ['ws://broker.example:8080/some/path', { port: 8080, path: '/some/path' }],
    ['ws://broker.example:8080/path?token=1&x=2', { path: '/path?token=1&x=2' }],
    ['ws://broker.example:8080/?token=1', { path: '/?token=1' }],
    ['ws://broker.example:80/mqtt', { port: 80, path: '/mqtt' }],
    ['ws://[::1]:80', { host: '[::1]', port: 80 }],
    ['mqtts://broker.example', { protocol: 'mqtts', host: 'broker.example', port: 8883, name: 'broker.example:8883' }],
    ['MQTTS://broker.example:443', { protocol: 'mqtts', port: 443 }],
    ['mqtts://broker.example:1883', { port: 1883 }],
    ['wss://broker.example', { protocol: 'wss', port: 443, path: '/mqtt' }],
    ['wss://broker.example:443/path', { port: 443, path: '/path' }],
    ['wss://broker.example:80/path', { port: 80 }],
    ['wss://[::1]:8884/?x', { host: '[::1]', port: 8884, path: '/?x' }],
  ])('%s is understood', (address, expected) => {
    const { draft, password } = only(address)
    expect(draft).toMatchObject({ username: '', mqttVersion: 'automatic', ...expected })
    expect(password).toBeNull()
    expect(profileDraftSchema.safeParse(draft).success).toBe(true)
  })

  it.each([
    ['mqtt://ada:lovelace@h', 'ada', 'lovelace'],
    ['mqtt://ada@h', 'ada', null],
    ['mqtt://ada:@h', 'ada', null],
    ['mqtt://:key@h', '', 'key'],
    ['mqtt://a%40b:p%2Fw%3A%23%25@h', 'a@b', 'p/w:#%'],
    ['mqtts://ada:lovelace@h', 'ada', 'lovelace'],
    ['ws://k%C3%BCche:%F0%9F%98%80@h', 'küche', '😀'],
  ])('%s brings user name and password', (address, username, password) => {
    expect(only(address)).toMatchObject({ draft: { username, host: 'h' }, password })
    expect(JSON.stringify(only(address).draft.name)).not.toContain('@')
  })

  it('of TLS trusts what the system trusts, and checks everything', () => {
    expect(only('mqtts://h').draft.tls).toEqual(DEFAULT_TLS)
  })

  it('goes through as any text that was percent-encoded', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((each) => !each.includes('\0'))
    fc.assert(
      fc.property(text, text, (username, secret) => {
        expect(only(`mqtt://${encodeURIComponent(username)}:${encodeURIComponent(secret)}@h:1`)).toMatchObject({
          draft: { username, host: 'h', port: 1 },
          password: secret,
        })
      }),
    )
  })

  it('gets a client identifier of its own each time', () => {
    const { connections } = parseCommandLine(['mqtt://h', 'mqtt://h'])
    const ids = connections.map(({ draft }) => draft.clientId)
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{20}$/)
  })

  it.each([
    ['ssl://h', 'address-scheme', { scheme: 'ssl:' }],
    ['mqtts://h:0', 'address-invalid', { field: 'port' }],
    ['wss://', 'address-unreadable', {}],
    ['http://h', 'address-scheme', { scheme: 'http:' }],
    ['file:///etc/passwd', 'address-scheme', { scheme: 'file:' }],
    ['broker.example', 'address-unreadable', {}],
    ['mqtt://h:99999', 'address-unreadable', {}],
    ['mqtt://h:0', 'address-invalid', { field: 'port' }],
    ['mqtt://', 'address-invalid', {}],
    ['mqtt:h', 'address-invalid', {}],
    ['mqtt://%zz:x@h', 'address-credentials', { host: 'h' }],
    ['mqtt://%ff@h', 'address-credentials', { host: 'h' }],
    ['mqtt://a%00b@h', 'address-invalid', { field: 'username' }],
    ['', 'address-unreadable', {}],
  ])('%j is refused: %s', (address, code, details) => {
    const { connections, problems } = parseCommandLine([address])
    expect(connections).toEqual([])
    expect(problems).toMatchObject([{ code, details }])
  })

  it('does not keep the others, nor a word between them', () => {
    const { connections, problems } = parseCommandLine(['mqtt://a', 'oops', 'ws://b', 'http://c'])
    expect(connections.map(({ draft }) => draft.host)).toEqual(['a', 'b'])
    expect(problems.map(({ code }) => code)).toEqual(['address-unreadable', 'address-scheme'])
  })
})

describe('--filter', () => {
  it.each([
    ['beside', ['mqtt://h', '--filter', 'a/#', '--filter', '$SYS/+']],
    ['before, with =', ['--filter=a/#', '--filter=$SYS/+', 'mqtt://h']],
  ])('replaces the usual filters: %s', (_where, args) => {
    expect(only(...args).draft.subscriptions).toEqual([{ filter: 'a/#', qos: 0 }, { filter: '$SYS/+', qos: 0 }])
  })

  it('goes for every address', () => {
    const { connections } = parseCommandLine(['mqtt://a', '--filter', 'x', 'mqtt://b'])
    expect(connections.map(({ draft }) => draft.subscriptions)).toEqual([[{ filter: 'x', qos: 0 }], [{ filter: 'x', qos: 0 }]])
  })

  it('not given means the usual ones', () => {
    expect(only('mqtt://h').draft.subscriptions).toEqual(DEFAULT_SUBSCRIPTIONS)
  })

  it('that is none is told, and does not turn into a subscription to everything', () => {
    const { connections, problems } = parseCommandLine(['mqtt://h', '--filter', 'a#', '--filter', 'b/#'])
    expect(problems).toEqual([{ code: 'filter-invalid', details: { filter: 'a#' } }])
    expect(connections[0]?.draft.subscriptions).toEqual([{ filter: 'b/#', qos: 0 }])
    expect(parseCommandLine(['mqtt://h', '--filter', 'a#']).connections[0]?.draft.subscriptions).toEqual([])
  })

  it('without an address is told', () => {
    expect(codes('--filter', 'a/#')).toEqual(['filter-without-address'])
    expect(codes('--filter', 'a/#', 'mqtt://h')).toEqual([])
  })
})

describe('other arguments', () => {
  it('are understood', () => {
    expect(parseCommandLine([])).toEqual({ demo: false, screenshot: null, connections: [], problems: [] })
    expect(parseCommandLine(['--demo', '--screenshot', 'out.png'])).toMatchObject({ demo: true, screenshot: 'out.png', problems: [] })
    expect(parseCommandLine(['--screenshot=a b.png'])).toMatchObject({ demo: false, screenshot: 'a b.png' })
  })

  it('of Chromium are passed over', () => {
    const args = ['--no-sandbox', '--user-data-dir=/tmp/x', '--disable-gpu', '-v', '--remote-debugging-port=0', '--', 'mqtt://h']
    expect(only(...args).draft.host).toBe('h')
  })

  it('give files a place', () => {
    expect(withAbsolutePaths(parseCommandLine(['--screenshot', 'b.png']), '/a').screenshot).toBe('/a/b.png')
    expect(withAbsolutePaths(parseCommandLine(['--screenshot', '/c/b.png']), '/a').screenshot).toBe('/c/b.png')
    expect(withAbsolutePaths(parseCommandLine([]), '/a').screenshot).toBeNull()
  })
})

describe('a secret', () => {
  it.each([
    [`ssl://ada:${CANARY}@h`],
    [`mqtts://ada:${CANARY}@h:0`],
    [`wss://ada:${CANARY}@h:0`],
    [`mqtt://ada:${CANARY}%zz@h`],
    [`mqtt://ada:${CANARY}@h:0`],
    [`mqtt://ada:${CANARY}@h:99999`],
    [`mqtt://ada:${CANARY}@`],
    [`mqtt://ada:${CANARY}#x@h`],
    [`mqtt:ada:${CANARY}@h`],
    [`ada:${CANARY}@h`],
    [`//ada:${CANARY}@h`],
    [`mqtt://ada:x@h:1/${CANARY} ${CANARY}`, 'ws://', `ws://h:1/?${CANARY}#${CANARY}`],
    ['--filter', `mqtt://ada:${CANARY}+@h`],
    [`--filter=mqtt://ada:${CANARY}#@h`, 'mqtt://h'],
  ])('is in no problem told: %s', (...args) => {
    const problems = JSON.stringify(parseCommandLine(args).problems)
    expect(problems).not.toContain(CANARY)
  })

  it('longer than a CONNECT can hold is refused before it is tried', () => {
    expect(codes(`mqtt://ada:${'x'.repeat(65_536)}@h`)).toEqual(['address-invalid'])
    expect(codes(`mqtt://${'x'.repeat(65_536)}@h`)).toEqual(['address-invalid'])
    expect(only(`mqtt://ada:${'x'.repeat(65_535)}@h`).password).toHaveLength(65_535)
  })
})

describe('a hostile command line', () => {
  const notices = (args: readonly string[]): string[] => {
    const { problems, connections } = parseCommandLine(args)
    for (const { draft } of connections) expect(profileDraftSchema.safeParse(draft).success).toBe(true)
    return problems.map((problem) => JSON.stringify(noticeSchema.parse({ id: 1, ...problem })))
  }

  it.each([
    ['a scheme without end', `${'s'.repeat(100_000)}://h`],
    ['a host without end', `mqtt://${'h'.repeat(100_000)}:0`],
    ['a filter without end', `--filter=${'#'.repeat(100_000)}`],
  ])('gets a short answer: %s', (_what, argument) => {
    const told = notices([argument, 'mqtt://h'])
    expect(told).toHaveLength(1)
    for (const notice of told) expect(notice.length).toBeLessThan(1_000)
  })

  it('never throws, whatever stands in it', () => {
    const piece = fc.constantFrom('mqtt://', 'ws://', '--filter', '--screenshot', '--demo', '--', '-', '=', '@', ':', '/', '[', ']', '%', '#', 'a', '\0', '\uD800', '9')
    const argument = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 8 }), (args) => {
        notices(args)
      }),
      { numRuns: 1_000 },
    )
  })
})
