import type { OpenDialogReturnValue } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { requests } from '@shared/ipc/contract'
import { certificateHandlers } from '../../../../src-main/certificates/certificate-handlers'
import type { CertificateStore } from '../../../../src-main/certificates/certificate-store'

const FILE = { kind: 'copy' as const, fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'ca.pem' }
const channel = requests['certificates.choose']

function setUp(chosen: string[], imported: CertificateStore['import'] = () => FILE) {
  const importFile = vi.fn(imported)
  const showOpenDialog = vi.fn((_options: unknown): Promise<OpenDialogReturnValue> => Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen }))
  const handlers = certificateHandlers(
    { import: importFile } as unknown as CertificateStore,
    { showOpenDialog: showOpenDialog },
    { expiries: [] },
  )
  return { choose: handlers['certificates.choose'], importFile, showOpenDialog }
}

describe('certificates.choose', () => {
  it('takes the file the user chose, for what the page wants it', async () => {
    const { choose, importFile } = setUp(['/home/ada/ca.pem'])
    expect(await choose({ purpose: 'authority', kind: 'copy' })).toEqual(FILE)
    expect(importFile).toHaveBeenCalledExactlyOnceWith('/home/ada/ca.pem', 'authority', 'copy')
  })

  it('is null when the user chose none', async () => {
    const { choose, importFile } = setUp([])
    expect(await choose({ purpose: 'key', kind: 'copy' })).toBeNull()
    expect(importFile).not.toHaveBeenCalled()
  })

  it('says why a file is refused', async () => {
    const { choose } = setUp(['/x'], () => {
      throw new AppError('certificate-unusable', 'x is no key', { name: 'x', purpose: 'key' })
    })
    await expect(choose({ purpose: 'key', kind: 'copy' })).rejects.toMatchObject({ code: 'certificate-unusable' })
  })

  it('asks for one existing file', async () => {
    const { choose, showOpenDialog } = setUp([])
    await choose({ purpose: 'key', kind: 'copy' })
    expect(showOpenDialog).toHaveBeenCalledExactlyOnceWith({ properties: ['openFile', 'showHiddenFiles'] })
  })

  it.each([
    { purpose: 'authority', kind: 'reference', path: '/etc/shadow' },
    { purpose: 'key', kind: 'reference', filePaths: ['/etc/shadow'] },
    { purpose: 'key', kind: 'reference', defaultPath: '/etc' },
    { purpose: '/etc/shadow', kind: 'copy' },
    { purpose: 'key', kind: '/etc/shadow' },
    {},
    undefined,
  ])('lets the page name no path: %j', (argument) => {
    expect(channel.args.safeParse(argument).success).toBe(false)
    expect(channel.args.safeParse({ purpose: 'key', kind: 'reference' }).success).toBe(true)
  })
})
