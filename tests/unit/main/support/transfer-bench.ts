import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requests, type RequestArgs, type RequestChannel } from '@shared/ipc/contract'
import type { Opened, Preview } from '@shared/transfer/preview'
import { certificatesIn } from '../../../../src-main/certificates/certificate-check'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { transferHandlers } from '../../../../src-main/transfer/transfer-handlers'
import { ProfileStoreBench } from './profile-store-bench'

/** Bringing profiles in and out, with real files: what a page can ask, and what the user chooses in dialogs. */
export class TransferBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'pubscope-transfer-'))
  readonly profiles = new ProfileStoreBench()
  readonly certificates = new CertificateStore(join(this.folder, 'certificates'))
  /** What the user chooses next; null: nothing. */
  chosen: string | null = null
  knownSources: string[] = []
  readonly handlers = transferHandlers({
    listProfiles: () => this.profiles.store.list(),
    saveProfiles: (changed) => this.profiles.store.saveAll(changed),
    secretOf: (profileId, name) => this.profiles.store.secretOf(profileId, name),
    shelf: this.certificates,
    readCertificate: (file, purpose) => this.certificates.read(file, purpose),
    publicPartOf: (bytes) => certificatesIn(bytes).join('\n') || null,
    knownSources: () => this.knownSources,
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: this.chosen === null, filePaths: this.chosen === null ? [] : [this.chosen] }),
      showSaveDialog: () => Promise.resolve({ canceled: this.chosen === null, filePath: this.chosen ?? '' }),
    },
  })

  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), content)
    return join(this.folder, name)
  }

  /** Asks as the page would: argument and answer checked by the contract. */
  async ask<C extends Extract<RequestChannel, `transfer.${string}`>>(channel: C, args: RequestArgs<C>): Promise<unknown> {
    const handler: (args: never) => unknown = this.handlers[channel]
    const answer: unknown = await Reflect.apply(handler, undefined, [requests[channel].args.parse(args)])
    return requests[channel].result.parse(answer)
  }

  async open(name: string, content: string | Uint8Array): Promise<Opened> {
    this.chosen = this.file(name, content)
    return requests['transfer.choose-file'].result.unwrap().parse(await this.ask('transfer.choose-file', undefined))
  }

  async preview(name: string, document: unknown): Promise<Preview> {
    const opened = await this.open(name, typeof document === 'string' ? document : JSON.stringify(document))
    if (opened.kind !== 'preview') throw new Error(opened.kind)
    return opened.preview
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
