import { connectAsync } from 'mqtt'
import { describe, expect, it } from 'vitest'
import { agreementOf, PROBE_PAYLOAD, type ProbeAnswer, type ProbeOrder, type ProbeQuestion } from '@shared/acl/probe'
import { readPolicy } from '@shared/acl/policy-document'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver } from '../support/engine-driver'
import { mosquittoPub } from '../support/mosquitto-clients'

const bench = useBrokerBench()
const SLOW = 60_000

const ACL = `
topic read open/#

user observer
topic readwrite #
topic read $SYS/#

pattern read  sensors/%u/+
pattern write sensors/%u/+
pattern write by-client/%c

user gateway
topic read  sensors/+/+
topic write gateways/gateway/+
topic deny gateways/gateway/secret

user analytics
topic read #
topic read $SYS/broker/version
`
const USERS = { observer: 'watching', gateway: 'gate', analytics: 'ana' }
const PASSWORDS = [{ username: 'gateway', password: 'gate' }, { username: 'analytics', password: 'ana' }]

const question = (username: string, access: 'read' | 'write', topic: string, clientId = ''): ProbeQuestion => ({ username, clientId, access, topic })

const TOPICS = ['open/door', 'sensors/gateway/t', 'sensors/other/t', 'gateways/gateway/status', 'gateways/gateway/secret', 'other', '/', 'a//b', 'ünï/☃']
const ALL: readonly ProbeQuestion[] = [
  ...['', 'gateway', 'analytics'].flatMap((username) =>
    TOPICS.flatMap((topic) => [question(username, 'read', topic), question(username, 'write', topic)]),
  ),
  question('analytics', 'write', 'by-client/my-id', 'my-id'),
  question('analytics', 'write', 'by-client/other-id', 'my-id'),
]

function orderOf(questions: readonly ProbeQuestion[], more: Partial<ProbeOrder> = {}): ProbeOrder {
  return { questions: [...questions], confirmedTopics: [...new Set(questions.map(({ topic }) => topic))], passwords: PASSWORDS, ...more }
}

/** Asks and waits for all answers. */
async function ask(app: EngineDriver, order: ProbeOrder): Promise<ProbeAnswer[]> {
  const probeId = app.engine.startAclProbe(order)
  const answers: ProbeAnswer[] = []
  for (;;) {
    const piece = await app.engine.readAclProbe(probeId)
    for (const { index, answer } of piece.answers) answers[index] = answer
    if (piece.isLast) return answers
  }
}

async function onlineAt(port: number, overrides: Parameters<typeof connectionConfig>[1] = {}): Promise<EngineDriver> {
  const app = bench.driver()
  await app.online(connectionConfig(port, { subscriptions: [], username: 'observer', password: 'watching', ...overrides }))
  return app
}

function disagreements(acl: string, questions: readonly ProbeQuestion[], answers: readonly ProbeAnswer[]): string[] {
  const { policy } = readPolicy(acl, '2.0')
  return questions.flatMap((asked, index) => {
    const answer = answers[index]
    const agreement = answer === undefined ? 'unanswered' : agreementOf(policy.decide(asked), answer)
    return agreement === 'agrees' ? [] : [`${agreement}: ${asked.username || 'anonymous'} ${asked.access} ${asked.topic}${answer?.kind === 'unknown' ? ` (${answer.why.kind})` : ''}`]
  })
}

const unknown = (kind: string) => ({ kind: 'unknown', why: expect.objectContaining({ kind }) as unknown })

