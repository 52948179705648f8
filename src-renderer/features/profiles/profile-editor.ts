import type { HeadersChange, PasswordChange, Profile, ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_PORTS } from '@shared/profile/profile'
import { parseAzureConnectionString } from '@shared/profile/azure-connection-string'
import { presetOf, presetOfHost, type Preset, type PresetId } from '@shared/profile/presets'
import type { SecretName } from '@shared/profile/secret'
import { computed, inject, provide, reactive, ref, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { speaks5 } from '@shared/profile/version-rules'
import { applyPreset } from './apply-preset'
import { countingHeaders, headersChange } from './header-form'
import { parseBrokerUrl } from './parse-broker-url'
import { draftOf, formOf, type FormErrors, type ProfileForm } from './profile-form'
import { namesProxy } from './proxy-form'
import { editSecret, isEdited, secretChange, type Secret, type TextSecretName } from './secret'

/** The state of one opened editor, shared by its sections. */
export interface ProfileEditor {
  readonly profile: Profile | null
  readonly form: ProfileForm
  readonly secrets: Readonly<Record<SecretName, Secret>>
  readonly canEncrypt: boolean
  readonly dirty: ComputedRef<boolean>
  /** Whether the chosen version says what only MQTT 5.0 can say. */
  readonly speaks5: ComputedRef<boolean>
  /** Fields that are wrong and may be called so, by field. */
  readonly errors: ComputedRef<FormErrors>
  /** The words for a wrong field, or undefined. */
  readonly errorOf: (field: string) => string | undefined
  /** The user has left a field: from now on it may be called wrong. */
  readonly touch: (field: string) => void
  /** Spreads a pasted URL over the form; false when `text` is none. */
  readonly takeUrl: (text: string) => boolean
  readonly changeProtocol: (protocol: ProfileForm['protocol']) => void
  /** What is known of the broker: by its host, or because the user said what it is; null when nothing is. */
  readonly preset: ComputedRef<Preset | null>
  /** What the user said it is. */
  readonly chosenPreset: Readonly<Ref<PresetId | null>>
  /** Fills the form for a kind of broker. */
  readonly choosePreset: (id: PresetId | null) => void
  /** The draft and what to do with the secrets; null when something is wrong (then all of it is shown). */
  readonly submit: () => ({ draft: ProfileDraft; headers: HeadersChange } & Record<TextSecretName, PasswordChange>) | null
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
    proxyPassword: editSecret(profile?.proxyPasswordStorage ?? 'none', canEncrypt),
    headers: editSecret(profile?.headersStorage ?? 'none', canEncrypt),
    authenticationData: editSecret(profile?.authenticationDataStorage ?? 'none', canEncrypt),
  }
  const touched = reactive(new Set<string>())
  const submitted = ref(false)
  const unsupported = ref<string | null>(null)
  const chosenPreset = ref<PresetId | null>(null)

  const checked = computed(() => draftOf(form))
  const errors = computed<FormErrors>(() => {
    const all = 'errors' in checked.value ? checked.value.errors : {}
    if (submitted.value) return all
    return Object.fromEntries(Object.entries(all).filter(([field]) => touched.has(field)))
  })

  function errorOf(field: string): string | undefined {
    if (field === 'password' && touched.has('password') && isWrongConnectionString()) return t('profiles.errors.connectionString')
    if (field === 'host' && unsupported.value !== null) {
      return t('profiles.errors.unsupportedProtocol', { protocol: unsupported.value })
    }
    const words = errors.value[field]
    return words === undefined ? undefined : t(words)
  }

  function isWrongConnectionString(): boolean {
    const { text } = secrets.password
    return form.credentials === 'azure-connection-string' && text !== '' && parseAzureConnectionString(text) === null
  }

  function changeProtocol(protocol: ProfileForm['protocol']): void {
    for (const place of [form, ...form.alternates]) {
      if (place.port === DEFAULT_PORTS[form.protocol]) place.port = DEFAULT_PORTS[protocol]
    }
    form.protocol = protocol
  }

  function choosePreset(id: PresetId | null): void {
    chosenPreset.value = id
    const preset = id === null ? null : presetOf(id)
    if (preset !== null) applyPreset(form, preset)
  }

  /** A connection string says where to connect, too. */
  watch([() => form.credentials, () => secrets.password.text], ([credentials, text]) => {
    const device = credentials === 'azure-connection-string' ? parseAzureConnectionString(text) : null
    if (device === null) return
    form.host = device.hostName
    if (form.name.trim() === '') form.name = device.deviceId
    form.clientId = device.deviceId
  })

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
    touched.add('password')
    if (isWrongConnectionString()) return null
    if (unsupported.value !== null || !('draft' in checked.value)) return null
    return {
      draft: checked.value.draft,
      password: secretChange(secrets.password),
      passphrase: changeOf('passphrase', form.tls.certificate !== null),
      proxyPassword: changeOf('proxyPassword', namesProxy(form.proxy.kind)),
      authenticationData: changeOf('authenticationData', form.connectOptions.authenticationMethod !== ''),
      headers: headersChange(countingHeaders(form.headers, form.protocol), profile?.headerNames ?? [], secrets.headers),
    }
  }

  function changeOf(name: TextSecretName, isUsed: boolean): PasswordChange {
    // One that opens nothing any more would still be asked for at each start.
    if (!isUsed) return { kind: secrets[name].stored === 'none' ? 'keep' : 'clear' }
    return secretChange(secrets[name])
  }

  const editor: ProfileEditor = {
    profile,
    form,
    secrets,
    canEncrypt,
    dirty: computed(() => JSON.stringify(form) !== start || Object.values(secrets).some(isEdited)),
    speaks5: computed(() => speaks5(form.mqttVersion)),
    errors,
    errorOf,
    touch: (field) => void touched.add(field),
    takeUrl,
    changeProtocol,
    preset: computed(() => presetOfHost(form.host) ?? (chosenPreset.value === null ? null : presetOf(chosenPreset.value))),
    chosenPreset,
    choosePreset,
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
