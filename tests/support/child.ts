import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'

const SETPRIV = '/usr/bin/setpriv'
const running = new Set<ChildProcessWithoutNullStreams>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A program the test started. It ends with the test's process, however that ends. */
export interface Child {
  readonly pid: number
  readonly stdin: ChildProcessWithoutNullStreams['stdin']
  /** What it wrote so far. */
  stdout(): Buffer
  stderr(): string
  /** Its exit code or the signal that ended it; null while it runs. */
  ending(): number | NodeJS.Signals | null
  /** Resolves when it has ended. */
  readonly ended: Promise<number | NodeJS.Signals>
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a program and resolves once it has a process. One that does not exist ends with 127 or is an error at once. */
export async function startChild(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  // An exit handler does not run when the test's process is killed, so the kernel is asked to do it where it can.
  const bound = existsSync(SETPRIV)
  const child = spawn(bound ? SETPRIV : command, bound ? ['--pdeathsig', 'KILL', command, ...args] : [...args], {
    // Debian keeps brokers in /usr/sbin, which an ordinary user's PATH lacks.
    env: { ...process.env, ...env, PATH: [process.env['PATH'] ?? '', '/usr/sbin', '/usr/local/sbin'].join(delimiter) },
  })
  let stdout: Buffer[] = []
  let stderr = ''
  let ending: number | NodeJS.Signals | null = null
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
  // A program that ends before it has read its input is judged by its exit code.
  child.stdin.on('error', () => undefined)
  running.add(child)

  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      ending = code ?? signal ?? 0
      resolve(ending)
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })

  return {
    pid: child.pid ?? 0,
    stdin: child.stdin,
    stdout() {
      if (stdout.length !== 1) stdout = [Buffer.concat(stdout)]
      return stdout[0] ?? Buffer.alloc(0)
    },
    stderr: () => stderr,
    ending: () => ending,
    ended,
    async kill(signal = 'SIGTERM') {
      if (ending === null) child.kill(signal)
      await ended
    },
  }
}