describe.each(['5.0', '3.1.1'] as const)('MQTT %s', (mqttVersion) => {
  it('gets through a long row of refusals', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const app = await onlineAt(port, { mqttVersion })
    const questions = Array.from({ length: 120 }, (_, index) => question('gateway', 'write', index % 40 === 39 ? 'gateways/gateway/status' : `denied/${index}`))
    const answers = await ask(app, orderOf(questions))
    expect(disagreements(ACL, questions, answers)).toEqual([])
  }, SLOW)

  it('agrees with the file that the broker has, in all that is asked', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const app = await onlineAt(port, { mqttVersion })
    expect(disagreements(ACL, ALL, await ask(app, orderOf(ALL)))).toEqual([])
  }, SLOW)

  it('disagrees with another file in just what is different', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const app = await onlineAt(port, { mqttVersion })
    const other = ACL.replace('topic deny gateways/gateway/secret', '').replace('topic read open/#', 'topic read door/#')
    expect(disagreements(other, ALL, await ask(app, orderOf(ALL)))).toEqual([
      'disagrees: anonymous read open/door',
      'disagrees: gateway write gateways/gateway/secret',
    ])
  }, SLOW)

  it('publishes to no topic that was not confirmed, retains nothing, and says what it is', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const login = { username: 'observer', password: 'watching' }
    const witness = await bench.subscriber({ port, topic: '#', ...login })
    const app = await onlineAt(port, { mqttVersion })
    const answers = await ask(app, orderOf(ALL, { confirmedTopics: ['open/door', 'gateways/gateway/status'] }))
    await mosquittoPub({ port, topic: 'end', payload: 'end', ...login })
    await witness.waitFor(({ topic }) => topic === 'end')
    const probes = witness.received.filter(({ topic }) => topic !== 'end')
    expect(new Set(probes.map(({ topic }) => topic))).toEqual(new Set(['open/door', 'gateways/gateway/status']))
    expect(probes.every(({ payload }) => payload.toString().startsWith(`${PROBE_PAYLOAD} `))).toBe(true)
    for (const [index, { topic }] of ALL.entries()) {
      if (topic !== 'open/door' && topic !== 'gateways/gateway/status') expect(answers[index]).toEqual(unknown('not-confirmed'))
    }
    const after = await bench.subscriber({ port, topic: '#', ...login })
    await mosquittoPub({ port, topic: 'end', payload: 'end', ...login })
    await after.waitFor(({ topic }) => topic === 'end')
    expect(after.received.map(({ topic }) => topic)).toEqual(['end'])
  }, SLOW)

  it('cannot tell where who looks on has no rights, and says so', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    // Anonymous: may read open/# and write nothing.
    const app = await onlineAt(port, { mqttVersion, username: '', password: null })
    const asked = [question('gateway', 'read', 'other'), question('gateway', 'write', 'other'), question('gateway', 'write', 'gateways/gateway/status')]
    const [read, denied, allowed] = await ask(app, orderOf(asked))
    if (mqttVersion === '5.0') {
      expect(read).toEqual(unknown('observer-mute'))
      expect([denied?.kind, allowed?.kind]).toEqual(['denied', 'allowed'])
    } else expect([read, denied, allowed]).toEqual([unknown('observer-blind'), unknown('observer-blind'), unknown('observer-blind')])
  }, SLOW)

  it('takes a retained message for a proof where who looks on may not publish', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const admin = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'observer', password: 'watching' })
    await admin.publishAsync('sensors/x/t', 'kept', { retain: true, qos: 1 })
    await admin.endAsync()
    const app = await onlineAt(port, { mqttVersion, username: 'gateway', password: 'gate' })
    const asked = [question('analytics', 'read', 'sensors/x/t'), question('', 'read', 'sensors/x/t'), question('analytics', 'read', '$SYS/broker/version')]
    const answers = await ask(app, orderOf(asked))
    expect(answers.map(({ kind }) => kind)).toEqual(['allowed', 'denied', 'allowed'])
  }, SLOW)

  it('tells a wrong password in the broker’s words, and goes on with the others', async () => {
    const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
    const app = await onlineAt(port, { mqttVersion })
    const asked = [question('gateway', 'write', 'other'), question('analytics', 'write', 'other'), question('observer', 'write', 'other')]
    const [wrong, right, saved] = await ask(app, orderOf(asked, { passwords: [{ username: 'gateway', password: 'no' }, { username: 'analytics', password: 'ana' }] }))
    expect(wrong).toMatchObject({ kind: 'unknown', why: { kind: 'not-signed-in', failure: { code: 'connack' } } })
    expect(right?.kind).toBe('denied')
    // The user of the profile signs in with its password.
    expect(saved?.kind).toBe('allowed')
  }, SLOW)
})

