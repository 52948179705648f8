import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { XMLParser } from 'fast-xml-parser'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CONFIG = fileURLToPath(new URL('../../../cli.vite.config.ts', import.meta.url))
const ACL = 'user gw\ntopic read sensors/+/+\ntopic write gateways/gw/+\n'

let folder = ''
let program = ''

interface Ending {
  readonly code: number | string | null
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[], input: string | Uint8Array = ''): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr })
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return name
}
const answers = ({ stdout }: Ending): unknown[] => stdout.trimEnd().split('\n').map((line): unknown => JSON.parse(line))
const lines = (...requests: unknown[]): string => requests.map((request) => `${JSON.stringify(request)}\n`).join('')
const ask = (topic: string) => ({ op: 'decide', username: 'gw', client_id: '', access: 'write', topic })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-cli-'))
  await build({ configFile: CONFIG, logLevel: 'silent', build: { outDir: join(folder, 'cli') } })
  program = join(folder, 'cli', 'pubscope-acl.js')
}, 60_000)

afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

describe('check', () => {
  it('ends with 0 for a sound file and says what surprises', async () => {
    const { code, stdout } = await run(['check', file('deny.conf', 'user a\ntopic deny\n')])
    expect(code).toBe(0)
    expect(stdout).toContain('deny.conf:2:1: warning:')
  })

  it('says what surprises in a dynamic-security.json, and ends with 1 for one that Mosquitto cannot read', async () => {
    const surprising = '{\n  "clients": [{ "username": "a", "roles": [{ "rolename": "gone" }] }]\n}\n'
    const { code, stdout } = await run(['check', file('dynsec.json', surprising)])
    expect(code).toBe(0)
    expect(stdout).toContain('dynsec.json:2:58: warning: Line 2: there is no role “gone”.')
    const bad = await run(['check', '--format', 'json', file('broken.json', '{\n  "roles": [}\n')])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({ errors: 1, findings: [{ rule: 'json-fault', line: 2, column: 13 }] })
  })

  it('ends with 1 for a file that Mosquitto refuses', async () => {
    const { code, stdout } = await run(['check', '--format', 'json', file('bad.conf', 'topic a\nTopic b\n')])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ file: 'bad.conf', errors: 1 })
  })

  it('reads standard input, and bytes that are not UTF-8', async () => {
    expect(await run(['check', '-'], Buffer.from('# caf\xe9\ntopic a\n', 'latin1'))).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('decide', () => {
  it('tells the deciding line and its text', async () => {
    const { code, stdout } = await run(['decide', '--acl', file('acl.conf', ACL), '--user', 'gw', '--access', 'write', '--trace', 'gateways/gw/x'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^allowed by line 3\n {2}3 {2}topic write gateways\/gw\/\+\n/)
    expect(stdout).toContain('2  topic read sensors/+/+  (topic does not match)')
  })

  it('ends with 3 when denied, with 1 when Mosquitto would refuse the file', async () => {
    expect((await run(['decide', '--acl', file('acl.conf', ACL), '--access', 'read', 'a'])).code).toBe(3)
    expect(await run(['decide', '--acl', file('bad.conf', 'x\n'), '--access', 'read', 'a'])).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('test', () => {
  const CASES = `acl: acl.conf
cases:
  - { user: gw, access: write, topic: gateways/gw/x, expect: allowed, line: 3 }
  - { user: gw, access: write, topic: gateways/gw/x, expect: allowed, line: 2 }
  - { user: null, access: read, topic: "a&<b", expect: allowed }
  - { user: gw, access: read, topic: "#", expect: denied }
`
  it('counts what passed and failed, and says why', async () => {
    file('acl.conf', ACL)
    const { code, stdout } = await run(['test', file('cases.yaml', CASES), '--junit', 'report.xml'])
    expect(code).toBe(1)
    expect(stdout).toContain('cases.yaml on')
    expect(stdout).toContain('1 passed, 3 failed')
    expect(stdout).toContain('expected line 2')
    const report: unknown = new XMLParser({ ignoreAttributes: false }).parse(readFileSync(join(folder, 'report.xml')))
    expect(report).toMatchObject({ testsuites: { '@_tests': '4', '@_failures': '3', testsuite: { testcase: { length: 4 } } } })
  })

  it('ends with 0 when all pass, over several files', async () => {
    file('acl.conf', ACL)
    const good = file('good.json', JSON.stringify({ acl: 'acl.conf', cases: [{ user: 'gw', access: 'read', topic: 'x', expect: 'denied' }] }))
    expect(await run(['test', good, good])).toMatchObject({ code: 0 })
  })

  it('ends with 2 for a document with mistakes, and names their lines', async () => {
    const { code, stderr } = await run(['test', file('odd.yaml', 'acl: acl.conf\ncases:\n  - { user: 42, access: read, topic: a, expect: denied }\n')])
    expect(code).toBe(2)
    expect(stderr).toContain('line 3: cases.0.user')
  })
})

describe('generate', () => {
  it('makes cases that pass until a decision changes', async () => {
    const { code, stdout } = await run(['generate', '--acl', file('acl.conf', ACL), '-'], 'sensors/a/b\r\ngateways/gw/x\n')
    expect(code).toBe(0)
    const cases = file('net.yaml', stdout)
    expect((await run(['test', cases])).stdout).toContain('8 passed, 0 failed')
    file('acl.conf', `${ACL}topic deny sensors/a/#\n`)
    expect(await run(['test', cases])).toMatchObject({ code: 1, stdout: expect.stringContaining('7 passed, 1 failed') })
  })
})

describe('serve', () => {
  it('answers each line with one, in order, whatever it is', async () => {
    const input = `${lines(ask('gateways/gw/x'), { op: 'load', acl: ACL })}not json\r\n\n${lines({ op: 'x' }, { op: 'decide' }, [])}${lines(ask('gateways/gw/x')).trimEnd()}`
    const ending = await run(['serve'], input)
    expect(ending).toMatchObject({ code: 0, stderr: '' })
    expect(answers(ending)).toEqual([
      { error: 'nothing is loaded' },
      { ok: true, line: null },
      { error: 'malformed JSON' },
      { error: 'malformed JSON' },
      { error: 'unknown op; there are load, decide, match, topic, filter' },
      { error: 'username is missing; client_id is missing; access is missing; topic is missing' },
      { error: 'a request is a JSON object' },
      { allowed: true, line: 3 },
    ])
  })

  it('answers no question after a load that failed, until a good one', async () => {
    const good = { op: 'load', acl: ACL, version: '2.1' }
    const ending = await run(['serve'], lines(good, { op: 'load', acl: 'topic a\nbad' }, ask('a'), good, ask('a'), { op: 'load', acl: 1 }, ask('a')))
    expect(answers(ending)).toEqual([
      { ok: true, line: null },
      { ok: false, line: 2 },
      { error: 'the last load failed at line 2' },
      { ok: true, line: null },
      { allowed: false, line: null },
      { error: expect.stringMatching(/^acl: /) },
      { error: 'the last load failed' },
    ])
  })

  it.each([
    ['{}', { ok: false, line: 1 }],
    ['\n{"a": 1}', { ok: false, line: 2 }],
    ['{\n"clients": [\n', { ok: false, line: 1 }],
    ['[]', { ok: false, line: 1 }],
    ['{"roles": []}', { ok: true, line: null }],
  ])('takes %j for dynamic security only if it is', async (acl, expected) => {
    expect(answers(await run(['serve'], lines({ op: 'load', acl })))).toEqual([expected])
  })

  it('knows topics, filters and what matches', async () => {
    const deep = Array.from({ length: 202 }, () => 'a').join('/')
    const ending = await run(
      ['serve'],
      lines(
        { op: 'match', filter: 'a/#', topic: 'a' },
        { op: 'match', filter: '#', topic: '$SYS/a' },
        { op: 'match', filter: '$share/g/#', topic: 'a' },
        { op: 'topic', s: 'a/+' },
        { op: 'topic', s: '' },
        { op: 'topic', s: deep },
        { op: 'filter', s: 'a/+/#' },
        { op: 'filter', s: 'a+' },
      ),
    )
    expect(answers(ending)).toEqual([
      ...[true, false, false].map((match) => ({ match })),
      ...[false, false, false, true, false].map((valid) => ({ valid })),
    ])
  })

  it('refuses a line that is too long, whose policy is then no longer asked', async () => {
    const ending = await run(['serve'], `${lines({ op: 'load', acl: ACL })}${'x'.repeat(65 * 1024 * 1024)}\n${lines(ask('a'))}`)
    expect(answers(ending)).toEqual([{ ok: true, line: null }, { error: 'the line is too long' }, { error: 'the last load failed' }])
  })

  it('answers before its input ends', async () => {
    const child = spawn(process.execPath, [program, 'serve'], { stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = once(child, 'close')
    const answered = once(createInterface(child.stdout), 'line')
    child.stdin.write(lines({ op: 'topic', s: 'a' }))
    expect(await answered).toEqual(['{"valid":true}'])
    child.stdin.end()
    expect(await ended).toEqual([0, null])
  })

  it('ends in peace when nobody reads its answers', async () => {
    const child = spawn(process.execPath, [program, 'serve'], { stdio: 'pipe' })
    let complaints = ''
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    child.stdin.on('error', () => undefined)
    const ended = once(child, 'close')
    child.stdout.destroy()
    const request = lines({ op: 'topic', s: 'a' }).repeat(10_000)
    // More than the pipe holds, and its end stays open: it must not wait for it.
    child.stdin.write(request)
    expect(await ended).toEqual([0, null])
    expect(complaints).toBe('')
  })
})

describe('arguments', () => {
  it.each([
    [[], 'Name a command'],
    [['wat'], 'There is no command “wat”'],
    [['check'], '“check” needs a file'],
    [['check', '--wat', 'x'], "Unknown option '--wat'"],
    [['serve', '--trace'], '“serve” has no option --trace'],
    [['check', '--version', '1.6', 'x'], '--version is one of 2.0, 2.1, not “1.6”'],
    [['check', 'no-such-file'], 'there is no such file'],
    [['decide', '--acl', 'x', '--access', 'read', 'a/+'], 'has a wildcard'],
  ])('%j are refused in words', async (args, words) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })

  it('ask for help', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('Exit codes')
  })
})
