import type { PasswordChange, Profile, ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_PORTS } from '@shared/profile/profile'
import { computed, inject, provide, reactive, ref, type ComputedRef, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseBrokerUrl } from './parse-broker-url'
import { draftOf, formOf, type FormErrors, type ProfileForm } from './profile-form'
import { editSecret, isEdited, secretChange, type Secret, type SecretName } from './secret'

/** The state of one opened editor, shared by its sections. */
export interface ProfileEditor {
  readonly profile: Profile | null
  readonly form: ProfileForm
  readonly secrets: Readonly<Record<SecretName, Secret>>
  readonly canEncrypt: boolean
  readonly dirty: ComputedRef<boolean>
  /** Fields that are wrong and may be called so, by field. */
  readonly errors: ComputedRef<FormErrors>
  /** The words for a wrong field, or undefined. */
  readonly errorOf: (field: string) => string | undefined
  /** The user has left a field: from now on it may be called wrong. */
  readonly touch: (field: string) => void
  /** Spreads a pasted URL over the form; false when `text` is none. */
  readonly takeUrl: (text: string) => boolean
  readonly changeProtocol: (protocol: ProfileForm['protocol']) => void
  /** The draft and what to do with the secrets; null when something is wrong (then all of it is shown). */
  readonly submit: () => ({ draft: ProfileDraft } & Record<SecretName, PasswordChange>) | null
}

const key: InjectionKey<ProfileEditor> = Symbol('profile editor')

/** Makes the state for editing `profile` (null: a new one) and gives it to the sections below. */
export function provideProfileEditor(profile: Profile | null, canEncrypt: boolean): ProfileEditor {
  const { t } = useI18n({ useScope: 'global' })
  const form = reactive(formOf(profile))
  const start = JSON.stringify(form)
  const secrets = {
    password: editSecret(profile?.passwordStorage ?? 'none', canEncrypt),
    passphrase: editSecret(profile?.passphraseStorage ?? 'none', canEncrypt),
  }
  const touched = reactive(new Set<string>())
  const submitted = ref(false)
  const unsupported = ref<string | null>(null)

  const checked = computed(() => draftOf(form))
  const errors = computed<FormErrors>(() => {
    const all = 'errors' in checked.value ? checked.value.errors : {}
    if (submitted.value) return all
    return Object.fromEntries(Object.entries(all).filter(([field]) => touched.has(field)))
  })

  function errorOf(field: string): string | undefined {
    if (field === 'host' && unsupported.value !== null) {
      return t('profiles.errors.unsupportedProtocol', { protocol: unsupported.value })
    }
    const words = errors.value[field]
    return words === undefined ? undefined : t(words)
  }

  function changeProtocol(protocol: ProfileForm['protocol']): void {
    for (const place of [form, ...form.alternates]) {
      if (place.port === DEFAULT_PORTS[form.protocol]) place.port = DEFAULT_PORTS[protocol]
    }
    form.protocol = protocol
  }

  function takeUrl(text: string): boolean {
    unsupported.value = null
    const url = parseBrokerUrl(text)
    if (url === null) return false
    if (url.kind === 'unsupported') {
      unsupported.value = url.protocol
      return false
    }
    form.protocol = url.protocol
    form.host = url.host
    if (form.name.trim() === '') form.name = url.host
    form.port = url.port ?? DEFAULT_PORTS[url.protocol]
    form.path = url.path ?? form.path
    form.username = url.username ?? form.username
    secrets.password.text = url.password ?? secrets.password.text
    return true
  }

  function submit(): ReturnType<ProfileEditor['submit']> {
    submitted.value = true
    if (unsupported.value !== null || !('draft' in checked.value)) return null
    return { draft: checked.value.draft, password: secretChange(secrets.password), passphrase: passphraseChange() }
  }

  function passphraseChange(): PasswordChange {
    // It opens nothing any more, and would still be asked for at each start.
    if (form.tls.certificate === null) return { kind: secrets.passphrase.stored === 'none' ? 'keep' : 'clear' }
    return secretChange(secrets.passphrase)
  }

  const editor: ProfileEditor = {
    profile,
    form,
    secrets,
    canEncrypt,
    dirty: computed(() => JSON.stringify(form) !== start || Object.values(secrets).some(isEdited)),
    errors,
    errorOf,
    touch: (field) => void touched.add(field),
    takeUrl,
    changeProtocol,
    submit,
  }
  provide(key, editor)
  return editor
}

/** The editor that a section belongs to. */
export function useProfileEditor(): ProfileEditor {
  const editor = inject(key)
  if (editor === undefined) throw new Error('A section of the profile editor stands outside of one.')
  return editor
}
