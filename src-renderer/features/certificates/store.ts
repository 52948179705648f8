import type { CertificateReport, FileOpening, OpenedFile } from '@shared/certificates/certificate-report'
import type { CertificateKind, CertificateOrder, ExportOrder, MadeCertificate, ProfileCertificate } from '@shared/certificates/made-certificate'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { request } from '../../bridge/client'

/** What is looked at: a certificate made here, or one of the opened file. */
export type Selection = { readonly kind: 'made'; readonly id: string } | { readonly kind: 'file'; readonly index: number }

/** What the form is open for. */
export interface Ordering {
  readonly kind: CertificateKind
  /** An authority to begin with, or null. */
  readonly issuerId: string | null
}

/** The page of certificates: what was made here, what profiles use, the file that is open, and which one is looked at. */
export const useCertificatesStore = defineStore('certificates', () => {
  const made = shallowRef<readonly MadeCertificate[]>([])
  const used = shallowRef<readonly ProfileCertificate[]>([])
  const loading = ref(true)
  const loadError = shallowRef<unknown>(null)
  const file = shallowRef<OpenedFile | null>(null)
  /** The name of a file that asks for its password, or null. */
  const locked = ref<string | null>(null)
  const selection = shallowRef<Selection | null>(null)
  /** The report of the certificate made here that is selected, once it has come. */
  const madeReport = shallowRef<CertificateReport | null>(null)
  const ordering = shallowRef<Ordering | null>(null)

  const authorities = computed(() => made.value.filter(({ kind }) => kind === 'authority'))
  const selectedMade = computed(() => {
    const { value } = selection
    return value?.kind === 'made' ? (made.value.find(({ id }) => id === value.id) ?? null) : null
  })
  const report = computed(() => {
    const { value } = selection
    if (value?.kind === 'file') return file.value?.certificates[value.index] ?? null
    return value === null ? null : madeReport.value
  })

  async function load(): Promise<void> {
    try {
      ;[made.value, used.value] = await Promise.all([request('certificates.list-made'), request('certificates.list-used')])
      loadError.value = null
    } catch (error) {
      loadError.value = error
    } finally {
      loading.value = false
    }
  }

  async function selectMade(id: string): Promise<void> {
    selection.value = { kind: 'made', id }
    madeReport.value = null
    const isStillWanted = () => selection.value?.kind === 'made' && selection.value.id === id
    try {
      const found = await request('certificates.read-made', { certificateId: id })
      if (isStillWanted()) madeReport.value = found
    } catch (error) {
      if (isStillWanted()) selection.value = null
      throw error
    }
  }

  function selectInFile(index: number): void {
    selection.value = { kind: 'file', index }
  }

  function take(opening: FileOpening): void {
    locked.value = opening.kind === 'locked' ? opening.name : null
    if (opening.kind !== 'opened') return
    file.value = opening.file
    selectInFile(0)
  }

  const openFile = async (): Promise<void> => take(await request('certificates.open-file'))
  const openUsed = async (fileId: string): Promise<void> => take(await request('certificates.open-used', { fileId }))
  const unlock = async (password: string): Promise<void> => take(await request('certificates.unlock-file', { password }))

  function closeFile(): void {
    file.value = null
    if (selection.value?.kind === 'file') selection.value = null
  }

  async function make(order: CertificateOrder): Promise<MadeCertificate> {
    const certificate = await request('certificates.make', order)
    made.value = [...made.value, certificate]
    return certificate
  }

  /** Whether it was exported: the user may have thought better of it. */
  const exportTo = (certificateId: string, order: ExportOrder): Promise<boolean> =>
    request('certificates.export', { certificateId, order })

  async function remove(certificateId: string): Promise<void> {
    await request('certificates.delete', { certificateId })
    if (selectedMade.value?.id === certificateId) selection.value = null
    made.value = made.value.filter(({ id }) => id !== certificateId)
  }

  return {
    made,
    used,
    loading,
    loadError,
    file,
    locked,
    selection,
    ordering,
    authorities,
    selectedMade,
    report,
    load,
    selectMade,
    selectInFile,
    openFile,
    openUsed,
    unlock,
    closeFile,
    make,
    exportTo,
    remove,
  }
})
