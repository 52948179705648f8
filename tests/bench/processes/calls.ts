import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** What a process of a benchmark can be asked for: plain values in, plain values out. */
export type Api = Record<string, (argument: never) => unknown>

interface Call {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}
type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string }

/** Answers the calls of the process that started this one, and ends with it. */
export function serve(api: Api): void {
  process.on('disconnect', () => process.exit())
  const send = (answer: Answer): void => void process.send?.(answer)
  process.on('message', ({ id, name, argument }: Call) => {
    const answer = async (): Promise<unknown> => api[name]?.(argument as never)
    answer().then(
      (value) => send({ id, value }),
      (error: unknown) => send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
}

/** A process of its own. */
export interface Peer<Served extends Api> {
  readonly pid: number
  /** Rejects when it fails, ends, or takes longer than that. */
  readonly call: <Name extends keyof Served & string>(
    name: Name,
    argument: Parameters<Served[Name]>[0],
    timeoutMs?: number,
  ) => Promise<Awaited<ReturnType<Served[Name]>>>
  stop(): Promise<void>
}

const CALL_LIMIT_MS = 60_000

/** Starts one of the bundled programs; `--expose-gc` lets it weigh its memory. */
export function startProgram<Served extends Api>(program: string): Peer<Served> {
  const child = fork(join(__dirname, `${program}.js`), [], { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  child.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) call?.reject(new Error(`${program}: ${answer.error}`))
    else call?.resolve(answer.value)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${program} ended (${code ?? signal})`))
      resolve()
    })
  })
  return {
    pid: child.pid ?? 0,
    call(name, argument, timeoutMs = CALL_LIMIT_MS) {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${program} did not answer "${name}" within ${timeoutMs} ms`)), timeoutMs)
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value) => {
            clearTimeout(timer)
            then(value)
          }
        waiting.set(id, { resolve: settle(resolve as (value: unknown) => void), reject: settle(reject) })
        child.send({ id, name, argument } satisfies Call, (error) => error && reject(error))
      })
    },
    stop: () => end(child, ended),
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await ended
}

/** A clock that all processes of this machine share, in ms. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
