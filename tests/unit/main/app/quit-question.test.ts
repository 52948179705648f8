import { describe, expect, it, vi } from 'vitest'
import { quitQuestion } from '../../../../src-main/app/quit-question'

vi.mock('electron', () => ({ dialog: {} }))

const run = (name: string, total: number | null = 10) => ({ connection: 'Plant', name, sent: 3, total })

describe('the question before quitting', () => {
  it('says which run would end, and how much of it is left', () => {
    expect(quitQuestion([run('Line 1')])).toEqual({
      message: 'Quit while a run is under way?',
      detail: '“Line 1” on Plant: 7 of 10 left to send\nQuitting ends it.',
      buttons: ['Quit and end', 'Keep running'],
    })
    expect(quitQuestion([run('a', null)]).detail).toContain('until it is stopped, 3 sent so far')
  })

  it('names the first five of many', () => {
    const { message, detail } = quitQuestion(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => run(name)))
    expect(message).toBe('Quit while 7 runs are under way?')
    expect(detail).toContain('“e”')
    expect(detail).not.toContain('“f”')
    expect(detail).toContain('And 2 more.')
  })
})
