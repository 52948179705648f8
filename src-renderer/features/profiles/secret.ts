import type { PasswordChange, PasswordStorage } from '@shared/profile/profile'
import type { SecretName } from '@shared/profile/secret'
import { reactive } from 'vue'

/** The secrets that are one text; the values of headers are edited each on its own, and kept together. */
export type TextSecretName = Exclude<SecretName, 'headers'>

/** How a secret is kept when one is typed; none of them is chosen in silence. */
export type StorageChoice = Exclude<PasswordStorage, 'none'>

/** A secret while its profile is edited. */
export interface Secret {
  /** As typed; a stored one never comes back here. */
  text: string
  /** Whether the stored one is to go. */
  removed: boolean
  storage: StorageChoice
  readonly stored: PasswordStorage
}

/** The state of editing a secret that is `stored` so far. */
export function editSecret(stored: PasswordStorage, canEncrypt: boolean): Secret {
  return reactive({ text: '', removed: false, storage: firstStorage(stored, canEncrypt), stored })
}

/** What is safest of what this system can do; the form shows it, and the user may choose otherwise. */
function firstStorage(stored: PasswordStorage, canEncrypt: boolean): StorageChoice {
  if (canEncrypt) return stored === 'session' ? 'session' : 'encrypted'
  return stored === 'plain' ? 'plain' : 'session'
}

/** What to do with the secret when the profile is saved. */
export function secretChange({ text, removed, storage }: Secret): PasswordChange {
  if (text !== '') return { kind: 'set', password: text, storage }
  return { kind: removed ? 'clear' : 'keep' }
}

/** Whether closing the editor would lose something. */
export function isEdited({ text, removed }: Secret): boolean {
  return text !== '' || removed
}
