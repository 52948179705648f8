// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { useCertificatesStore } from '../../../../../src-renderer/features/certificates/store'

const answers = new Map<string, (args: Record<string, unknown>) => unknown>()
vi.mock('../../../../../src-renderer/bridge/client', () => ({
  request: (channel: string, args: Record<string, unknown>) => Promise.resolve(answers.get(channel)?.(args)),
}))

const certificate = (id: string, kind = 'authority') => ({ id, kind, issuerId: null, keyStorage: 'plain', facts: { title: id } })
const opened = (...titles: string[]) => ({
  kind: 'opened',
  file: { name: 'a.pem', certificates: titles.map((title) => ({ title })), moreCertificates: 0, unreadable: 0 },
})

beforeEach(() => {
  setActivePinia(createPinia())
  answers.clear()
  answers.set('certificates.list-made', () => [certificate('ca'), certificate('ada', 'client')])
  answers.set('certificates.list-used', () => [])
  answers.set('certificates.read-made', ({ certificateId }) => ({ title: certificateId }))
})

describe('the page of certificates', () => {
  it('loads, and can try again after a failure', async () => {
    const store = useCertificatesStore()
    answers.set('certificates.list-made', () => {
      throw new AppError('internal', 'no')
    })
    await store.load()
    expect([store.loading, store.loadError]).toEqual([false, expect.objectContaining({ code: 'internal' })])
    answers.set('certificates.list-made', () => [certificate('ca')])
    await store.load()
    expect([store.made.length, store.loadError]).toEqual([1, null])
  })

  it('shows the certificate chosen last, whichever answer comes last', async () => {
    const store = useCertificatesStore()
    await store.load()
    let answerFirst = (_: unknown): void => undefined
    answers.set('certificates.read-made', ({ certificateId }) =>
      certificateId === 'ca' ? new Promise((resolve) => (answerFirst = resolve)) : { title: certificateId },
    )
    const first = store.selectMade('ca')
    await store.selectMade('ada')
    answerFirst({ title: 'ca' })
    await first
    expect(store.report).toEqual({ title: 'ada' })
  })

  it('does not wait for ever for one that cannot be read', async () => {
    const store = useCertificatesStore()
    await store.load()
    answers.set('certificates.read-made', () => Promise.reject(new AppError('certificate-not-found', 'gone')))
    await expect(store.selectMade('ca')).rejects.toMatchObject({ code: 'certificate-not-found' })
    expect([store.selection, store.report]).toEqual([null, null])
  })

  it('asks for the password of a locked file and keeps what it showed until then', async () => {
    const store = useCertificatesStore()
    answers.set('certificates.open-file', () => opened('a', 'b'))
    await store.openFile()
    store.selectInFile(1)
    answers.set('certificates.open-file', () => ({ kind: 'locked', name: 'c.p12' }))
    await store.openFile()
    expect([store.locked, store.report]).toEqual(['c.p12', { title: 'b' }])
    answers.set('certificates.unlock-file', () => opened('c'))
    await store.unlock('secret')
    expect([store.locked, store.report]).toEqual([null, { title: 'c' }])
    store.closeFile()
    expect([store.file, store.report]).toEqual([null, null])
  })

  it('changes nothing when the user chooses no file', async () => {
    const store = useCertificatesStore()
    answers.set('certificates.open-file', () => opened('a'))
    await store.openFile()
    answers.set('certificates.open-file', () => ({ kind: 'cancelled' }))
    await store.openFile()
    expect(store.report).toEqual({ title: 'a' })
  })

  it('lets go of a certificate that is deleted', async () => {
    const store = useCertificatesStore()
    await store.load()
    await store.selectMade('ada')
    await store.remove('ada')
    expect([store.made.map(({ id }) => id), store.report]).toEqual([['ca'], null])
    expect(store.authorities).toHaveLength(1)
  })
})