it('takes over the client identifier of a live client, but never its own', async () => {
  const { port } = await bench.mosquitto({ acl: ACL, users: USERS, allowAnonymous: true })
  const app = await onlineAt(port, { clientId: 'myself' })
  const victim = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: 'taken', reconnectPeriod: 0, protocolVersion: 5 })
  const thrownOut = new Promise<void>((resolve) => victim.once('close', resolve))
  const asked = [question('gateway', 'write', 'by-client/taken', 'taken'), question('gateway', 'write', 'by-client/myself', 'myself')]
  const [taken, own] = await ask(app, orderOf(asked))
  expect(taken?.kind).toBe('allowed')
  await thrownOut
  expect(own).toEqual(unknown('own-client'))
  expect(app.status.phase).toBe('online')
  victim.end(true)
})

it('asks nothing of $share, which would be another topic to a subscriber', async () => {
  const { port } = await bench.mosquitto()
  const app = await onlineAt(port, { username: '', password: null })
  expect(await ask(app, orderOf([question('', 'read', '$share/a/b')]))).toEqual([unknown('no-such-topic')])
})

it('answers the same question wherever it stands, asked once', async () => {
  const { port } = await bench.mosquitto()
  const witness = await bench.subscriber({ port, topic: '#' })
  const app = await onlineAt(port, { username: '', password: null, mqttVersion: '5.0' })
  const answers = await ask(app, orderOf([question('', 'write', 'a'), question('', 'write', 'a')]))
  expect(answers.map(({ kind }) => kind)).toEqual(['allowed', 'allowed'])
  await mosquittoPub({ port, topic: 'end', payload: 'end' })
  await witness.waitFor(({ topic }) => topic === 'end')
  expect(witness.received.map(({ topic }) => topic)).toEqual(['a', 'end'])
})

it('reads back what a broker takes with QoS 0 only', async () => {
  const { port } = await bench.mosquitto({ acl: 'topic readwrite yes\n\nuser observer\ntopic readwrite #', users: USERS, allowAnonymous: true, listenerConfig: 'max_qos 0' })
  const app = await onlineAt(port)
  const asked = [question('', 'write', 'yes'), question('', 'write', 'no'), question('', 'read', 'yes'), question('', 'read', 'no')]
  expect((await ask(app, orderOf(asked))).map(({ kind }) => kind)).toEqual(['allowed', 'denied', 'allowed', 'denied'])
})

it('can be cancelled: what is not answered then is told to be', async () => {
  const { port } = await bench.mosquitto()
  const app = await onlineAt(port, { username: '', password: null })
  const probeId = app.engine.startAclProbe(orderOf(Array.from({ length: 1_000 }, (_, index) => question(`user-${index}`, 'read', `t/${index}`))))
  app.engine.cancelAclProbe()
  const answers: ProbeAnswer[] = []
  for (let isLast = false; !isLast; ) {
    const piece = await app.engine.readAclProbe(probeId)
    answers.push(...piece.answers.map(({ answer }) => answer))
    ;({ isLast } = piece)
  }
  expect(answers).toHaveLength(1_000)
  expect(answers.at(-1)).toEqual(unknown('cancelled'))
})

it('begins only where the connection is online', () => {
  const app = bench.driver()
  expect(() => app.engine.startAclProbe(orderOf([question('', 'read', 'a')]))).toThrow(expect.objectContaining({ code: 'connection-not-online' }) as Error)
})

it('asks about more topics than are tried at a time without losing one', async () => {
  const { port } = await bench.mosquitto({ acl: 'topic read even/#\n\nuser observer\ntopic readwrite #', users: USERS, allowAnonymous: true })
  const app = await onlineAt(port)
  const asked = Array.from({ length: 240 }, (_, index) => question('', 'read', `${index % 2 === 0 ? 'even' : 'odd'}/${index}`))
  const answers = await ask(app, orderOf(asked))
  expect(answers.map(({ kind }) => kind)).toEqual(asked.map((_, index) => (index % 2 === 0 ? 'allowed' : 'denied')))
}, SLOW)
