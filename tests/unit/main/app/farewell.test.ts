import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sayGoodbyeBeforeQuit } from '../../../../src-main/app/farewell'

const app = vi.hoisted(() => ({ on: vi.fn(), quit: vi.fn() }))
vi.mock('electron', () => ({ app }))

/** An app with one window, as far as closing it and quitting go. */
function open(mayQuit: () => Promise<boolean>) {
  const events = new EventEmitter()
  const window = new EventEmitter()
  app.on.mockImplementation((name: string, listener: () => void) => events.on(name, listener))
  /** Whether it was held back. */
  const tell = (emitter: EventEmitter, name: string): boolean => {
    const event = { preventDefault: vi.fn() }
    emitter.emit(name, event)
    return event.preventDefault.mock.calls.length > 0
  }
  const quits: boolean[] = []
  app.quit.mockImplementation(() => quits.push(!tell(events, 'before-quit')))
  const goodbye = vi.fn(() => Promise.resolve())
  sayGoodbyeBeforeQuit(window as never, { mayQuit, goodbye })
  return { quits, goodbye, close: () => tell(window, 'close'), quit: () => tell(events, 'before-quit') }
}

describe('quitting', () => {
  beforeEach(() => vi.resetAllMocks())

  it('waits for the goodbyes, then closes the window', async () => {
    const { close, quits, goodbye } = open(() => Promise.resolve(true))
    expect(close()).toBe(true)
    await vi.waitFor(() => expect(quits).toEqual([false, true]))
    expect(goodbye).toHaveBeenCalledTimes(1)
    expect(close()).toBe(false)
  })

  it('asks once at a time, and stays where the answer is no', async () => {
    const answers: ((answer: boolean) => void)[] = []
    const { quit, quits, goodbye } = open(() => new Promise((resolve) => answers.push(resolve)))
    expect(quit()).toBe(true)
    expect(quit()).toBe(true)
    expect(answers).toHaveLength(1)
    answers[0]?.(false)
    await vi.waitFor(() => {
      quit()
      expect(answers).toHaveLength(2)
    })
    expect(goodbye).not.toHaveBeenCalled()
    answers[1]?.(true)
    await vi.waitFor(() => expect(quits).toEqual([true]))
  })
})
